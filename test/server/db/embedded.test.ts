import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { cutPower, postmasterOf } from '#test/support/postmaster.ts'
import { isRoot, query, scratchFolder, tenant } from '#test/support/tenant.ts'

// Real processes and disks: slow where a machine has much else to do.
vi.setConfig({ testTimeout: 60_000 })

const KEEP = "create table kept (word text); insert into kept values ('bonjour')"
const kept = async (url: string | undefined) => (await query(url, 'select word from kept'))[0]?.word

test('a first start makes a database that writes to disk for good, that nobody else may read', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  const rows = await query(
    first.said.url,
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'listen_addresses')",
  )
  expect(rows).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'listen_addresses', setting: '' },
    { name: 'synchronous_commit', setting: 'on' },
  ])
  expect((await stat(join(folder, 'postgres'))).mode & 0o077).toBe(0)
  expect((await stat(join(folder, 'postgres/password'))).mode & 0o077).toBe(0)
  await first.leave()
  expect(postmasterOf(folder)).toBeNull()
})

test('the application’s role is no superuser, so SQL reaches no files', async () => {
  const { said } = await tenant(await scratchFolder())
  await expect(query(said.url, "select pg_read_file('/etc/passwd')")).rejects.toThrow(/permission denied/)
  await expect(query(said.url, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/)
})

test('after kill -9 of the server, the next one adopts the PostgreSQL that lives on', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  await query(first.said.url, KEEP)
  const orphan = postmasterOf(folder)
  await first.kill9()
  expect(postmasterOf(folder)).toBe(orphan)
  const second = await tenant(folder, { claim: true })
  expect(postmasterOf(folder)).toBe(orphan)
  expect(await kept(second.said.url)).toBe('bonjour')
  await second.leave()
  expect(postmasterOf(folder)).toBeNull()
})

test('after a power cut everything committed is there', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  await query(first.said.url, KEEP)
  await first.kill9()
  cutPower(folder)
  expect(await kept((await tenant(folder, { claim: true })).said.url)).toBe('bonjour')
})

test('a left-over pid file whose number another program has by now is no obstacle', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  await query(first.said.url, KEEP)
  await first.kill9()
  cutPower(folder)
  for (const file of ['cluster/postmaster.pid', '.s.PGSQL.5432.lock']) {
    const path = join(folder, 'postgres', file)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(/^\d+/, String(process.pid)))
  }
  expect(await kept((await tenant(folder, { claim: true })).said.url)).toBe('bonjour')
})

