import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { isMigrated, migrate, NewerDatabaseError } from '#server/db/migrate.ts'
import { freshDatabase } from '#test/support/database.ts'

test('migrating a migrated database changes nothing, from several processes at once too', async () => {
  const database = await freshDatabase()
  const count = async () => {
    const { rows } = await database.orm.execute(
      sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    )
    return rows[0]?.n
  }
  const before = await count()
  await Promise.all([migrate(database), migrate(database), migrate(database)])
  expect(await count()).toBe(before)
  expect(await isMigrated(database)).toBe(true)
})

test('an empty database migrated by three processes at once is migrated once', async () => {
  const database = await freshDatabase()
  await database.orm.execute(
    sql`drop schema public cascade; drop schema drizzle cascade; create schema public`,
  )
  await Promise.all([migrate(database), migrate(database), migrate(database)])
  expect(await isMigrated(database)).toBe(true)
})

test('a database of a newer version is refused and left as it is', async () => {
  const database = await freshDatabase()
  await database.orm.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`,
  )
  await expect(migrate(database)).rejects.toThrow(NewerDatabaseError)
})

test('a database that lacks a migration is not called migrated', async () => {
  const database = await freshDatabase()
  await database.orm.execute(sql`delete from drizzle.__drizzle_migrations`)
  expect(await isMigrated(database)).toBe(false)
})
