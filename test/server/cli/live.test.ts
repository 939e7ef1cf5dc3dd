import { beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Locale } from '#lib/domain/permissions.ts'
import type { Context, Outcome } from '#server/cli/command.ts'
import { examineEverything } from '#server/cli/doctor.ts'
import { watchServer } from '#server/cli/live/live.ts'
import { wordsIn } from '#server/cli/words.ts'
import { readConfig } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { spawnCli } from '#test/support/cli.ts'
import { freshDatabase } from '#test/support/database.ts'
import { freePort } from '#test/support/server.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { SECRET, TOKEN, watchedHouse } from '../metrics/house.ts'
import { actorNamed, addDocument, addPeople, until } from '../sync/harness.ts'
import { barrier, stepTwo, updateMessage } from '../sync/room-harness.ts'
import { temporaryFolder } from './desk.ts'

// Processes of their own: slow where a machine has much else to do.
vi.setConfig({ testTimeout: 60_000 })

const ada = actorNamed('Ada')
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada])
})

type House = Awaited<ReturnType<typeof watchedHouse>>
type Told = {
  readonly ok: boolean
  readonly findings: readonly { check: string; level: string; message: string; advice: string | null }[]
}

type Asked = {
  readonly options?: Context['options']
  readonly env?: Record<string, string>
}

/** What `pupitre doctor` answers with these options and the settings of the server, in this process. */
async function doctor(port: number, locale: Locale, { options = {}, env = {} }: Asked): Promise<Outcome> {
  const settings = { PORT: String(port), HOST: '127.0.0.1', METRICS_TOKEN: TOKEN, ...env }
  const context: Context = {
    config: readConfig({ NODE_ENV: 'production', ...settings }, await temporaryFolder()),
    terminal: { cwd: '/', locale },
    words: wordsIn(locale),
    positionals: [],
    options,
    interrupted: new AbortController().signal,
    json: true,
  }
  return options.live ? watchServer(context) : examineEverything(context)
}

/** `pupitre doctor --live` for a second. */
async function watch(port: number, locale: Locale, { options, env = {} }: Asked = {}) {
  const outcome = await doctor(port, locale, { options: { live: true, seconds: '1', ...options }, env })
  if (outcome.kind !== 'done') throw new Error(outcome.message)
  return outcome
}

/** Somebody who types a letter every few milliseconds, until they are told to stop. */
async function typist(house: House, name: string) {
  const socket = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  const doc = new Y.Doc()
  socket.send(stepTwo(Uint8Array.of(0, 0)))
  let n = 0
  const timer = setInterval(() => {
    const before = Y.encodeStateVector(doc)
    typeParagraph(doc, 'a')
    socket.send(updateMessage(Y.encodeStateAsUpdate(doc, before)))
    n += 1
    socket.send(barrier(n))
  }, 20)
  return { socket, stop: () => clearInterval(timer) }
}

const levels = ({ findings }: Told) => Object.fromEntries(findings.map(({ check, level }) => [check, level]))

test('of a server that is well it says in both languages who writes, how fast it saves, and that all is well', async () => {
  const house = await watchedHouse({ database })
  const { name } = await addDocument(database)
  const { socket, stop } = await typist(house, name)
  await until('something is saved', () => socket.heard().some(({ type }) => type === 'durable'))
  const settings = { PORT: String(house.port), HOST: '', METRICS_TOKEN: TOKEN, LC_ALL: 'fr' }
  const dataFolder = await temporaryFolder()
  const [french, english] = await Promise.all([
    spawnCli(['doctor', '--live', '--seconds', '1'], { dataFolder, env: settings }),
    watch(house.port, 'en'),
  ])
  stop()
  expect(french.stderr).toBe('')
  expect(french.stdout).toMatch(/^Pupitre \d.* à http:\/\/127\.0\.0\.1:\d+, en marche depuis /)
  expect(french.stdout).toMatch(/Monde +connectés\u00a0: 1; écrivent\u00a0: 1; documents ouverts\u00a0: 1/)
  expect(french.stdout).toMatch(/Enregistrement +[\d,]+\u00a0m?s d’habitude, [\d,]+\u00a0m?s au pire/)
  expect(french.stdout).toMatch(/PostgreSQL +répond en /)
  expect(french.stdout).toMatch(/Valkey +pas utilisé/)
  // How busy this machine is decides the verdict; that code and words agree does not.
  expect(french.code).toBe(french.stdout.includes('Il y a des problèmes') ? 1 : 0)
  expect(english.text).toMatch(/People +connected: 1; writing: 1; open documents: 1/)
  expect(english.text).toMatch(/Saving +[\d.]+\u00a0m?s as a rule, /)
  expect(english.json).toMatchObject({ figures: { connected: 1, rooms: 1, bus: null, mail: null } })
  for (const said of [french.stdout, english.text, JSON.stringify(english.json)]) {
    expect(said).not.toContain(ada.name)
    expect(said).not.toContain(name)
  }
  // Columns: every line of what was found begins its text at one place.
  const places = english.text.match(/^[✓!✗] [\w -]+? {2,}(?=\S)/gm)?.map((start) => start.length)
  expect(new Set(places).size).toBe(1)
})

