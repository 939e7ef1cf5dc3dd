import { takeTurns } from './turns.ts'
import type { LogEntry } from './update-log.ts'

/** What PostgreSQL is sent for a batch; `seqsOf` reads what it answers. */
export type AppendStatement = {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  /** @returns for each entry of the batch its number; null where its document does not exist */
  seqsOf(rows: readonly HeadRow[]): readonly (number | null)[]
}

/** The `place`-th document of a batch, from 1, had the number `base` before it. */
export type HeadRow = { readonly place: number; readonly base: string }

/** «Committed» means flushed to disk, even where the role or the database was set not to wait for that. */
const FLUSHED = `(select case current_setting('synchronous_commit')
  when 'off' then set_config('synchronous_commit', 'on', true) = 'on' else true end)`

/**
 * Numbers are given out by the update of the document’s row, whose lock is held until the commit: whoever
 * sees update n sees all before it, and compaction may delete `seq <= n` whatever else is being appended.
 */
const manyDocuments = (credits: string) => `
with turns as materialized (
  ${takeTurns('select * from unnest($1::text[], $2::int[]) with ordinality as t(name, rows, place)')}
), heads as (
  update documents d set head_seq = d.head_seq + t.rows from turns t where d.name = t.name
  returning d.name, t.place::int as place, d.head_seq - t.rows as base
), numbered as (
  select e.n, h.name as document, h.base + e.rank as seq, e.start, e.length, e.volunteer_id
  from unnest($4::int[], $5::int[], $6::int[], $7::int[], $8::uuid[]) with ordinality
    as e(place, rank, start, length, volunteer_id, n)
  join heads h on h.place = e.place
), written as (
  insert into document_updates (document, seq, data, volunteer_id)
  select document, seq, substring($3::bytea from start for length), volunteer_id from numbered
)${credits}
select place, base from heads where ${FLUSHED}`

/** The first to bring a client id, or a suggestion, is its author for ever. */
const CREDITS = `, known as (
  insert into document_clients (document, client_id, volunteer_id, first_seq)
  select distinct on (n.document, c.client_id) n.document, c.client_id, n.volunteer_id, n.seq
  from unnest($9::int[], $10::bigint[]) as c(n, client_id) join numbered n on n.n = c.n
  where n.volunteer_id is not null
  order by n.document, c.client_id, n.seq
  on conflict do nothing
), suggested as (
  insert into document_suggestions (document, id, volunteer_id, first_seq)
  select distinct on (n.document, s.id) n.document, s.id, n.volunteer_id, n.seq
  from unnest($11::int[], $12::text[]) as s(n, id) join numbered n on n.n = s.n
  where n.volunteer_id is not null
  order by n.document, s.id, n.seq
  on conflict do nothing
)`

/** Takes no turn: whoever waits for the one row and holds no other is nobody’s deadlock. */
const ONE_DOCUMENT = `
with head as (
  update documents set head_seq = head_seq + $2::int where name = $1 returning head_seq - $2::int as base
), written as (
  insert into document_updates (document, seq, data, volunteer_id)
  select $1, h.base + e.rank, substring($3::bytea from e.start for e.length), e.volunteer_id
  from head h, unnest($4::int[], $5::int[], $6::uuid[]) with ordinality as e(start, length, volunteer_id, rank)
)
select 1 as place, base from head where ${FLUSHED}`

const MANY = { name: 'pupitre-append', text: manyDocuments('') }
const CREDITED = { name: 'pupitre-append-credited', text: manyDocuments(CREDITS) }
const ONE = { name: 'pupitre-append-one', text: ONE_DOCUMENT }

/**
 * One statement, so one round trip and one fsync for a batch of any number of documents. Planning apart, half of what a
 * small one costs is starting its parts, so a batch does without those that it has nothing for.
 */
export function appendStatement(entries: readonly LogEntry[]): AppendStatement {
  const { names, counts, places, ranks, starts, lengths } = layOut(entries)
  const bytes = Buffer.concat(entries.map(({ data }) => data))
  const authors = list(entries.map(({ author }) => author))
  const clients = carried(entries, ({ clients }) => clients)
  const suggestions = carried(entries, ({ suggestions }) => suggestions)
  const seqsOf = (rows: readonly HeadRow[]) => {
    const bases = new Map(rows.map(({ place, base }) => [place, Number(base)]))
    return places.map((place, index) => {
      const base = bases.get(place)
      return base === undefined ? null : base + (ranks[index] ?? Number.NaN)
    })
  }
  const credits = clients.length + suggestions.length > 0
  if (names.length === 1 && !credits) {
    return { ...ONE, values: [names[0], counts[0], bytes, list(starts), list(lengths), authors], seqsOf }
  }
  const values = [names, list(counts), bytes, list(places), list(ranks), list(starts), list(lengths), authors]
  if (!credits) return { ...MANY, values, seqsOf }
  const carriers = [clients, suggestions].flatMap((ids) => [
    list(ids.map(({ n }) => n)),
    ids.map(({ id }) => id),
  ])
  return { ...CREDITED, values: [...values, ...carriers], seqsOf }
}

/** Which document each entry is for, as how many-th of it, and where its bytes are; all count from 1. */
function layOut(entries: readonly LogEntry[]) {
  const placeOf = new Map<string, number>()
  const counts: number[] = []
  const [places, ranks, starts, lengths]: [number[], number[], number[], number[]] = [[], [], [], []]
  let start = 1
  for (const { document, data } of entries) {
    const place = placeOf.get(document) ?? placeOf.size + 1
    placeOf.set(document, place)
    const rank = (counts[place - 1] ?? 0) + 1
    counts[place - 1] = rank
    places.push(place)
    ranks.push(rank)
    starts.push(start)
    lengths.push(data.length)
    start += data.length
  }
  return { names: [...placeOf.keys()], counts, places, ranks, starts, lengths }
}

/** What each entry brings along, with the entry’s place in its batch, from 1. */
const carried = <Id>(entries: readonly LogEntry[], idsOf: (entry: LogEntry) => readonly Id[]) =>
  entries.flatMap((entry, index) => idsOf(entry).map((id) => ({ n: index + 1, id })))

/** An array as PostgreSQL writes it, of values that need no quotes: pg would look for characters to escape in each. */
const list = (values: readonly (number | string | null)[]): string =>
  `{${values.map((value) => value ?? 'null').join(',')}}`
