import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import * as schema from '#drizzle/schema/index.ts'
import { applyWithin, ourMigrations } from '#server/db/migrate.ts'
import type { Migration } from './parts.ts'
import { Refused } from './refusal.ts'
import { quoted, tableOf, tablesOf } from './store.ts'

/**
 * The tables that a backup is put back into: made anew by our own migrations, within the transaction of the restore.
 */

/** Rows that are there before anybody has come: the calendar that every start founds, and counters of attempts. */
const UNTOUCHED: Readonly<Record<string, string>> = { documents: 'head_seq > 0', throttles: 'false' }

const OURS = new Set<string>(
  Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : [])),
)

/** Nobody else reads or writes until the end of the transaction. @throws Refused where somebody works here already */
async function claimEmpty(client: pg.ClientBase): Promise<readonly string[]> {
  const names = (await tablesOf(client)).map(({ name }) => name)
  const foreign = names.filter((name) => !OURS.has(name))
  if (foreign.length > 0) throw new Refused({ why: 'foreign', names: foreign })
  if (names.length === 0) return names
  await client.query(`lock table ${names.map(tableOf).join(', ')} in access exclusive mode`)
  const full: string[] = []
  for (const name of names) {
    const { rows } = await client.query<{ used: boolean }>(
      `select exists (select from ${tableOf(name)} where ${UNTOUCHED[name] ?? 'true'}) as used`,
    )
    if (rows[0]?.used) full.push(name)
  }
  if (full.length > 0) throw new Refused({ why: 'notEmpty', names: full })
  return names
}

/** Our migrations up to the level of a backup, and those after it. @throws Refused where it has others */
export function splitMigrations(level: readonly Migration[]) {
  const ours = ourMigrations()
  const same = level.every(
    ({ hash, at }, index) => ours[index]?.hash === hash && ours[index].folderMillis === at,
  )
  if (!same) throw new Refused({ why: 'newer' })
  return { upTo: ours.slice(0, level.length), after: ours.slice(level.length) }
}

/** Leaves the empty tables of that level, and no others. */
export async function rebuild(client: pg.ClientBase, level: ReturnType<typeof ourMigrations>): Promise<void> {
  const names = await claimEmpty(client)
  if (names.length > 0) await client.query(`drop table ${names.map(tableOf).join(', ')} cascade`)
  const { rows } = await client.query<{ drop: string }>(`
    select format('drop function %s cascade', p.oid::regprocedure) as drop from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and p.proowner = (select oid from pg_roles where rolname = current_user)
      and not exists (select from pg_depend d
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`)
  for (const { drop } of rows) await client.query(drop)
  await client.query(`
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    truncate drizzle.__drizzle_migrations restart identity`)
  await applyWithin(client, level)
}

/**
 * Takes references and triggers out of the way: rows come table by table, in any order, and are facts, not events.
 * @returns puts both back; PostgreSQL then checks every reference of every row
 */
export async function setAside(client: pg.ClientBase): Promise<() => Promise<void>> {
  const references = await client.query<{ on: string; name: string; says: string }>(`
    select c.conrelid::regclass::text as on, c.conname as name, pg_get_constraintdef(c.oid) as says
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
    order by 1, 2`)
  const triggers = await client.query<{ on: string; name: string }>(`
    select t.tgrelid::regclass::text as on, t.tgname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled = 'O'`)
  for (const { on, name } of references.rows)
    await client.query(`alter table ${on} drop constraint ${quoted(name)}`)
  for (const { on, name } of triggers.rows)
    await client.query(`alter table ${on} disable trigger ${quoted(name)}`)
  return async () => {
    for (const { on, name } of triggers.rows)
      await client.query(`alter table ${on} enable trigger ${quoted(name)}`)
    for (const { on, name, says } of references.rows)
      await client.query(`alter table ${on} add constraint ${quoted(name)} ${says}`)
  }
}
