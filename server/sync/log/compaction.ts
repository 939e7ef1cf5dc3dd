import type pg from 'pg'
import * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import { applyAll, hasPending } from '../room/document-state.ts'
import type { Compaction } from './update-log.ts'

/**
 * Rows that are read and applied at a time: a few milliseconds of the event loop, and a bounded piece of memory. A row may
 * be a paste of many pages.
 */
const SLICE = 100

type Row = { readonly seq: string; readonly data: Buffer; readonly snapshot: boolean }
type Built = { readonly doc: Y.Doc; readonly rows: number; readonly last: string | null }

/**
 * Replaces a log by one snapshot, built from its rows (R5).
 * @param client within a transaction, which is rolled back where this throws
 */
export async function compact(client: pg.PoolClient, document: DocumentName): Promise<Compaction> {
  const lock = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('compact ' || $1, 0)) as mine`,
    [document],
  )
  if (!lock.rows[0]?.mine) return 'busy'
  const { doc, rows, last } = await build(client, document)
  try {
    if (last === null) return 'nothing'
    if (hasPending(doc)) return 'pending'
    const state = Y.encodeStateAsUpdate(doc)
    await replace(client, { document, rows, last, state })
    return 'done'
  } finally {
    doc.destroy()
  }
}

/** A cursor sees the rows of the moment at which it was opened, however long it takes to read them. */
async function build(client: pg.PoolClient, document: DocumentName): Promise<Built> {
  await client.query(
    `declare log no scroll cursor for
     select seq, data, true as snapshot from document_snapshots where document = $1
     union all select seq, data, false from document_updates where document = $1 order by seq`,
    [document],
  )
  const doc = new Y.Doc()
  let rows = 0
  let last: string | null = null
  for (;;) {
    const { rows: slice } = await client.query<Row>(`fetch ${SLICE} from log`)
    applyAll(
      doc,
      slice.map(({ data }) => data),
    )
    const updates = slice.filter(({ snapshot }) => !snapshot)
    rows += updates.length
    last = updates.at(-1)?.seq ?? last
    if (slice.length < SLICE) break
  }
  await client.query('close log')
  return { doc, rows, last }
}

type Replacement = {
  readonly document: DocumentName
  /** Rows that the state was built from. */
  readonly rows: number
  /** The number of the last of them. */
  readonly last: string
  readonly state: Uint8Array
}

async function replace(client: pg.PoolClient, { document, rows, last, state }: Replacement): Promise<void> {
  await client.query(
    `insert into document_snapshots (document, seq, data) values ($1, $2, $3)
     on conflict (document) do update set seq = excluded.seq, data = excluded.data, created_at = now()`,
    [document, last, state],
  )
  // Who wrote what is deleted here stays known.
  await client.query(
    `insert into document_editors (document, volunteer_id, last_seq)
     select document, volunteer_id, max(seq) from document_updates
     where document = $1 and seq <= $2 and volunteer_id is not null group by document, volunteer_id
     on conflict (document, volunteer_id) do update set last_seq = greatest(document_editors.last_seq, excluded.last_seq)`,
    [document, last],
  )
  const deleted = await client.query('delete from document_updates where document = $1 and seq <= $2', [
    document,
    last,
  ])
  // Deleting a row that was not read would lose it: then nothing of this happens.
  if (deleted.rowCount !== rows) throw new Error(`compaction of ${document} met unknown rows`)
}
