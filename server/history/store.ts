import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import {
  documentClients,
  documentEditors,
  documents,
  documentUpdates,
  drafts,
  revisions,
} from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

export type RevisionRow = typeof revisions.$inferSelect

/** Whoever adds a revision waits here: the rows of one draft are written one after the other. @returns false: no such draft */
export async function takeTurn(tx: Transaction, id: DraftId): Promise<boolean> {
  const rows = await tx.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, id)).for('no key update')
  return rows.length === 1
}

export async function findHead(orm: Orm, id: DraftId): Promise<number | null> {
  const [row] = await orm
    .select({ head: documents.headSeq })
    .from(documents)
    .where(eq(documents.name, draftDocument(id)))
  return row?.head ?? null
}

export async function findVolunteersBehind(
  orm: Orm,
  id: DraftId,
  clients: readonly number[],
): Promise<ReadonlyMap<number, VolunteerId>> {
  if (clients.length === 0) return new Map()
  const { clientId, volunteerId, document } = documentClients
  const rows = await orm
    .select({ clientId, volunteerId })
    .from(documentClients)
    .where(and(eq(document, draftDocument(id)), inArray(clientId, [...clients])))
  return new Map(rows.map((row) => [row.clientId, row.volunteerId]))
}

/** In the order of their first words since then, as far as the log still tells. */
export async function findWritersSince(
  tx: Transaction,
  id: DraftId,
  seq: number,
): Promise<readonly VolunteerId[]> {
  const document = draftDocument(id)
  const { rows } = await tx.execute<{ volunteer_id: VolunteerId }>(sql`
    select volunteer_id from (
      select volunteer_id, seq as at from ${documentUpdates}
      where document = ${document} and seq > ${seq} and volunteer_id is not null
      union all
      select volunteer_id, 0 as at from ${documentEditors} where document = ${document} and last_seq > ${seq}
    ) written group by volunteer_id order by min(at), volunteer_id`)
  return rows.map((row) => row.volunteer_id)
}

const newestFirst = [desc(revisions.createdAt), desc(revisions.seq), desc(revisions.id)] as const

/** The newest two, newest first: that of the editing session under way and the one before it, perhaps. */
export const findNewest = (tx: Orm | Transaction, id: DraftId): Promise<readonly RevisionRow[]> =>
  tx
    .select()
    .from(revisions)
    .where(eq(revisions.draftId, id))
    .orderBy(...newestFirst)
    .limit(2)

export async function findNewestMade(tx: Transaction, id: DraftId): Promise<RevisionRow | null> {
  const [row] = await tx
    .select()
    .from(revisions)
    .where(and(eq(revisions.draftId, id), isNotNull(revisions.createdBy)))
    .orderBy(...newestFirst)
    .limit(1)
  return row ?? null
}
