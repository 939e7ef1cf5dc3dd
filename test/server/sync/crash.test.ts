import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/document-rows.ts'
import { freshDatabase } from '#test/support/database.ts'
import { readServerMessage } from '#test/support/fake-socket.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, addDocument, addPeople } from './harness.ts'
import { barrier, stepOne, stepTwo, updateMessage } from './room-harness.ts'

const DEATHS = Number(process.env.CRASH_DEATHS ?? 22)
const people = ['Ada', 'Bo', 'Cy', 'Di'].map(actorNamed)
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people)
})
afterAll(() => database.close())

/** Loading the program takes longer than its life: the next one is loaded meanwhile. */
function prepareProcess(overtakeAfter: number): ChildProcess {
  const root = join(import.meta.dirname, '../../..')
  const program = join(root, 'test/support/sync-client-process.ts')
  return spawn(process.execPath, [program, database.url, JSON.stringify(people), String(overtakeAfter)], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function startProcess(child: ChildProcess): Promise<number> {
  child.stdin?.write('go\n')
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return Number(String(line))
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Marks that tell edits apart in the text: who wrote them, and the how manieth it was. */
const mark = (writer: string, count: number) => `<${writer}${count}>`

const marksIn = (text: string): string[] => text.match(/<\w\d+>/g) ?? []

const marksWritten = (update: Uint8Array): string[] =>
  Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString ? marksIn(struct.content.str) : [],
  )

/** Types without a pause, remembers what it was told is saved, and what it saw of the others. */
class CrashWriter {
  readonly name: string
  readonly saved = new Set<string>()
  readonly seen = new Set<string>()
  readonly #actor: Actor
  readonly #document: DocumentName
  /** A page that is closed with the server: what was not acknowledged may be lost with it. */
  #doc = new Y.Doc()
  #ws: WebSocket | null = null
  #timer: NodeJS.Timeout | null = null
  #count = 0

  constructor(name: string, actor: Actor, document: DocumentName) {
    this.name = name
    this.#actor = actor
    this.#document = document
  }

  open(port: number): void {
    const doc = new Y.Doc()
    this.#doc = doc
    const waiting = new Map<number, string>()
    const ws = new WebSocket(`ws://127.0.0.1:${port}/collab/${this.#document}`, {
      headers: { cookie: `who=${this.#actor.volunteerId}` },
    })
    this.#ws = ws
    ws.on('error', () => {})
    ws.on('open', () => ws.send(stepOne(Y.encodeStateVector(doc))))
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') ws.send(updateMessage(update))
    })
    ws.on('message', (data: Buffer) => {
      const message = readServerMessage(new Uint8Array(data))
      if (message.type === 'stepOne') {
        ws.send(stepTwo(Y.encodeStateAsUpdate(doc, message.vector)))
        this.#type(doc, waiting)
      }
      if (message.type === 'stepTwo' || message.type === 'update') {
        Y.applyUpdate(doc, message.update, 'server')
        for (const text of marksWritten(message.update)) this.seen.add(text)
      }
      if (message.type === 'durable') this.saved.add(waiting.get(message.n) ?? 'never asked')
    })
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#ws?.terminate()
    this.#doc.destroy()
  }

  #type(doc: Y.Doc, waiting: Map<number, string>): void {
    this.#timer = setInterval(() => {
      if (this.#ws?.readyState !== WebSocket.OPEN) return
      this.#count += 1
      const text = mark(this.name, this.#count)
      typeParagraph(doc, text)
      waiting.set(this.#count, text)
      this.#ws.send(barrier(this.#count))
    }, 2)
  }
}

/** A random moment, counted in what happens rather than in seconds: machines differ. */
async function someTime(writers: readonly CrashWriter[]): Promise<void> {
  const told = () => writers.reduce((sum, { saved, seen }) => sum + saved.size + seen.size, 0)
  const enough = told() + Math.random() * 400
  const end = performance.now() + 3000
  while (told() < enough && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 1))
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 10))
}

/** @returns those of some texts that the rows do not hold */
async function missingFrom(document: DocumentName, texts: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await readDocument(database.orm, document)
  const kept = new Set(rows ? marksIn(textOf(rows)) : [])
  return [...texts].filter((text) => !kept.has(text))
}

/** Lives and dies again and again; after each death `check` looks at what is left. */
async function dieOften(
  deaths: number,
  overtakeAfter: number,
  check: (writer: CrashWriter, document: DocumentName) => Promise<void>,
): Promise<readonly CrashWriter[]> {
  const documents = [await addDocument(database, 'un'), await addDocument(database, 'deux')]
  const seated = documents.flatMap(({ name }, index) =>
    people.slice(index * 2, index * 2 + 2).map((actor, place) => ({
      document: name,
      writer: new CrashWriter('abcd'[index * 2 + place] ?? '', actor, name),
    })),
  )
  const writers = seated.map(({ writer }) => writer)
  let next = prepareProcess(overtakeAfter)
  for (let death = 0; death < deaths; death += 1) {
    const child = next
    const port = await startProcess(child)
    next = prepareProcess(overtakeAfter)
    for (const writer of writers) writer.open(port)
    await someTime(writers)
    await kill(child)
    // What had left the process is read to the end; then the pages are closed too.
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (const writer of writers) writer.close()
    for (const { writer, document } of seated) await check(writer, document)
  }
  await kill(next)
  return writers
}

const NEVER = 600_000

test(`R4: after each of ${DEATHS} deaths by kill -9, all that was acknowledged or seen is in the rows`, {
  timeout: 60_000 + DEATHS * 8000,
}, async () => {
  const writers = await dieOften(DEATHS, NEVER, async ({ saved, seen }, document) => {
    expect(await missingFrom(document, saved), 'acknowledged').toEqual([])
    expect(await missingFrom(document, seen), 'seen').toEqual([])
  })
  for (const { saved, seen } of writers) {
    expect(saved.size, 'acknowledged').toBeGreaterThan(DEATHS)
    expect(seen.size, 'seen').toBeGreaterThan(DEATHS)
  }
})

test('R4: also where every commit is overtaken, all that was acknowledged is in the rows', {
  timeout: 60_000 + DEATHS * 8000,
}, async () => {
  const deaths = Math.ceil(DEATHS / 4)
  const writers = await dieOften(deaths, 0, async ({ saved }, document) => {
    expect(await missingFrom(document, saved)).toEqual([])
  })
  for (const { saved } of writers) expect(saved.size).toBeGreaterThan(deaths)
})
