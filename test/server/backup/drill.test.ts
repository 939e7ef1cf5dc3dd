import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { MarkWriter } from '#test/faults/mark-writer.ts'
import { type CliRun, spawnCli } from '#test/support/cli.ts'
import { everyRow } from '#test/support/compare-databases.ts'
import { atDesk } from '#test/support/desk.ts'
import { startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import { temporaryFolder } from '../cli/desk.ts'
import { until } from '../sync/harness.ts'

// Two servers, three clusters and half a dozen commands, each a process.
vi.setConfig({ testTimeout: 240_000 })

const PASSWORD = 'quatre chevaux verts'
const EMAIL = 'maude@exemple.quebec'
const KEY = 'une clé bien assez longue'

const run = (dataFolder: string, args: string[], key = ''): Promise<CliRun> =>
  spawnCli(args, {
    dataFolder,
    env: {
      DATABASE_URL: '',
      LANG: 'en_CA.UTF-8',
      LC_ALL: '',
      LC_MESSAGES: '',
      PUPITRE_BACKUP_KEY: key,
      PORT: '0',
    },
  })

/** Somebody to sign in as, and two drafts to type into. */
const furnish = (dataFolder: string): Promise<DraftId[]> =>
  atDesk(dataFolder, async ({ volunteers, drafts }) => {
    const person = { email: EMAIL, name: 'Maude', locale: 'fr', password: PASSWORD } as const
    const added = await volunteers.add({ ...person, role: 'coordinator' })
    if (!added.ok) throw new Error(JSON.stringify(added.error))
    const made = [
      await drafts.create('operator', { title: 'Un' }),
      await drafts.create('operator', { title: 'Deux' }),
    ]
    return made.map((one) => {
      if (!one.ok) throw new Error(one.error)
      return one.value
    })
  })

async function rowsOf(dataFolder: string): Promise<Record<string, string[]>> {
  const config = { databaseUrl: null, dataFolder }
  const open = await openDatabase({ config, log: createLog({ logLevel: 'silent' }) })
  if (!open.ok) throw new Error(open.error)
  return everyRow(open.value.database).finally(open.value.stop)
}

const portOf = (url: string) => Number(new URL(url).port)

test('a backup taken while people type has every edit acknowledged before it, in another folder, for a stranger', async () => {
  const [elsewhere, copy, files] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  const sealed = join(files, 'sealed.backup')
  const server = await startServer({ dataFolder: await temporaryFolder() })
  const ids = await furnish(server.dataFolder)
  const cookie = await signIn(server.url, { email: EMAIL, password: PASSWORD })
  const typists = ['a', 'b', 'c', 'd'].map((name, index) => {
    const document = draftDocument(ids[index % 2] as DraftId)
    return new MarkWriter({ name, cookie, document, every: 10 })
  })
  for (const typist of typists) typist.open(portOf(server.url))
  await until('everybody types', () => typists.every(({ saved }) => saved.size >= 50), 60_000)

  const before = typists.map(({ saved }) => new Set(saved))
  const taken = await run(server.dataFolder, ['backup', sealed, '--json'], KEY)
  expect(taken.code, taken.stderr).toBe(0)
  expect(typists.every(({ saved }, index) => saved.size > (before[index]?.size ?? 0))).toBe(true)
  const here = await run(server.dataFolder, ['restore', sealed], KEY)
  expect(here).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Another Pupitre is already running'),
  })
  for (const typist of typists) typist.close()
  expect(await server.stop()).toBe(0)

  const restored = await run(elsewhere, ['restore', sealed, '--json'], KEY)
  expect(restored.code, restored.stderr).toBe(0)
  const second = await startServer({ dataFolder: elsewhere })
  const old = new MarkWriter({ name: 'o', cookie, document: draftDocument(ids[0] as DraftId), every: null })
  old.open(portOf(second.url))
  await until('the cookie of before is refused', () => old.closedWith !== null, 30_000)
  const fresh = await signIn(second.url, { email: EMAIL, password: PASSWORD })
  for (const [index, typist] of typists.entries()) {
    const stranger = new MarkWriter({ name: 's', cookie: fresh, document: typist.document, every: null })
    stranger.open(portOf(second.url))
    await until('a stranger has the document', () => stranger.synced, 30_000)
    const text = stranger.text()
    expect([...(before[index] ?? [])].filter((mark) => !text.includes(mark))).toEqual([])
    stranger.close()
  }
  await second.stop()

  // Of a newsroom at rest, every row is the same; the command starts its PostgreSQL by itself.
  const whole = join(files, 'whole.backup')
  const rested = await run(server.dataFolder, ['backup', whole, '--json'])
  expect(rested.code, rested.stderr).toBe(0)
  const copied = await run(copy, ['restore', whole, '--json'])
  expect(copied.code, copied.stderr).toBe(0)
  expect(await rowsOf(copy)).toEqual(await rowsOf(server.dataFolder))
  // Whatever else a data folder comes to hold, somebody has to decide whether a backup has to have it.
  expect((await readdir(server.dataFolder)).sort()).toEqual(['postgres', 'secret'])
  await expect(access(join(copy, 'secret'))).rejects.toThrow()
})
