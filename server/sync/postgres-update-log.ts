import type pg from 'pg'
import * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { applyAll, hasPending } from './document-state.ts'
import type { Compaction, LogEntry, StoredDocument, UpdateLog } from './update-log.ts'

/**
 * One statement, so one round trip and one fsync for a batch of any number of documents.
 *
 * Numbers are given out by the update of the document’s row, whose lock is held until the commit: whoever
 * sees update n sees all before it, and compaction may delete `seq <= n` whatever else is being appended.
 *
 * Processes take turns through advisory locks, in one order, before they touch a row. Locking the rows
 * themselves would end in deadlocks: the order of an update is the planner’s, and an update after `for update`
 * in one statement queues for the version of the row that the statement began with.
 *
 * «Committed» means flushed to disk, even where the role or the database was set not to wait for that.
 */
const append = (more = '') => `
with incoming as (
  select * from unnest($1::text[], $2::bytea[], $3::uuid[]) with ordinality as t(document, data, volunteer_id, place)
), turns as materialized (
  select document, pg_advisory_xact_lock(key) from (
    select distinct document, hashtextextended('append ' || document, 0) as key from incoming order by key
  ) ordered
), heads as (
  update documents d set head_seq = d.head_seq + c.rows
  from (select document, count(*) as rows from incoming join turns using (document) group by document) c
  where d.name = c.document
  returning d.name, d.head_seq - c.rows as base
), numbered as (
  select i.*, h.base + row_number() over (partition by i.document order by i.place) as seq
  from incoming i join heads h on h.name = i.document
), written as (
  insert into document_updates (document, seq, data, volunteer_id)
  select document, seq, data, volunteer_id from numbered
), known as (
  insert into document_clients (document, client_id, volunteer_id, first_seq)
  select distinct on (n.document, c.client_id) n.document, c.client_id, n.volunteer_id, n.seq
  from unnest($4::bigint[], $5::bigint[]) as c(place, client_id) join numbered n on n.place = c.place
  where n.volunteer_id is not null
  order by n.document, c.client_id, n.seq
  on conflict do nothing
)${more}
select place, seq from numbered
where case current_setting('synchronous_commit')
  when 'off' then set_config('synchronous_commit', 'on', true) = 'on' else true end`

/** Few batches carry suggestions: the others do without this part of the statement. */
const SUGGESTED = `, suggested as (
  insert into document_suggestions (document, id, volunteer_id, first_seq)
  select distinct on (n.document, s.id) n.document, s.id, n.volunteer_id, n.seq
  from unnest($6::bigint[], $7::text[]) as s(place, id) join numbered n on n.place = s.place
  where n.volunteer_id is not null
  order by n.document, s.id, n.seq
  on conflict do nothing
)`

const APPEND = { name: 'pupitre-append', text: append() }
const APPEND_SUGGESTIONS = { name: 'pupitre-append-suggestions', text: append(SUGGESTED) }

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
      const clients = placed(entries, (entry) => entry.clients)
      const suggestions = placed(entries, (entry) => entry.suggestions)
      const { rows } = await appends.query<{ place: string; seq: string }>({
        ...(suggestions.length > 0 ? APPEND_SUGGESTIONS : APPEND),
        values: [
          entries.map((entry) => entry.document),
          entries.map((entry) => asBuffer(entry.data)),
          entries.map((entry) => entry.author),
          clients.map((client) => client.place),
          clients.map((client) => client.id),
          ...(suggestions.length > 0
            ? [suggestions.map(({ place }) => place), suggestions.map(({ id }) => id)]
            : []),
        ],
      })
      const seqs = new Map(rows.map((row) => [Number(row.place), Number(row.seq)]))
      return entries.map((_, index) => seqs.get(index + 1) ?? null)
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
  const { rows } = await pool.query<LoadRow>(LOAD, [document, seq])
  return toStoredDocument(rows)
}

/** What each entry brings along, with the entry’s place in its batch, from 1. */
const placed = <Id>(entries: readonly LogEntry[], idsOf: (entry: LogEntry) => readonly Id[]) =>
  entries.flatMap((entry, index) => idsOf(entry).map((id) => ({ place: index + 1, id })))

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

async function compact(client: pg.PoolClient, document: DocumentName): Promise<Compaction> {
  const lock = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('compact ' || $1, 0)) as mine`,
    [document],
  )
  if (!lock.rows[0]?.mine) return 'busy'
  const { rows } = await client.query<{ seq: string; data: Buffer; snapshot: boolean }>(
    `select seq, data, true as snapshot from document_snapshots where document = $1
     union all select seq, data, false from document_updates where document = $1 order by seq`,
    [document],
  )
  const updates = rows.filter((row) => !row.snapshot)
  const last = updates.at(-1)
  if (!last) return 'nothing'
  const doc = new Y.Doc()
  applyAll(
    doc,
    rows.map((row) => row.data),
  )
  const pending = hasPending(doc)
  const data = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  if (pending) return 'pending'
  await client.query(
    `insert into document_snapshots (document, seq, data) values ($1, $2, $3)
     on conflict (document) do update set seq = excluded.seq, data = excluded.data, created_at = now()`,
    [document, last.seq, asBuffer(data)],
  )
  // Who wrote what is deleted here stays known.
  await client.query(
    `insert into document_editors (document, volunteer_id, last_seq)
     select document, volunteer_id, max(seq) from document_updates
     where document = $1 and seq <= $2 and volunteer_id is not null group by document, volunteer_id
     on conflict (document, volunteer_id) do update set last_seq = greatest(document_editors.last_seq, excluded.last_seq)`,
    [document, last.seq],
  )
  const deleted = await client.query('delete from document_updates where document = $1 and seq <= $2', [
    document,
    last.seq,
  ])
  // Deleting a row that was not read would lose it: then nothing of this happens.
  if (deleted.rowCount !== updates.length) throw new Error(`compaction of ${document} met unknown rows`)
  return 'done'
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
