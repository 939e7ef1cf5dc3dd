import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { DocumentName } from '#lib/documents/registry.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import {
  actorNamed,
  addDocument,
  addPeople,
  type House,
  openHouse,
  until,
} from '#test/server/sync/harness.ts'
import { textOf } from '#test/support/sync-client.ts'
import { cookieOf, MarkWriter, marksIn } from './mark-writer.ts'
import type { OwnPostgres } from './own-postgres.ts'

const [ada, bo, eve] = ['Ada', 'Bo', 'Eve'].map(actorNamed)
if (!ada || !bo || !eve) throw new Error('three people')

/** Milliseconds between two edits of one of the two. */
const TYPING = 20
/** How long anything is waited for, on the slowest machine. */
const PATIENCE = 30_000

/** Rooms on a PostgreSQL to which something will happen. */
export async function openSuffering(postgres: OwnPostgres): Promise<House> {
  const house = await openHouse({ database: postgres.database })
  if (!ada || !bo || !eve) throw new Error('three people')
  await addPeople(postgres.database, [ada, bo, eve])
  for (const actor of [ada, bo, eve]) house.admit(actor)
  return house
}

/** What happens to PostgreSQL. */
export type Fault = {
  begin(): void | Promise<void>
  /** Milliseconds. */
  readonly lasts: number
  end(): void | Promise<void>
}

export type Suffered = {
  /** Edits written while it lasted, and how long others waited to see them, in milliseconds. */
  readonly written: number
  readonly medianSeen: number
  readonly worstSeen: number
  /** From the end of the fault until everything was saved and everybody knew, in milliseconds. */
  readonly mendedAfter: number
  readonly acknowledged: number
  readonly newcomers: string
}

/**
 * Two people type into one document while something happens to its PostgreSQL, and others come in.
 * Asserts R1, R4 and R7: they see each other’s text, are told that it is not saved, nobody is shown a document that is
 * not the true one, everything is saved in the end, and they are told so.
 */
export async function suffer(house: House, postgres: OwnPostgres, fault: Fault): Promise<Suffered> {
  if (!ada || !bo) throw new Error('two people')
  const { name: document } = await addDocument(postgres.database, '<z1>')
  const unopened = await addDocument(postgres.database, '<z2>')
  const watch = new Sights()
  const writers = [
    new MarkWriter({ name: 'a', cookie: cookieOf(ada), document, every: TYPING, ...watch.of('a') }),
    new MarkWriter({ name: 'b', cookie: cookieOf(bo), document, every: TYPING, ...watch.of('b') }),
  ] as const
  for (const writer of writers) writer.open(house.port)
  await until('both have saved something', () => writers.every(({ saved }) => saved.size > 5), PATIENCE)

  watch.begin()
  await fault.begin()
  const over = delay(fault.lasts)
  await until('both are told', () => writers.every(({ storage }) => storage.at(-1) === true), PATIENCE)
  const newcomers = Promise.all([visit(house, document), visit(house, unopened.name)])
  await over
  await until('they see each other’s text', () => watch.seen > 5, PATIENCE)
  const duringFault = watch.end()
  const ended = performance.now()
  await fault.end()

  await until('all is saved', () => writers.every(({ storage }) => storage.at(-1) === false), PATIENCE)
  const mendedAfter = Math.round(performance.now() - ended)
  const goal = writers.map(({ written }) => written)
  await until(
    'new edits are saved',
    () => writers.every(({ saved }, at) => saved.size > (goal[at] ?? 0)),
    PATIENCE,
  )
  const [old, fresh] = await newcomers
  for (const writer of writers) writer.close()

  expect(writers.map(({ closedWith }) => closedWith)).toEqual([null, null])
  expect(old).toMatch(/^(4503|4502|503|<z1>.*)$/)
  expect(fresh).toMatch(/^(4503|4502|503|<z2>)$/)
  const rows = await readDocument(postgres.database.orm, document)
  const kept = new Set(rows ? marksIn(textOf(rows)) : [])
  const owed = writers.flatMap(({ saved, seen }) => [...saved, ...seen])
  expect(owed.filter((text) => !kept.has(text))).toEqual([])
  return {
    written: duringFault.typed,
    ...middleAndWorst(duringFault.seen),
    mendedAfter,
    acknowledged: writers.reduce((sum, { saved }) => sum + saved.size, 0),
    newcomers: `${old.slice(0, 4)} ${fresh.slice(0, 4)}`,
  }
}

/** Comes in while it lasts. @returns the code it was refused with, or the marks of the document that it was shown */
async function visit(house: House, document: DocumentName): Promise<string> {
  if (!eve) throw new Error('a third person')
  const visitor = new MarkWriter({ name: 'e', cookie: cookieOf(eve), document, every: null })
  visitor.open(house.port)
  await until('a newcomer is answered', () => visitor.synced || visitor.closedWith !== null, 90_000)
  const answer = visitor.synced ? marksIn(visitor.text()).join('') : String(visitor.refusedWith)
  visitor.close()
  return answer
}

const middleAndWorst = (milliseconds: readonly number[]) => {
  const sorted = milliseconds.toSorted((one, other) => one - other)
  return {
    medianSeen: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    worstSeen: Math.round(sorted.at(-1) ?? 0),
  }
}

/** When each mark was typed, and how long it took until somebody else saw it. */
class Sights {
  readonly #typed = new Map<string, number>()
  #seen: number[] = []
  #watching = false

  of(name: string) {
    return {
      onTyped: (text: string) => {
        if (this.#watching) this.#typed.set(text, performance.now())
      },
      onSeen: (text: string) => {
        const at = this.#typed.get(text)
        if (this.#watching && at !== undefined && !text.startsWith(`<${name}`)) {
          this.#seen.push(performance.now() - at)
        }
      },
    }
  }

  /** How many edits somebody else has seen. */
  get seen(): number {
    return this.#seen.length
  }

  begin(): void {
    this.#watching = true
  }

  end(): { readonly typed: number; readonly seen: readonly number[] } {
    this.#watching = false
    return { typed: this.#typed.size, seen: this.#seen }
  }
}