test('of a server that cannot save it says so, says what to do, and ends with 1', async () => {
  const house = await watchedHouse({ database, limits: { overtakeAfter: 20 } })
  const { name } = await addDocument(database)
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('select * from documents where name = $1 for update', [name])
  const { stop } = await typist(house, name)
  await until('it is behind', () => house.sync.gauges().roomsBehind === 1)
  const french = await watch(house.port, 'fr')
  stop()
  await client.query('rollback')
  client.release()
  expect(levels(french.json as Told)).toMatchObject({ behind: 'problem', showing: 'warning' })
  expect(french.text).toMatch(
    /✗ En retard +des documents ne sont pas enregistrés\u00a0: 1\n +→ Voyez PostgreSQL/,
  )
  expect(french.text).toMatch(/Il y a des problèmes à régler\.$/)
  expect(french.clean).toBe(false)
})

test('whoever is cut off while it looks is told by the name of the code, with what to think of it', async () => {
  const house = await watchedHouse({ database })
  const { name } = await addDocument(database)
  const cutting = setInterval(() => {
    void rawSocket(`${house.url}/${name}`, house.admit(ada)).then((socket) => socket.send(Uint8Array.of(255)))
  }, 100)
  const english = await watch(house.port, 'en')
  clearInterval(cutting)
  expect(english.text).toMatch(/! Cut off +messages refused \(badMessage\): \d+; since the start: \d+\n +→ /)
})

test('it finds a server without METRICS_TOKEN by the secret that both have', async () => {
  const house = await watchedHouse({ database, token: null })
  const told = await watch(house.port, 'en', { env: { METRICS_TOKEN: '', PUPITRE_SECRET: SECRET } })
  expect(told.text).toMatch(/nobody is connected/)
  const env = { METRICS_TOKEN: '', PUPITRE_SECRET: `other ${SECRET}` }
  const stranger = await watch(house.port, 'en', { env })
  expect(stranger.text).toMatch(
    /✗ The server at \S+ does not show its metrics\n {2}→ Run this with the settings/,
  )
  expect(stranger.clean).toBe(false)
})

test('where nothing answers, or not to us, it says which of the two, what to do, and ends with 1', async () => {
  const nowhere = await freePort()
  const silent = await watch(nowhere, 'fr')
  expect(silent.text).toBe(
    `✗ Rien ne répond à http://127.0.0.1:${nowhere}\n` +
      '  → Lancez «\u00a0npm start\u00a0»; s’il tourne ailleurs, donnez son adresse avec --url.\n\n' +
      'Il y a des problèmes à régler.',
  )
  expect(silent.clean).toBe(false)
  const house = await watchedHouse({ database })
  const refused = await watch(nowhere, 'en', {
    options: { url: `http://localhost:${house.port}/anything` },
    env: { METRICS_TOKEN: 'another-one-of-sixteen' },
  })
  expect(refused.json).toEqual({
    ok: false,
    figures: null,
    findings: [
      {
        check: 'server',
        level: 'problem',
        message: `The server at http://localhost:${house.port} does not know the token`,
        advice: 'Give the same METRICS_TOKEN here as to the server.',
      },
    ],
  })
})

test.each([
  [{ live: true, seconds: '0' }, /--seconds/],
  [{ live: true, seconds: '2.5' }, /--seconds/],
  [{ live: true, url: 'pupitre' }, /--url/],
  [{ live: true, url: 'file:///etc/passwd' }, /--url/],
  [{ url: 'http://localhost' }, /--url .*--live/],
])('%j is not understood, and nothing is touched', async (options, named) => {
  const outcome = await doctor(1, 'en', { options })
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringMatching(named) })
})
