import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { draftDocument } from '#lib/documents/registry.ts'
import type { CommentId, DraftId, ThreadId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { readConfig } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import { buildServices, type Services } from '#server/services.ts'
import { openBus } from '#server/sync/nodes/open-bus.ts'
import { type Balancer, openBalancer } from '#test/support/balancer.ts'
import { freshDatabase } from '#test/support/database.ts'
import { peopleOf, SECRET } from '#test/support/people.ts'
import { freePort, type RunningServer, startServer } from '#test/support/server.ts'
import { type StockClient, stockClient, synced, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { silent, until } from './sync/harness.ts'
import { barrier, stepTwo, updateMessage } from './sync/room-harness.ts'

// Real processes: slow where a machine has much else to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 })

let database: Database
let valkey: RunningValkey
/** The process of the tests: everything but pages. */
let here: Services
/** A server of its own on the same database. */
let there: RunningServer
let people: ReturnType<typeof peopleOf>
let ada: Actor

const settings = () => ({
  DATABASE_URL: database.url,
  VALKEY_URL: valkey.url,
  PUPITRE_SECRET: SECRET,
})

type BalancedNode = RunningServer & { readonly port: number }

/** @param url where pages are opened */
async function startBehind({ url }: Balancer): Promise<BalancedNode> {
  const port = await freePort()
  const server = await startServer({ env: { ...settings(), PORT: String(port), PUPITRE_URL: url } })
  return Object.assign(server, { port })
}

async function buildHere(): Promise<Services> {
  const config = readConfig({ NODE_ENV: 'production', ...settings() }, '/tmp')
  if (!config.ok) throw new Error(config.error.join())
  const ground = { config: config.value, log: silent, database, secret: SECRET }
  const events = await createEvents({ database, log: silent })
  const bus = await openBus(ground)
  return buildServices({ ...ground, events, bus, metrics: createMetrics(null, SECRET) })
}

beforeAll(async () => {
  database = await freshDatabase()
  valkey = await startValkey()
  here = await buildHere()
  people = peopleOf(database, here.events)
  ada = await people.join('coordinator', 'Ada')
  there = await startServer({ env: settings() })
})
afterAll(async () => {
  await there?.stop()
  await here?.close()
  await here?.events.close()
  await valkey?.stop()
})

const socketUrl = (url: string) => `${url.replace('http', 'ws')}/collab`

async function newDraft(): Promise<DraftId> {
  const made = await here.drafts.create(ada, { title: 'Essai' })
  if (!made.ok) throw new Error(made.error)
  return made.value
}

async function page(url: string, draft: DraftId, actor: Actor): Promise<StockClient> {
  const cookie = await people.cookieOf(actor)
  const client = stockClient(socketUrl(url), draftDocument(draft), { cookie, origin: url })
  onTestFinished(() => client.provider.destroy())
  await synced(client)
  return client
}

async function textInRows(draft: DraftId): Promise<string> {
  let text = ''
  const held = await here.sync.hold(draftDocument(draft))
  if (!held.ok) throw new Error(held.error)
  await held.value.edit(null, (doc) => {
    text = textOf(doc)
  })
  held.value.release()
  return text
}

test('R10: whoever is suspended in one process is out of the other within two seconds, and nothing later is taken', async () => {
  const bo = await people.join('editor', 'Bo')
  const draft = await newDraft()
  const witness = await page(there.url, draft, ada)
  const cookie = await people.cookieOf(bo)
  const socket = await rawSocket(`${socketUrl(there.url)}/${draftDocument(draft)}`, {
    cookie,
    origin: there.url,
  })
  const client = await page(there.url, draft, bo)
  typeParagraph(client.doc, 'avant ')
  await until('it is seen', () => textOf(witness.doc).includes('avant'))

  const before = performance.now()
  expect((await here.volunteers.suspend(ada, bo.volunteerId)).ok).toBe(true)
  await until('the socket is closed', () => socket.code() !== null, 2000)
  expect(performance.now() - before).toBeLessThan(2000)
  expect(socket.code()).toBe(CLOSE.signedOut)
  typeParagraph(client.doc, 'après ')
  typeParagraph(witness.doc, 'suite ')
  await until('others go on', async () => (await textInRows(draft)).includes('suite'))
  expect(await textInRows(draft)).not.toContain('après')
  const again = await rawSocket(`${socketUrl(there.url)}/${draftDocument(draft)}`, {
    cookie,
    origin: there.url,
  })
  await until('the gate refuses', () => again.code() !== null)
  expect(again.code()).toBe(CLOSE.signedOut)
})

test('R10: of somebody who is suspended in another process in the middle of writing all is kept that was called saved', async () => {
  const bo = await people.join('editor', 'Bo')
  const draft = await newDraft()
  const cookie = await people.cookieOf(bo)
  const socket = await rawSocket(`${socketUrl(there.url)}/${draftDocument(draft)}`, {
    cookie,
    origin: there.url,
  })
  const { Doc, encodeStateAsUpdate } = await import('yjs')
  socket.send(stepTwo(encodeStateAsUpdate(new Doc())))
  let count = 0
  const typing = setInterval(() => {
    const doc = new Doc()
    count += 1
    typeParagraph(doc, `trace${count} `)
    if (socket.code() === null) socket.send(updateMessage(encodeStateAsUpdate(doc)))
    if (socket.code() === null) socket.send(barrier(count))
  }, 5)
  onTestFinished(() => clearInterval(typing))
  const durable = () => socket.heard().filter(({ type }) => type === 'durable').length
  await until('some are saved', () => durable() > 5)
  await here.volunteers.suspend(ada, bo.volunteerId)
  await until('the socket is closed', () => socket.code() !== null, 2000)
  const kept = (await textInRows(draft)).match(/trace\d+/g)?.length ?? 0
  expect(kept).toBeGreaterThanOrEqual(durable())
})

test('a comment written in one process is told to the pages of the other', async () => {
  const draft = await newDraft()
  const cookie = await people.cookieOf(ada)
  const listener = await rawSocket(`${socketUrl(there.url)}/newsroom`, { cookie, origin: there.url })
  await until('it is greeted', () => listener.messages.length > 0)
  const threadId = randomUUID() as ThreadId
  const comment = { id: randomUUID() as CommentId, body: 'Deux chiffres à vérifier' }
  const opened = await here.threads.open(ada, {
    id: threadId,
    subject: { kind: 'draft', id: draft },
    anchor: null,
    comment,
  })
  expect(opened.ok).toBe(true)
  const told = () => JSON.stringify(listener.json())
  await until('it is told', () => told().includes(comment.body))
  listener.close()
})

test('R13: text and carets cross from one process to the other, and who is where', async () => {
  const draft = await newDraft()
  const bo = await people.join('editor', 'Bo')
  const [first, second] = [await page(there.url, draft, bo), await here.sync.hold(draftDocument(draft))]
  if (!second.ok) throw new Error(second.error)
  await until('the other process counts them', () => here.sync.presences()[draft]?.[0]?.name === 'Bo')
  await second.value.edit(ada.volunteerId, (doc) => typeParagraph(doc, 'ici '))
  await until('it is there', () => textOf(first.doc).includes('ici'))
  second.value.release()
})

/** People who type without a pause behind a balancer, and how long each was away at worst. */
class Crowd {
  readonly written: string[] = []
  readonly #clients: StockClient[] = []
  readonly #timers: NodeJS.Timeout[] = []
  longestAway = 0

  async add(balancer: Balancer, draft: DraftId, actor: Actor, name: string): Promise<void> {
    const client = await page(balancer.url, draft, actor)
    this.#clients.push(client)
    let since: number | null = null
    client.provider.on('sync', (state: boolean) => {
      if (!state) return
      if (since !== null) this.longestAway = Math.max(this.longestAway, performance.now() - since)
      since = null
    })
    client.provider.on('connection-close', () => {
      since ??= performance.now()
    })
    let count = 0
    this.#timers.push(
      setInterval(() => {
        const mark = `<${name}${count}>`
        count += 1
        this.written.push(mark)
        typeParagraph(client.doc, mark)
      }, 25),
    )
  }

  get connected(): boolean {
    return this.#clients.every(({ provider }) => provider.synced)
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  same(): boolean {
    return new Set(this.#clients.map(({ doc }) => textOf(doc))).size === 1
  }
}

async function crowdOn(nodes: readonly BalancedNode[], balancer: Balancer) {
  const draft = await newDraft()
  balancer.serve(nodes.map(({ port }) => port))
  const crowd = new Crowd()
  onTestFinished(() => crowd.stop())
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
    await crowd.add(balancer, draft, await people.join('editor', name), name)
  return { draft, crowd }
}

async function nothingIsLost(crowd: Crowd, draft: DraftId): Promise<void> {
  crowd.stop()
  await until('all are back', () => crowd.connected, 10_000)
  await until('all have converged', () => crowd.same(), 10_000)
  await until('all is committed', async () => {
    const text = await textInRows(draft)
    return crowd.written.every((mark) => text.includes(mark))
  })
  expect(crowd.written.length).toBeGreaterThan(100)
}

test('R14: a process that is told to stop hands its people to another one, without a lost edit, within three seconds', async () => {
  const balancer = await openBalancer()
  onTestFinished(balancer.close)
  const nodes = [await startBehind(balancer), await startBehind(balancer)] as const
  onTestFinished(() => nodes[1].stop().then(() => {}))
  const { draft, crowd } = await crowdOn(nodes, balancer)
  await until('they type', () => crowd.written.length > 120)
  const stopped = nodes[0].stop()
  await until('it does not say any more that it is ready', async () => {
    const answer = await fetch(`http://127.0.0.1:${nodes[0].port}/readyz`).catch(() => null)
    return answer?.status !== 200
  })
  expect(await stopped).toBe(0)
  await until('all are on the other one', () => crowd.connected, 5000)
  expect(crowd.longestAway).toBeGreaterThan(0)
  expect(crowd.longestAway).toBeLessThan(3000)
  await nothingIsLost(crowd, draft)
  expect(nodes[0].output()).not.toMatch(/could not be committed|cut off/)
})

test('R13: when a process is killed its people go on in another one, and what was typed there is kept', async () => {
  const balancer = await openBalancer()
  onTestFinished(balancer.close)
  const nodes = [await startBehind(balancer), await startBehind(balancer)] as const
  onTestFinished(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  })
  const { draft, crowd } = await crowdOn(nodes, balancer)
  await until('they type', () => crowd.written.length > 120)
  await nodes[1].kill9()
  await until('those who were there are back', () => crowd.longestAway > 0, 10_000)
  await until('all are on the other one', () => crowd.connected, 5000)
  await nothingIsLost(crowd, draft)
})
