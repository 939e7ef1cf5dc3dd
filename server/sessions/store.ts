import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { loginSessions, volunteers } from '#drizzle/schema/people.ts'
import { ABSOLUTE_MS, IDLE_MS, TOUCH_EVERY_MS } from '#lib/domain/accounts/lifetime.ts'
import type { LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

const milliseconds = (count: number) => sql`make_interval(secs => ${count / 1000})`

/** The clock is PostgreSQL's throughout: two processes with two clocks agree on what has expired. */
const live = and(isNull(loginSessions.revokedAt), sql`${loginSessions.expiresAt} > now()`)

const actorColumns = {
  volunteerId: volunteers.id,
  sessionId: loginSessions.id,
  name: volunteers.name,
  email: volunteers.email,
  role: volunteers.role,
  color: volunteers.color,
  locale: volunteers.locale,
}

/** @returns a function that looks up whose session that is; null where it has ended. Prepared: every socket asks. */
export function actorFinder(orm: Orm): (id: LoginSessionId) => Promise<Actor | null> {
  const query = orm
    .select({
      actor: actorColumns,
      stale: sql<boolean>`${loginSessions.lastSeenAt} < now() - ${milliseconds(TOUCH_EVERY_MS)}`,
    })
    .from(loginSessions)
    .innerJoin(volunteers, eq(volunteers.id, loginSessions.volunteerId))
    .where(and(eq(loginSessions.id, sql.placeholder('id')), live, isNull(volunteers.suspendedAt)))
    .prepare('pupitre-actor')
  return async (id) => {
    const [row] = await query.execute({ id })
    if (!row) return null
    if (row.stale) await touch(orm, id)
    return row.actor
  }
}

/** Seen now; the day of expiry moves on, up to the absolute one. A session that ended meanwhile stays ended. */
async function touch(orm: Orm, id: LoginSessionId): Promise<void> {
  await orm
    .update(loginSessions)
    .set({
      lastSeenAt: sql`now()`,
      expiresAt: sql`least(now() + ${milliseconds(IDLE_MS)}, ${loginSessions.createdAt} + ${milliseconds(ABSOLUTE_MS)})`,
    })
    .where(and(eq(loginSessions.id, id), live))
}

export async function insertSession(
  orm: Orm,
  row: { id: LoginSessionId; volunteerId: VolunteerId; userAgent: string },
): Promise<void> {
  await orm.insert(loginSessions).values({ ...row, expiresAt: sql`now() + ${milliseconds(IDLE_MS)}` })
}

export const liveSessions = (orm: Orm, volunteerId: VolunteerId) =>
  orm
    .select()
    .from(loginSessions)
    .where(and(eq(loginSessions.volunteerId, volunteerId), live))
    .orderBy(desc(loginSessions.lastSeenAt))

/** @returns the ids of the sessions that were live and are not any more */
export async function revoke(
  tx: Transaction,
  which: { id: LoginSessionId } | { volunteerId: VolunteerId; except: LoginSessionId | null },
): Promise<readonly LoginSessionId[]> {
  const chosen =
    'id' in which
      ? eq(loginSessions.id, which.id)
      : and(
          eq(loginSessions.volunteerId, which.volunteerId),
          which.except ? ne(loginSessions.id, which.except) : undefined,
        )
  const rows = await tx
    .update(loginSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(chosen, isNull(loginSessions.revokedAt)))
    .returning({ id: loginSessions.id })
  return rows.map((row) => row.id)
}
