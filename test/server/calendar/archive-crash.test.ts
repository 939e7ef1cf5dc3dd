import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { putSlot, setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { findRange } from '#server/calendar/store.ts'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { slotOn, timeOn } from '#test/server/sync/guard-harness.ts'
import { actorNamed, addPeople, until } from '#test/server/sync/harness.ts'
import { stockClient, synced } from '#test/support/sync-client.ts'
import { freshNewsroom, NOW } from './newsroom.ts'

const DEATHS = Number(process.env.CRASH_DEATHS ?? 8)
const SLOTS = 1200
const people = ['Ada', 'Bo'].map(actorNamed)
let database: Database
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await freshNewsroom()
  await addPeople(database, people)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await database.close()
})

/** Loading the program takes longer than its life: the next one is loaded meanwhile. */
function prepareProcess(): ChildProcess {
  const root = join(import.meta.dirname, '../../..')
  const program = join(import.meta.dirname, 'keeper-process.ts')
  const args = [program, database.url, JSON.stringify(people), NOW.toISOString()]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
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

/** Somebody whose page stays open over all deaths: what they wrote is in their document. */
class Volunteer {
  readonly #actor: Actor
  readonly #change: (doc: Y.Doc, slot: Slot) => void
  #doc = new Y.Doc()
  #provider: ReturnType<typeof stockClient>['provider'] | null = null

  constructor(actor: Actor, change: (doc: Y.Doc, slot: Slot) => void) {
    this.#actor = actor
    this.#change = change
  }

  port = 0

  async join(port: number): Promise<void> {
    this.port = port
    const client = stockClient(`ws://127.0.0.1:${port}/collab`, CALENDAR.name, {
      cookie: `who=${this.#actor.volunteerId}`,
    })
    const before = this.#doc
    this.#doc = client.doc
    this.#provider = client.provider
    Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(before))
    before.destroy()
    await synced(client)
  }

  leave(): void {
    this.#provider?.destroy()
    this.#provider = null
  }

  /** Changes a slot, the `at`th or the first after it that is on their page. @returns which */
  change(slots: readonly Slot[], at: number): readonly SlotId[] {
    const start = (at * 97) % slots.length
    const slot = [...slots.slice(start), ...slots.slice(0, start)].find(({ id }) => slotIn(this.#doc, id))
    if (!slot) return []
    this.#doc.transact(() => this.#change(this.#doc, slot))
    return [slot.id]
  }
}

const MOVED = timeOn('2027-06-15')

test(`R12: in ${DEATHS} deaths by kill -9 while the past is archived, no slot and no edit of one is lost`, async () => {
  const slots = Array.from({ length: SLOTS }, (_, at) =>
    slotOn(`2027-01-${String((at % 28) + 1).padStart(2, '0')}`, { title: `Créneau ${at}`, note: 'avant' }),
  )
  const seed = new Y.Doc()
  seed.transact(() => {
    for (const slot of slots) putSlot(seed, slot)
  })
  await database.pool.query(`update documents set head_seq = 1 where name = $1`, [CALENDAR.name])
  await database.pool.query('insert into document_updates (document, seq, data) values ($1, 1, $2)', [
    CALENDAR.name,
    Buffer.from(Y.encodeStateAsUpdate(seed)),
  ])
  const mover = new Volunteer(people[0] as Actor, (doc, { id }) => setFields(doc, id, { time: MOVED }))
  const noter = new Volunteer(people[1] as Actor, (doc, { id }) => setFields(doc, id, { note: 'après' }))
  const moved = new Set<SlotId>()
  const noted = new Set<SlotId>()
  let child = prepareProcess()
  const port = await startProcess(child)
  await Promise.all([mover.join(port), noter.join(port)])
  for (let death = 0; death < DEATHS; death += 1) {
    const next = prepareProcess()
    const before = await archivedCount()
    child.stdin?.write('archive\n')
    const write = () => {
      for (let count = 0; count < 4; count += 1) {
        for (const id of mover.change(slots, moved.size * 3)) moved.add(id)
        for (const id of noter.change(slots, noted.size * 3 + (count % 2))) noted.add(id)
      }
    }
    write()
    // Killed where it has just said of some rows that they are the archive’s, or a little later.
    const more = async () => before > SLOTS - 250 || (await archivedCount()) > before
    await until('it archives', more, 20_000)
    write()
    await pause((death % 5) * 6)
    await kill(child)
    mover.leave()
    noter.leave()
    const stored = new Set((await findRange(database.orm, null, null)).map(({ slot }) => slot.id))
    const live = new Set(calendarKind.read(await stateOf()).slots.map(({ id }) => id))
    for (const { id } of slots)
      expect(live.has(id) || stored.has(id), 'a slot is always somewhere').toBe(true)
    // What is written now is late by a life at least: the one who notes stays away for three.
    write()
    child = next
    const nextPort = await startProcess(child)
    await Promise.all([mover.join(nextPort), ...(death % 3 === 2 ? [noter.join(nextPort)] : [])])
  }
  expect(Math.min(moved.size, noted.size)).toBeGreaterThan(DEATHS)
  child.stdin?.write('archive\n')
  noter.leave()
  await noter.join(mover.port)
  const expected = new Map(
    slots.map((slot) => [
      slot.id,
      {
        ...slot,
        ...(moved.has(slot.id) && { time: MOVED }),
        ...(noted.has(slot.id) && { note: 'après' }),
      },
    ]),
  )
  const wrong = async () => {
    const rows = await findRange(database.orm, null, null)
    return rows.filter(({ slot }) => !isDeepStrictEqual(slot, expected.get(slot.id)))
  }
  // Where they never are, the comparison says which.
  await until('all edits are in the rows', async () => (await wrong()).length === 0, 20_000).catch(() => {})
  expect(
    (await wrong()).map(({ slot, archived }) => ({ archived, is: slot, not: expected.get(slot.id) })),
  ).toEqual([])
  mover.leave()
  noter.leave()
  // Rows and document are read one after the other, and the last archiving goes on meanwhile.
  const agree = async () => {
    const alive = new Set(calendarKind.read(await stateOf()).slots.map(({ id }) => id))
    const rows = await findRange(database.orm, null, null)
    return rows.length === SLOTS && rows.every(({ slot, archived }) => archived !== alive.has(slot.id))
  }
  await until('rows and document agree on what is archived', agree, 20_000)
  const { slots: live, partial } = calendarKind.read(await stateOf())
  expect(partial).toEqual([])
  const alive = new Set(live.map(({ id }) => id))
  for (const id of moved) expect(alive.has(id)).toBe(true)
  await kill(child)
}, 120_000)

async function archivedCount(): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(
    'select count(*) from calendar_slots where archived_at is not null',
  )
  return Number(rows[0]?.count)
}

async function stateOf(): Promise<Y.Doc> {
  const doc = await readDocument(database.orm, CALENDAR.name)
  if (!doc) throw new Error('the calendar is gone')
  return doc
}
