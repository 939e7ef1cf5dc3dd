import { randomUUID } from 'node:crypto'
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
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { PAGE_SIZE } from './types.ts'

export type RevisionRow = typeof revisions.$inferSelect
type NewRevision = Omit<typeof revisions.$inferInsert, 'id'>

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
  orm: Orm | Transaction,
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

export async function insertRevision(tx: Transaction, revision: NewRevision): Promise<RevisionRow> {
  const id = randomUUID() as string as RevisionId
  const [row] = await tx
    .insert(revisions)
    .values({ ...revision, id })
    .returning()
  if (!row) throw new Error('a revision was written and is not there')
  return row
}

export async function rewriteRevision(
  orm: Orm | Transaction,
  id: RevisionId,
  change: Partial<NewRevision>,
): Promise<void> {
  await orm.update(revisions).set(change).where(eq(revisions.id, id))
}

const headColumns = {
  id: revisions.id,
  draftId: revisions.draftId,
  kind: revisions.kind,
  name: revisions.name,
  hash: revisions.hash,
  authors: revisions.authors,
  wordCount: revisions.wordCount,
  createdBy: revisions.createdBy,
  startedAt: revisions.startedAt,
  createdAt: revisions.createdAt,
}

type HeadRow = Pick<RevisionRow, keyof typeof headColumns>

/** Who may do what with a revision is decided from this. @returns null where there is no such draft */
export async function findStanding(orm: Orm, id: DraftId): Promise<{ readonly archived: boolean } | null> {
  const [row] = await orm.select({ archivedAt: drafts.archivedAt }).from(drafts).where(eq(drafts.id, id))
  return row ? { archived: row.archivedAt !== null } : null
}

/** @returns up to one line more than a page: the sign that another page follows. */
export const findHeads = (orm: Orm, id: DraftId, offset: number): Promise<readonly HeadRow[]> =>
  orm
    .select(headColumns)
    .from(revisions)
    .where(eq(revisions.draftId, id))
    .orderBy(...newestFirst)
    .limit(PAGE_SIZE + 1)
    .offset(offset)

export async function findRevision(orm: Orm | Transaction, id: RevisionId): Promise<RevisionRow | null> {
  const [row] = await orm.select().from(revisions).where(eq(revisions.id, id))
  return row ?? null
}

export async function findPrevious(
  orm: Orm,
  { draftId, createdAt, seq, id }: RevisionRow,
): Promise<RevisionId | null> {
  const [row] = await orm
    .select({ id: revisions.id })
    .from(revisions)
    .where(
      and(
        eq(revisions.draftId, draftId),
        sql`(${revisions.createdAt}, ${revisions.seq}, ${revisions.id}) < (${createdAt.toISOString()}::timestamptz, ${seq}, ${id}::uuid)`,
      ),
    )
    .orderBy(...newestFirst)
    .limit(1)
  return row?.id ?? null
}

/** Drafts edited lately whose newest revision says something else: a process was killed before it wrote that down. */
export async function findStale(
  orm: Orm,
): Promise<readonly { readonly id: DraftId; readonly lastEditedAt: Date }[]> {
  const { rows } = await orm.execute<{ id: DraftId; last_edited_at: string }>(sql`
    select d.id, d.last_edited_at from ${drafts} d
    join ${documents} o on o.name = 'draft/' || d.id::text and o.head_seq > 1
    left join lateral (
      select hash from ${revisions} where draft_id = d.id order by created_at desc, seq desc, id desc limit 1
    ) newest on true
    where d.last_edited_at > now() - interval '2 days' and d.content_hash <> ''
      and newest.hash is distinct from d.content_hash
    order by d.last_edited_at desc limit 200`)
  return rows.map((row) => ({ id: row.id, lastEditedAt: new Date(row.last_edited_at) }))
}

/** The oldest state of a document that is left in its log. */
export type FirstState = {
  readonly seq: number
  /** A Yjs update, encoding v1. */
  readonly data: Uint8Array
  readonly by: VolunteerId | null
  readonly at: Date
}

export async function findFirstState(tx: Transaction, id: DraftId): Promise<FirstState | null> {
  const document = draftDocument(id)
  const { rows } = await tx.execute<{ seq: string; data: Buffer; by: VolunteerId | null; at: string }>(sql`
    select seq, data, null::uuid as by, created_at as at from document_snapshots where document = ${document}
    union all
    (select seq, data, volunteer_id, created_at from ${documentUpdates}
     where document = ${document} order by seq limit 1)
    order by seq limit 1`)
  const [row] = rows
  return row ? { seq: Number(row.seq), data: row.data, by: row.by, at: new Date(row.at) } : null
}
