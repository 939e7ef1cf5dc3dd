import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { Database } from '#server/db/database.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { actorNamed, addDocument, until } from '#test/server/sync/harness.ts'
import { textOf } from '#test/support/sync-client.ts'
import { cookieOf, MarkWriter, marksIn } from './mark-writer.ts'

export const people = ['Ada', 'Bo', 'Cy', 'Di', 'Eve'].map(actorNamed)
/** Comes after each death, and has never been there. */
const stranger = people[4] ?? actorNamed('Eve')

const ROOT = join(import.meta.dirname, '../..')
/** Documents are changed after so many deaths: checking a long one takes longer than filling it. */
const DEATHS_A_DOCUMENT = 10

export type Deaths = {
  readonly database: Database
  readonly count: number
  readonly limits?: Partial<SyncLimits>
  /** How many answers and edits of others the four see in one life, at most; the moment is drawn. */
  readonly atMost: number
  /** In the very turn in which somebody hears `durable`, rather than at a moment drawn at random. */
  readonly onDurable?: boolean
  /** Whether what was seen is checked too: not where a commit may be overtaken. */
  readonly seenToo: boolean
  /** Ends more than node, in the same turn; resolves when that is back. */
  readonly alsoEnd?: () => { readonly back: () => Promise<void> }
}

export type Toll = {
  deaths: number
  acknowledged: number
  seen: number
  lost: string[]
  milliseconds: number
}

/** Loading the program takes longer than its life: the next one is loaded meanwhile. */
function prepareProcess({ database, limits = {} }: Pick<Deaths, 'database' | 'limits'>): ChildProcess {
  const program = join(ROOT, 'test/support/sync-client-process.ts')
  return spawn(process.execPath, [program, database.url, JSON.stringify(people), JSON.stringify(limits)], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function startProcess(child: ChildProcess): Promise<number> {
  child.stdin?.write('go\n')
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return Number(String(line))
}

/** A random moment, counted in what happens rather than in seconds: machines differ. */
async function someTime(writers: readonly MarkWriter[], atMost: number, ended: () => boolean): Promise<void> {
  const told = () => writers.reduce((sum, { saved, seen }) => sum + saved.size + seen.size, 0)
  const enough = told() + Math.random() * atMost
  const end = performance.now() + 20_000
  const over = () => ended() || told() >= enough || performance.now() > end
  while (!over()) await new Promise((resolve) => setTimeout(resolve, 1))
  if (!ended()) await new Promise((resolve) => setTimeout(resolve, Math.random() * 10))
}

/** @returns those of some texts that the rows do not hold; no client and no room is asked */
async function missingFrom(
  database: Database,
  document: DocumentName,
  texts: ReadonlySet<string>,
): Promise<readonly string[]> {
  const rows = await readDocument(database.orm, document)
  const kept = new Set(rows ? marksIn(textOf(rows)) : [])
  return [...texts].filter((text) => !kept.has(text))
}

/** What somebody who has never been there is shown of a document by a process that has just started. */
async function strangersText(port: number, document: DocumentName): Promise<ReadonlySet<string>> {
  const writer = new MarkWriter({ name: 'z', cookie: cookieOf(stranger), document, every: null })
  writer.open(port)
  await until('a stranger has the document', () => writer.synced || writer.closedWith !== null, 20_000)
  const text = new Set(marksIn(writer.text()))
  writer.close()
  return text
}

/**
 * Lives and dies again and again. After each death the rows are read, and the next life is asked by a stranger; what
 * was written by then has no copy on any page.
 */
export async function dieOften(options: Deaths): Promise<Toll> {
  const { database, count, atMost, seenToo } = options
  const begun = performance.now()
  const toll: Toll = { deaths: 0, acknowledged: 0, seen: 0, lost: [], milliseconds: 0 }
  let round: MarkWriter[] = []
  let victim: ChildProcess | null = null
  let dying: Dying | null = null
  const strike = () => {
    if (!victim || dying) return
    const exit = once(victim, 'exit')
    victim.kill('SIGKILL')
    dying = { exit, also: options.alsoEnd?.() ?? null }
  }
  const owed = ({ saved, seen }: MarkWriter) => (seenToo ? new Set([...saved, ...seen]) : saved)
  let next = prepareProcess(options)
  for (let death = 0; death < count; death += 1) {
    if (death % DEATHS_A_DOCUMENT === 0) {
      tally(toll, round)
      round = await newRound(database, options.onDurable ? strike : null)
    }
    const child = next
    dying = null
    const port = await startProcess(child)
    next = prepareProcess(options)
    for (const writer of round) {
      const shown = await strangersText(port, writer.document)
      toll.lost.push(...[...owed(writer)].filter((text) => !shown.has(text)))
    }
    victim = child
    for (const writer of round) writer.open(port)
    await someTime(round, atMost, () => dying !== null)
    strike()
    await endOf(dying)
    // What had left the process is read to the end; then the pages are closed too.
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (const writer of round) writer.close()
    for (const writer of round) {
      toll.lost.push(...(await missingFrom(database, writer.document, owed(writer))))
    }
    toll.deaths += 1
  }
  tally(toll, round)
  const ended = once(next, 'exit')
  next.kill('SIGKILL')
  await ended
  toll.milliseconds = Math.round(performance.now() - begun)
  return toll
}

type Dying = {
  readonly exit: Promise<unknown>
  readonly also: { readonly back: () => Promise<void> } | null
}

async function endOf(dying: Dying | null): Promise<void> {
  await dying?.exit
  await dying?.also?.back()
}

function tally(toll: Toll, writers: readonly MarkWriter[]): void {
  for (const { saved, seen } of writers) {
    expect(saved).not.toContain('never asked')
    toll.acknowledged += saved.size
    toll.seen += seen.size
  }
}

/** Four people on two documents. */
async function newRound(database: Database, onDurable: (() => void) | null): Promise<MarkWriter[]> {
  const documents = [await addDocument(database, 'un'), await addDocument(database, 'deux')]
  return documents.flatMap(({ name: document }, index) =>
    people.slice(index * 2, index * 2 + 2).map((actor, place) => {
      const name = 'abcd'[index * 2 + place] ?? ''
      return new MarkWriter({
        name,
        cookie: cookieOf(actor),
        document,
        every: 2,
        ...(onDurable && { onDurable }),
      })
    }),
  )
}
