import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { takeTurns } from '#server/sync/log/turns.ts'
import type { ProjectionOf } from '#server/sync/ports.ts'
import { derivedColumns } from './row.ts'

type DraftProjection = ProjectionOf<'draft'>

/** How long projections gather before they are written together, in milliseconds. */
const GATHER = 25

/**
 * One statement for the drafts that are being written at this moment, however many.
 *
 * The row of a document is moved first: of two processes, the one with the older text finds itself late, and
 * its text is not written. Nobody waits for the disk: what a crash undoes here is derived again from the log,
 * since `projected_seq` is undone with it.
 *
 * Appends change the same rows. So this takes turns with them in their order: each statement has its own idea of the order
 * of its rows, and two of them would wait for each other.
 */
const WRITE = `
with quick as materialized (
  select set_config('synchronous_commit', 'off', true)
), incoming as (
  select t.* from quick, unnest(
    $1::text[], $2::bigint[], $3::uuid[], $4::uuid[], $5::timestamptz[],
    $6::text[], $7::text[], $8::int[], $9::int[], $10::text[], $11::text[], $12::text[]
  ) as t(
    document, seq, id, editor_id, edited_at,
    title, plain_text, word_count, character_count, search_title, search_text, content_hash
  )
), turns as materialized (
  ${takeTurns('select document as name from incoming')}
), moved as (
  update documents d set projected_seq = i.seq
  from incoming i join turns on turns.name = i.document where d.name = i.document and d.projected_seq < i.seq
  returning d.name
)
update drafts d set
  title = i.title, plain_text = i.plain_text, word_count = i.word_count, character_count = i.character_count,
  search_title = i.search_title, search_text = i.search_text, content_hash = i.content_hash,
  last_editor_id = coalesce(i.editor_id, d.last_editor_id),
  last_edited_at = case when i.editor_id is null then d.last_edited_at else i.edited_at end
from incoming i join moved m on m.name = i.document
where d.id = i.id`

/** Writes at most one projection of each document: of two in one batch, PostgreSQL would take either. */
async function write(pool: pg.Pool, batch: readonly DraftProjection[]): Promise<void> {
  const rows = batch.map((projection) => ({ ...projection, ...derivedColumns(projection.facts) }))
  const values = [
    rows.map((row) => row.name),
    rows.map((row) => row.seq),
    rows.map((row) => row.address.id),
    rows.map((row) => row.lastEditor),
    rows.map((row) => row.lastEditedAt),
    rows.map((row) => row.title),
    rows.map((row) => row.plainText),
    rows.map((row) => row.wordCount),
    rows.map((row) => row.characterCount),
    rows.map((row) => row.searchTitle),
    rows.map((row) => row.searchText),
    rows.map((row) => row.contentHash),
  ]
  await pool.query({ name: 'pupitre-project', text: WRITE, values })
}

/** The newest of each document. */
function newestOf(batch: readonly DraftProjection[]): readonly DraftProjection[] {
  const newest = new Map<string, DraftProjection>()
  for (const projection of batch) {
    if (projection.seq > (newest.get(projection.name)?.seq ?? 0)) newest.set(projection.name, projection)
  }
  return [...newest.values()]
}

/** @returns a function that resolves once the rows tell of the projection, or of something later. */
export function projectionWriter(pool: pg.Pool): (projection: DraftProjection) => Promise<void> {
  let gathering: { readonly batch: DraftProjection[]; readonly written: Promise<void> } | null = null

  const gather = (first: DraftProjection) => {
    const batch = [first]
    const written = pause(GATHER).then(() => {
      gathering = null
      return write(pool, newestOf(batch))
    })
    return { batch, written }
  }

  return async (projection) => {
    if (gathering) gathering.batch.push(projection)
    else gathering = gather(projection)
    try {
      await gathering.written
    } catch {
      // Which one of the batch PostgreSQL refused is not said: each goes on alone, and stops nobody else.
      await write(pool, [projection])
    }
  }
}
