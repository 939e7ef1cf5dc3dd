import {
  and,
  asc,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { calendarSlots, documentClients, documents, drafts, volunteers } from '#drizzle/schema/index.ts'
import type { DraftFacts } from '#lib/documents/draft/shape.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { excerptOf } from './excerpt.ts'
import { derivedColumns } from './row.ts'
import type { Search } from './search.ts'
import { type DraftFace, type DraftFilter, PAGE_SIZE } from './types.ts'

/** How much of a text is fetched to show its beginning, in characters. */
const BEGINNING = 400
/** How much is fetched to find a hit in: as much as the index sees. */
const SEARCHED = 200_000

const summaryColumns = (textLength: number) => ({
  id: drafts.id,
  title: drafts.title,
  text: sql<string>`left(${drafts.plainText}, ${textLength})`,
  wordCount: drafts.wordCount,
  stage: drafts.stage,
  createdBy: drafts.createdBy,
  lastEditedAt: drafts.lastEditedAt,
  archivedAt: drafts.archivedAt,
  editor: { id: volunteers.id, name: volunteers.name, color: volunteers.color },
})

type SummaryRow = {
  id: DraftId
  title: string
  text: string
  wordCount: number
  stage: Stage
  createdBy: VolunteerId | null
  lastEditedAt: Date
  archivedAt: Date | null
  editor: { id: VolunteerId; name: string; color: string } | null
}

const summaryOf = (row: SummaryRow, stems: readonly string[]): DraftSummary => ({
  id: row.id,
  title: row.title,
  excerpt: excerptOf(row.text, stems),
  wordCount: row.wordCount,
  stage: row.stage,
  createdBy: row.createdBy,
  lastEditor: row.editor,
  lastEditedAt: row.lastEditedAt.toISOString(),
  archivedAt: row.archivedAt?.toISOString() ?? null,
})

/** Who may do what with a draft is decided from these. */
export type DraftStanding = { readonly archived: boolean; readonly createdBy: VolunteerId | null }

export async function findStanding(orm: Orm | Transaction, id: DraftId): Promise<DraftStanding | null> {
  const [row] = await orm
    .select({ archivedAt: drafts.archivedAt, createdBy: drafts.createdBy })
    .from(drafts)
    .where(eq(drafts.id, id))
  return row ? { archived: row.archivedAt !== null, createdBy: row.createdBy } : null
}

export async function findSummary(orm: Orm, id: DraftId): Promise<DraftSummary | null> {
  const [row] = await orm
    .select(summaryColumns(BEGINNING))
    .from(drafts)
    .leftJoin(volunteers, eq(volunteers.id, drafts.lastEditorId))
    .where(eq(drafts.id, id))
  return row ? summaryOf(row, []) : null
}

export async function findFaces(orm: Orm, ids: readonly DraftId[]): Promise<readonly DraftFace[]> {
  const { id, title, stage, archivedAt } = drafts
  const rows = await orm
    .select({ id, title, stage, archivedAt })
    .from(drafts)
    .where(inArray(id, [...ids]))
  return rows.map((row) => ({ ...row, archivedAt: row.archivedAt?.toISOString() ?? null }))
}

const hasHandIn = (orm: Orm, by: VolunteerId): SQL | undefined =>
  or(
    eq(drafts.createdBy, by),
    eq(drafts.lastEditorId, by),
    exists(
      orm
        .select({ one: sql`1` })
        .from(documentClients)
        .where(
          and(
            eq(documentClients.volunteerId, by),
            eq(documentClients.document, sql`'draft/' || ${drafts.id}::text`),
          ),
        ),
    ),
  )

const isUnplanned = (orm: Orm): SQL =>
  notExists(orm.select({ one: sql`1` }).from(calendarSlots).where(eq(calendarSlots.draftId, drafts.id)))

/** The id ends every order, so that pages neither repeat nor skip a line. */
const ORDERS: { readonly [S in DraftFilter['sort']]: readonly SQL[] } = {
  edited: [desc(drafts.lastEditedAt), asc(drafts.id)],
  created: [desc(drafts.createdAt), asc(drafts.id)],
  title: [sql`${drafts.title} = ''`, sql`${drafts.title} collate "fr-x-icu"`, asc(drafts.id)],
}

/** @returns up to one line more than a page: the sign that another page follows. */
export async function findPage(
  orm: Orm,
  filter: DraftFilter,
  search: Search | null,
): Promise<readonly DraftSummary[]> {
  const rows = await orm
    .select(summaryColumns(search ? SEARCHED : BEGINNING))
    .from(drafts)
    .leftJoin(volunteers, eq(volunteers.id, drafts.lastEditorId))
    .where(
      and(
        filter.state === 'archived' ? isNotNull(drafts.archivedAt) : isNull(drafts.archivedAt),
        filter.by === null ? undefined : hasHandIn(orm, filter.by),
        filter.unplanned ? isUnplanned(orm) : undefined,
        search?.matches,
      ),
    )
    .orderBy(...ORDERS[filter.sort])
    .limit(PAGE_SIZE + 1)
    .offset(filter.offset)
  return rows.map((row) => summaryOf(row, search?.stems ?? []))
}

/** Writes the row of a draft whose document was just created in the same transaction, with `seq` 1. */
export async function insertDraft(
  tx: Transaction,
  id: DraftId,
  facts: DraftFacts,
  author: VolunteerId | null,
): Promise<void> {
  await tx.insert(drafts).values({ id, ...derivedColumns(facts), createdBy: author, lastEditorId: author })
  await tx
    .update(documents)
    .set({ projectedSeq: 1 })
    .where(eq(documents.name, draftDocument(id)))
}

/** @returns false where the draft already was so: the first decision keeps its moment. */
export async function setArchived(tx: Transaction, id: DraftId, archived: boolean): Promise<boolean> {
  const changed = await tx
    .update(drafts)
    .set({ archivedAt: archived ? sql`now()` : null })
    .where(and(eq(drafts.id, id), archived ? isNull(drafts.archivedAt) : isNotNull(drafts.archivedAt)))
    .returning({ id: drafts.id })
  return changed.length === 1
}
