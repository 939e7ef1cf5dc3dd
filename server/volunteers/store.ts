import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

type Row = typeof volunteers.$inferSelect
type NewRow = typeof volunteers.$inferInsert

export const listVolunteers = (orm: Orm) =>
  orm
    .select()
    .from(volunteers)
    // ICU's French: the embedded PostgreSQL has it, and no locale of the machine is asked.
    .orderBy(sql`${volunteers.name} collate "fr-x-icu"`, asc(volunteers.id))

export async function findVolunteer(orm: Orm | Transaction, id: VolunteerId): Promise<Row | null> {
  const [row] = await orm.select().from(volunteers).where(eq(volunteers.id, id))
  return row ?? null
}

export async function activeCoordinators(tx: Transaction): Promise<ReadonlySet<VolunteerId>> {
  const rows = await tx
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(and(eq(volunteers.role, 'coordinator'), isNull(volunteers.suspendedAt)))
  return new Set(rows.map((row) => row.id))
}

/** @returns false where the e-mail belongs to somebody already */
export async function insertVolunteer(tx: Transaction, row: NewRow): Promise<boolean> {
  const rows = await tx
    .insert(volunteers)
    .values(row)
    .onConflictDoNothing({ target: volunteers.email })
    .returning({ id: volunteers.id })
  return rows.length === 1
}

export type VolunteerChange = Pick<
  PgUpdateSetSource<typeof volunteers>,
  'name' | 'color' | 'locale' | 'role' | 'suspendedAt'
>

export const updateVolunteer = (orm: Orm | Transaction, id: VolunteerId, change: VolunteerChange) =>
  orm.update(volunteers).set(change).where(eq(volunteers.id, id))

/** @returns false where the hash had been replaced meanwhile */
export async function replaceHash(
  tx: Transaction,
  id: VolunteerId,
  hashes: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const rows = await tx
    .update(volunteers)
    .set({ passwordHash: hashes.to })
    .where(and(eq(volunteers.id, id), eq(volunteers.passwordHash, hashes.from)))
    .returning({ id: volunteers.id })
  return rows.length === 1
}

export async function colorsWorn(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx
    .select({ color: volunteers.color })
    .from(volunteers)
    .where(isNull(volunteers.suspendedAt))
  return rows.map((row) => row.color)
}

/** A volunteer's row, which nobody changes until the transaction ends. */
export async function shareVolunteer(tx: Transaction, id: VolunteerId): Promise<Row | null> {
  const [row] = await tx.select().from(volunteers).where(eq(volunteers.id, id)).for('share')
  return row ?? null
}