test('a second server on the same folder is refused in a sentence, and the first goes on', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  const second = await tenant(folder, { claim: true })
  expect(second.said.refused).toContain('Another Pupitre is already running')
  expect(second.said.refused).toContain(folder)
  expect(await query(first.said.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('commands attach to a running server, and whoever leaves last stops PostgreSQL', async () => {
  const folder = await scratchFolder()
  const server = await tenant(folder, { claim: true })
  const command = await tenant(folder)
  await server.leave()
  expect(await query(command.said.url, 'select 1 as one')).toEqual([{ one: 1 }])
  const other = await tenant(folder)
  await Promise.all([command.leave(), other.leave()])
  expect(postmasterOf(folder)).toBeNull()
})

test('three processes that start together on an empty folder share one database', async () => {
  const folder = await scratchFolder()
  const all = await Promise.all([tenant(folder), tenant(folder), tenant(folder, { claim: true })])
  expect(new Set(all.map(({ said }) => said.url)).size).toBe(1)
  expect(await readdir(folder)).toEqual(['postgres'])
})

test('when PostgreSQL dies, the server starts it again at the same address', async () => {
  const folder = await scratchFolder()
  const { said } = await tenant(folder, { claim: true })
  await query(said.url, KEEP)
  cutPower(folder)
  await vi.waitFor(async () => expect(await kept(said.url)).toBe('bonjour'), { timeout: 30_000 })
})

test('an unfinished first start leaves nothing in the way', async () => {
  const folder = await scratchFolder()
  await mkdir(join(folder, '.making.999999999', 'postgres', 'cluster'), { recursive: true })
  expect((await tenant(folder)).said.url).toBeDefined()
  expect(await readdir(folder)).toEqual(['postgres'])
})

test('a copied data folder starts its own PostgreSQL, though its pid file names the first one', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder, { claim: true })
  await query(first.said.url, KEEP)
  await first.kill9()
  cutPower(folder)
  const original = await tenant(folder, { claim: true })
  const copy = await scratchFolder()
  await rm(copy, { recursive: true })
  await cp(folder, copy, { recursive: true, filter: (source) => !source.includes('.s.PGSQL') })
  const second = await tenant(copy, { claim: true })
  expect(await kept(second.said.url)).toBe('bonjour')
  expect(postmasterOf(copy)).not.toBe(postmasterOf(folder))
  expect(await kept(original.said.url)).toBe('bonjour')
})

test('a folder whose path is too long for a socket is served over loopback', async () => {
  const folder = await scratchFolder()
  const deep = join(folder, 'un-nom-de-dossier-vraiment-très-long'.repeat(3))
  const first = await tenant(deep, { claim: true })
  expect(new URL(first.said.url ?? '').searchParams.get('host')).toBeNull()
  const command = await tenant(deep)
  expect(command.said.url).toBe(first.said.url)
  const rows = await query(first.said.url, "select setting from pg_settings where name = 'listen_addresses'")
  expect(rows).toEqual([{ setting: '127.0.0.1' }])
  cutPower(deep)
  await vi.waitFor(async () => expect(await query(first.said.url, 'select 1 as one')).toHaveLength(1), {
    timeout: 30_000,
  })
  await command.leave()
  await first.leave()
  expect(postmasterOf(deep)).toBeNull()
})

test('a missing password, another version and a foreign folder are each named in a sentence', async () => {
  const folder = await scratchFolder()
  await (await tenant(folder)).leave()
  const password = join(folder, 'postgres/password')
  await rename(password, `${password}.away`)
  expect((await tenant(folder)).said.refused).toContain('password of the embedded PostgreSQL is missing')
  await writeFile(password, 'not the password\n')
  expect((await tenant(folder)).said.refused).toContain('is not the one of its database')
  await writeFile(join(folder, 'postgres/cluster/PG_VERSION'), '12\n')
  expect((await tenant(folder)).said.refused).toContain('PostgreSQL 12')
  const other = await scratchFolder()
  await mkdir(join(other, 'postgres', 'holidays'), { recursive: true })
  expect((await tenant(other)).said.refused).toContain('is in the way')
  expect(existsSync(join(other, 'postgres', 'holidays'))).toBe(true)
})

test('a file in place of the folder is named in a sentence', async () => {
  const file = join(await scratchFolder(), 'file')
  await writeFile(file, '')
  expect((await tenant(file)).said.refused).toContain(`${file} is not a folder`)
})

test('an ordinary user gets a database of their own', async () => {
  const folder = await scratchFolder()
  if (isRoot) await chown(folder, 65534, 65534)
  const first = await tenant(folder, { claim: true, as: 'nobody' })
  expect(await query(first.said.url, 'select current_user as role')).toEqual([{ role: 'pupitre' }])
  await first.leave()
})

test('an ordinary user is told when the folder cannot be written', async () => {
  const folder = await scratchFolder()
  if (isRoot) await chown(folder, 65534, 65534)
  await chmod(folder, 0o555)
  const { said } = await tenant(folder, { as: 'nobody' })
  expect(said.refused).toContain(`The data folder ${folder} cannot be read and written`)
})

test.runIf(isRoot)('an ordinary user is told when the folder is someone else’s', async () => {
  const folder = await scratchFolder()
  await (await tenant(folder)).leave()
  const { said } = await tenant(folder, { as: 'nobody' })
  expect(said.refused).toContain(`The data folder ${folder} cannot be read and written by the user nobody`)
})

test.runIf(isRoot)('root runs PostgreSQL as another user, below a folder closed to that user', async () => {
  const closed = await scratchFolder()
  await chmod(closed, 0o700)
  const folder = join(closed, 'data')
  const first = await tenant(folder, { claim: true })
  expect(first.said).toHaveProperty('url')
  expect((await stat(join(folder, 'postgres/cluster'))).uid).not.toBe(0)
  const status = await readFile(`/proc/${postmasterOf(folder)}/status`, 'utf8')
  expect(status).not.toMatch(/^Uid:\s+0/m)
  await first.leave()
})

test.runIf(isRoot)('root serves a folder that an ordinary user made, as that user', async () => {
  const folder = await scratchFolder()
  await chown(folder, 65534, 65534)
  const first = await tenant(folder, { as: 'nobody' })
  await query(first.said.url, KEEP)
  await first.leave()
  const second = await tenant(folder)
  expect(await kept(second.said.url)).toBe('bonjour')
  await second.leave()
  const third = await tenant(folder, { as: 'nobody' })
  expect(await kept(third.said.url)).toBe('bonjour')
})

test.runIf(isRoot)('a backup that root copied back is given to PostgreSQL’s user', async () => {
  const folder = await scratchFolder()
  const first = await tenant(folder)
  await query(first.said.url, KEEP)
  await first.leave()
  const restored = join(await scratchFolder(), 'data')
  await cp(folder, restored, { recursive: true })
  await chmod(join(restored, 'postgres/cluster'), 0o755)
  expect(await kept((await tenant(restored)).said.url)).toBe('bonjour')
  cutPower(restored)
})
