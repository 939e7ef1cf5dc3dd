import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Migration, Section, Sequence } from './parts.ts'

/** A table of the newsroom as the database has it, and about how many bytes it takes there. */
export type Table = { readonly name: string; readonly columns: readonly string[]; readonly size: number }

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const list = (names: readonly string[]): string => names.map(quoted).join(', ')
export const tableOf = (name: string): string => `public.${quoted(name)}`

/**
 * Every table of `public`, asked of the database itself: one that is added later is among them by itself. Generated
 * columns are left out; PostgreSQL makes them again.
 */
export async function tablesOf(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; size: string }>(`
    select c.relname as name, pg_table_size(c.oid) as size, array(
      select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname collate "C"`)
  return rows.map(({ name, columns, size }) => ({ name, columns, size: Number(size) }))
}

/** @returns null where the database has never been migrated */
export async function migrationsOf(client: pg.ClientBase): Promise<readonly Migration[] | null> {
  const found = await client.query<{ found: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as found",
  )
  if (!found.rows[0]?.found) return null
  const { rows } = await client.query<{ hash: string; at: string }>(
    'select hash, created_at as at from drizzle.__drizzle_migrations order by created_at',
  )
  return rows.map(({ hash, at }) => ({ hash, at: Number(at) }))
}

/** Sequences are in no snapshot: read after it, they are at least as far as its rows. */
export async function sequencesOf(client: pg.ClientBase): Promise<readonly Sequence[]> {
  const names = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
     order by relname collate "C"`,
  )
  const found: Sequence[] = []
  for (const { name } of names.rows) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value as value, is_called as called from ${tableOf(name)}`,
    )
    if (rows[0]) found.push({ name, ...rows[0] })
  }
  return found
}

/** Queries whose answers a restored newsroom gives as before. */
const CHECKS: Readonly<Record<string, { readonly columns: readonly string[]; readonly query: string }>> = {
  /** What each document consists of, byte for byte: its snapshot, then the updates after it in their order. */
  documents: {
    columns: ['name', 'seq', 'sha256'],
    query: `select d.name, d.head_seq, encode(sha256(coalesce((
        select string_agg(l.data, ''::bytea order by l.seq) from (
          select s.seq, s.data from document_snapshots s where s.document = d.name
          union all select u.seq, u.data from document_updates u where u.document = d.name) l
      ), ''::bytea)), 'hex') from documents d`,
  },
}

export const checks = (): readonly Section[] =>
  Object.entries(CHECKS).map(([name, { columns }]) => ({ kind: 'check', name, columns: [...columns] }))

/** The rows of a section, in PostgreSQL’s text format; null for a check that this version does not know. */
export function readRows(client: pg.ClientBase, { kind, name, columns }: Section) {
  const query =
    kind === 'table' ? `select ${list(columns)} from ${tableOf(name)}` : (CHECKS[name]?.query ?? null)
  return query === null ? null : client.query(copyTo(`copy (${query}) to stdout`))
}

/** Values are written the same whatever the database is set to; a wait for a lock ends. */
export async function useFormat(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set datestyle = 'ISO, YMD'; set intervalstyle = postgres; set timezone = 'UTC'; set bytea_output = hex;
    set extra_float_digits = 3; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
    set lock_timeout = '30s'`)
}
