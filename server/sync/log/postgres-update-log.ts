import type pg from 'pg'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { appendStatement, type HeadRow } from './append-statement.ts'
import { compact } from './compaction.ts'
import type { StoredDocument, UpdateLog } from './update-log.ts'

/** One statement is one snapshot of the database: a compaction in between is seen whole or not at all. */
const LOAD = `
select d.schema_version, d.head_seq, d.projected_seq, l.data, l.snapshot, l.volunteer_id, l.created_at
from documents d left join lateral (
  select s.seq, s.data, true as snapshot, null::uuid as volunteer_id, s.created_at
  from document_snapshots s where s.document = d.name and s.seq > $2
  union all
  select u.seq, case when u.seq > $2 then u.data end, false, u.volunteer_id, u.created_at
  from document_updates u where u.document = d.name
) l on true
where d.name = $1 order by l.seq`

type LoadRow = {
  schema_version: number
  head_seq: string
  projected_seq: string
  data: Buffer | null
  snapshot: boolean | null
  volunteer_id: VolunteerId | null
  created_at: Date | null
}

function toStoredDocument(rows: readonly LoadRow[]): StoredDocument | null {
  const [first] = rows
  if (!first) return null
  const authored = rows.findLast((row) => row.volunteer_id !== null)
  return {
    schemaVersion: first.schema_version,
    headSeq: Number(first.head_seq),
    projectedSeq: Number(first.projected_seq),
    snapshot: rows.find((row) => row.snapshot)?.data ?? null,
    updates: rows.flatMap((row) => (row.data && !row.snapshot ? [row.data] : [])),
    rows: rows.filter((row) => row.snapshot === false).length,
    lastEdit:
      authored?.volunteer_id && authored.created_at
        ? { author: authored.volunteer_id, at: authored.created_at }
        : null,
  }
}

/**
 * @param appends a pool of its own for appends, so that saving never waits behind pages that query
 * @param pool for everything else
 */
export function createPostgresUpdateLog(appends: pg.Pool, pool: pg.Pool): UpdateLog {
  return {
    async append(entries) {
      const { name, text, values, seqsOf } = appendStatement(entries)
      const { rows } = await appends.query<HeadRow>({ name, text, values: [...values] })
      return seqsOf(rows)
    },

    load: (document) => readSince(pool, document, 0),

    since: (document, seq) => readSince(pool, document, seq),

    async heads(documents) {
      const { rows } = await pool.query<{ name: DocumentName; head_seq: string; projected_seq: string }>(
        'select name, head_seq, projected_seq from documents where name = any($1::text[])',
        [documents],
      )
      return new Map(
        rows.map((row) => [row.name, { head: Number(row.head_seq), projected: Number(row.projected_seq) }]),
      )
    },

    compact: (document) => inTransaction(pool, (client) => compact(client, document)),

    migrate: (document, from, to, update) =>
      inTransaction(pool, (client) => migrate(client, { document, from, to, update })),

    async unprojected() {
      const { rows } = await pool.query<{ name: DocumentName }>(
        'select name from documents where projected_seq < head_seq order by created_at desc',
      )
      return rows.map((row) => row.name)
    },
  }
}

async function readSince(pool: pg.Pool, document: DocumentName, seq: number): Promise<StoredDocument | null> {
  const { rows } = await pool.query<LoadRow>({ name: 'pupitre-load', text: LOAD, values: [document, seq] })
  return toStoredDocument(rows)
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    const outcome = await work(client)
    await client.query('commit')
    return outcome
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // A connection that failed in a transaction is not used again: it ends, and the transaction with it.
    client.release(failure)
  }
}

async function migrate(
  client: pg.PoolClient,
  step: { document: DocumentName; from: number; to: number; update: Uint8Array },
): Promise<boolean> {
  const { rows } = await client.query<{ head_seq: string }>(
    `update documents set schema_version = $3, head_seq = head_seq + 1
     where name = $1 and schema_version = $2 returning head_seq`,
    [step.document, step.from, step.to],
  )
  const [row] = rows
  if (!row) return false
  await client.query('insert into document_updates (document, seq, data) values ($1, $2, $3)', [
    step.document,
    row.head_seq,
    asBuffer(step.update),
  ])
  return true
}
