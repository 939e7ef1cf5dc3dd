import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { invitations } from '#drizzle/schema/people.ts'
import type { InvitationId, VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

const LIFETIME = sql`interval '7 days'`

const open = and(
  isNull(invitations.acceptedAt),
  isNull(invitations.revokedAt),
  sql`${invitations.expiresAt} > now()`,
)

export async function insertInvitation(
  tx: Transaction,
  row: {
    id: InvitationId
    tokenHash: string
    role: Role
    email: string | null
    invitedBy: VolunteerId
  },
): Promise<Date> {
  const [made] = await tx
    .insert(invitations)
    .values({ ...row, expiresAt: sql`now() + ${LIFETIME}` })
    .returning({ expiresAt: invitations.expiresAt })
  if (!made) throw new Error('PostgreSQL returned no row for an invitation it inserted.')
  return made.expiresAt
}

export const openInvitations = (orm: Orm) =>
  orm
    .select({
      id: invitations.id,
      role: invitations.role,
      email: invitations.email,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(open)
    .orderBy(desc(invitations.createdAt))

export async function findInvitation(orm: Orm | Transaction, tokenHash: string) {
  const [row] = await orm
    .select({
      role: invitations.role,
      email: invitations.email,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      expired: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .where(eq(invitations.tokenHash, tokenHash))
  return row ?? null
}

/**
 * Uses an invitation up. Of two at the same time one waits for the other's row and then finds it used.
 * @returns null where it was not open
 */
export async function useUp(
  tx: Transaction,
  tokenHash: string,
): Promise<{ id: InvitationId; role: Role; invitedBy: VolunteerId } | null> {
  const [row] = await tx
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(and(eq(invitations.tokenHash, tokenHash), open))
    .returning({ id: invitations.id, role: invitations.role, invitedBy: invitations.invitedBy })
  return row ?? null
}

export const setAcceptedBy = (tx: Transaction, id: InvitationId, acceptedBy: VolunteerId) =>
  tx.update(invitations).set({ acceptedBy }).where(eq(invitations.id, id))

/** @returns how many were open and are not any more */
export async function revokeInvitations(
  tx: Transaction,
  which: { id: InvitationId } | { invitedBy: VolunteerId },
): Promise<number> {
  const chosen = 'id' in which ? eq(invitations.id, which.id) : eq(invitations.invitedBy, which.invitedBy)
  const rows = await tx
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(chosen, open))
    .returning({ id: invitations.id })
  return rows.length
}
