import type { Database } from '#server/db/database.ts'

/** Every row of every table as text, by table; without what a restore adds: when sessions were ended, and that it was. */
export async function everyRow({ pool }: Database): Promise<Record<string, string[]>> {
  const tables = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables.rows) {
    const shown = name === 'login_sessions' ? "to_jsonb(t) - 'revoked_at'" : 't'
    const counted = name === 'decisions' ? "where action <> 'newsroom.restored'" : ''
    const { rows } = await pool.query<{ row: string }>(
      `select (${shown})::text as row from "${name}" t ${counted} order by 1`,
    )
    found[name] = rows.map(({ row }) => row)
  }
  return found
}

/** Columns, constraints, indexes, triggers, functions and sequences, as PostgreSQL writes them down. */
export async function everyDefinition({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    select format('%s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    union all select format('%s %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('%s %s', pg_get_triggerdef(t.oid), tgenabled) from pg_trigger t
      join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace and not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    union all select sequencename from pg_sequences where schemaname = 'public'
    union all select format('%s %s', hash, created_at) from drizzle.__drizzle_migrations
    order by 1`)
  return rows.map(({ line }) => line)
}
