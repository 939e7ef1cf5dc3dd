import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fillSlot, removePlace } from '#lib/documents/calendar/archive-edits.ts'
import { isPlaceKey } from '#lib/documents/calendar/fields.ts'
import { lockKey } from '#lib/documents/calendar/locks.ts'
import { calendarKind, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { occurrenceOn } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { archivePast, completePartial, evict, sweep } from '#server/calendar/archive.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import { deleteArchived, findRange } from '#server/calendar/store.ts'
import type { Database } from '#server/db/database.ts'
import type { HeldDocument } from '#server/sync/ports.ts'
import { freshNewsroom, NOW, resetNewsroom } from '#test/server/calendar/newsroom.ts'
import { personWho, saysOf } from '#test/server/sync/guard-harness.ts'
import { addPeople, until } from '#test/server/sync/harness.ts'
import { openRooms, turns } from '#test/server/sync/room-harness.ts'
import { FIRST_SEED, runsOr } from '#test/support/chance.ts'
import { DAYS, honestEdits, hostileEdit } from './calendar-edits.ts'
import { calm, FuzzClient } from './fuzz-world.ts'
import { type Random, randomFrom } from './random.ts'

/**
 * Volunteers of all roles plan at random, hostile programs among them; a coordinator locks and unlocks; the past
 * goes to the archive and late edits come. `npm run test:fuzz -- calendar` runs others, and more.
 */
const SEEDS = runsOr(60)
const FROM = FIRST_SEED
const STEPS = 80

let database: Database
const people = {
  editor: personWho('editor', 'Ada'),
  contributor: personWho('contributor', 'Bo'),
  hostile: personWho('contributor', 'Cy'),
  hostileEditor: personWho('editor', 'Di'),
  reader: personWho('reader', 'Eve'),
}
beforeAll(async () => {
  database = await freshNewsroom()
  await addPeople(database, Object.values(people))
})
afterAll(() => database.close())

type View = {
  readonly slots: ReadonlyMap<SlotId, Slot>
  readonly away: ReadonlySet<string>
  readonly held: ReadonlySet<string>
  readonly places: ReadonlyMap<SlotId, string>
}

/** Everything that decides where a slot is, as it is written. */
function placeOf(doc: Y.Doc, id: SlotId): string {
  const entries = [...(slotsOf(doc).get(id)?.entries() ?? [])].filter(([key]) => isPlaceKey(key))
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function look(doc: Y.Doc): View {
  const { slots, locks, stubs, partial } = calendarKind.read(doc)
  return {
    slots: new Map(slots.map((slot) => [slot.id, slot])),
    away: new Set([...stubs, ...partial]),
    held: new Set(locks.map(({ target }) => lockKey(target))),
    places: new Map(slots.map(({ id }) => [id, placeOf(doc, id)])),
  }
}

/** Nobody here who writes through a socket may touch what is locked, at any moment, on anybody’s screen. */
function checkLocks(before: View, after: View, placeless: ReadonlyMap<SlotId, unknown>): void {
  for (const key of before.held) {
    if (!after.held.has(key)) continue
    const [kind, name = ''] = key.split(/:(.*)/)
    for (const id of new Set([...before.slots.keys(), ...after.slots.keys()])) {
      // Into the archive and out of it, nobody moves anything.
      if (before.away.has(id) || after.away.has(id) || placeless.has(id)) continue
      if (kind === 'slot' && id === name) expect(after.places.get(id), key).toBe(before.places.get(id))
      if (kind === 'day')
        expect(placeOn(after.slots.get(id), name), key).toBe(placeOn(before.slots.get(id), name))
    }
  }
}

function placeOn(slot: Slot | undefined, day: string): string {
  const one = slot && occurrenceOn(slot, day, 'UTC')
  return one ? `${one.start} ${one.end} ${slot.channels}` : ''
}

async function live(seed: number): Promise<void> {
  const random = randomFrom(seed)
  await resetNewsroom(database)
  const port = calendarRoomPort({ database, events: { publish: async () => {} } })
  const house = openRooms({
    limits: { projectAfter: 1, projectAtLatest: 2, idleAfter: 100_000 },
    project: async (projection) => {
      if (projection.kind === 'calendar') await port.project(projection)
    },
  })
  house.memory.create(CALENDAR.name, Y.encodeStateAsUpdate(new Y.Doc()))
  const running = { house }
  const held = await house.rooms.hold(CALENDAR)
  if (!held.ok) throw new Error('no room')
  const { live: document } = held.value
  const room: HeldDocument = {
    edit: (author, change) => document.edit(author, change, 5000),
    reach: async () => true,
    derive: () => document.derive(),
    release: () => {},
  }
  let foreign: readonly SlotId[] = []
  port.onProjected((_, ids) => {
    foreign = ids
  })
  const clients = [
    new FuzzClient(people.editor, honestEdits()),
    new FuzzClient(people.contributor, honestEdits()),
    new FuzzClient(people.hostile, hostileEdit),
    new FuzzClient(people.hostileEditor, hostileEdit),
  ]
  const witness = new FuzzClient(people.reader, () => {})
  await witness.connect(running, CALENDAR)

  const authors = new Map<SlotId, string | null>()
  const gone = new Set<SlotId>()
  const locked = new Set<string>()
  /** Archived slots whose place was given up: anybody may plan under their ids, and the archive stays theirs. */
  const placeless = new Map<SlotId, string | null>()
  let view = look(witness.doc)
  witness.doc.on('afterTransaction', () => {
    const next = look(witness.doc)
    checkLocks(view, next, placeless)
    for (const [id, { createdBy }] of next.slots) {
      expect(createdBy, 'whoever plans is the author').not.toBeNull()
      if (authors.has(id)) expect(createdBy, 'and remains it').toBe(authors.get(id))
      authors.set(id, createdBy)
      gone.delete(id)
    }
    for (const id of view.slots.keys()) if (!next.slots.has(id) && !next.away.has(id)) gone.add(id)
    // Locks are the server’s: those of slots that are nowhere are swept.
    for (const key of next.held) expect(locked.has(key) || view.held.has(key), `${key} is forged`).toBe(true)
    view = next
  })

  for (let step = 0; step < STEPS; step += 1) {
    const client = random.pick(clients)
    const dice = random.below(100)
    if (dice < 38) client.edit(random)
    else if (dice < 58) client.deliverUp(1 + random.below(4))
    else if (dice < 70) client.deliverDown()
    else if (dice < 74) client.disconnect()
    else if (dice < 82) {
      if (!client.online) await client.connect(running, CALENDAR)
    } else if (dice < 90) await room.edit(null, (doc) => lockSomething(doc, random, locked))
    else if (dice < 95) await archivePast(database.orm, room, NOW)
    else if (dice < 98) await complete()
    else await onTheArchive()
    witness.deliverDown()
    await turns(1)
    witness.deliverDown()
  }

  async function complete(): Promise<void> {
    await room.derive()
    const { partial } = calendarKind.read(document.doc)
    if (partial.length > 0) await completePartial(database.orm, room, partial)
    if (foreign.length > 0) await evict(database.orm, room, foreign)
    await sweep(database.orm, room)
  }

  /** Takes a slot out of the archive, one way or the other. */
  async function onTheArchive(): Promise<void> {
    const archived = (await findRange(database.orm, null, null)).filter((row) => row.archived)
    if (archived.length === 0) return
    const { slot } = random.pick(archived)
    if (random.chance(0.7)) {
      await room.edit(null, (doc) => fillSlot(doc, slot))
      return
    }
    await room.edit(null, (doc) => removePlace(doc, slot.id))
    // An edit of it was faster.
    if (slotsOf(document.doc).has(slot.id)) return
    witness.deliverDown()
    authors.delete(slot.id)
    if (random.chance(0.5)) placeless.set(slot.id, slot.createdBy)
    else if (await deleteArchived(database.orm, slot.id)) placeless.delete(slot.id)
  }

  for (const client of clients) if (!client.online) await client.connect(running, CALENDAR)
  await calm([...clients, witness])
  await complete()
  await until('all is saved', () => house.appender.waiting === 0)
  await calm([...clients, witness])
  await room.derive()

  const truth = saysOf(document.doc)
  for (const client of [...clients, witness]) expect(saysOf(client.doc)).toBe(truth)
  const replay = new Y.Doc()
  for (const { data } of house.memory.documents.get(CALENDAR.name)?.rows ?? []) Y.applyUpdate(replay, data)
  expect(saysOf(replay), 'the log says the same').toBe(truth)

  const rows = await findRange(database.orm, null, null)
  const { slots, stubs, partial } = calendarKind.read(document.doc)
  const liveRows = rows.filter((row) => !row.archived).map((row) => row.slot)
  const byId = (a: Slot, b: Slot) => (a.id < b.id ? -1 : 1)
  expect(liveRows.toSorted(byId), 'the rows say the same').toEqual(slots.toSorted(byId))
  expect(partial).toEqual([])
  const archived = new Set(rows.filter((row) => row.archived).map((row) => row.slot.id))
  for (const id of stubs) expect(archived.has(id), 'each place has its row').toBe(true)
  for (const id of authors.keys()) {
    if (!gone.has(id))
      expect(
        rows.some((row) => row.slot.id === id),
        `${id} is lost`,
      ).toBe(true)
  }
  for (const key of locked) {
    const name = key.replace('slot:', '') as SlotId
    const isLost = key.startsWith('slot:') && !slotsOf(document.doc).has(name)
    expect(isLost || locksOf(document.doc).has(key), `${key} still holds`).toBe(true)
  }
  for (const [id, createdBy] of placeless) {
    expect(rows.find((row) => row.slot.id === id)?.slot.createdBy, `${id} is still theirs`).toBe(createdBy)
  }
  for (const client of [...clients, witness]) client.disconnect()
}

function lockSomething(doc: Y.Doc, random: Random, locked: Set<string>): void {
  const locks = locksOf(doc)
  const ids = [...slotsOf(doc).keys()].toSorted()
  const key = ids.length > 0 && random.chance(0.6) ? `slot:${random.pick(ids)}` : `day:${random.pick(DAYS)}`
  const take = locks.has(key) && random.chance(0.5)
  locked[take ? 'delete' : 'add'](key)
  if (take) locks.delete(key)
  else locks.set(key, { by: null, at: '', reason: '' })
}

const named = (seed: number) =>
  live(seed).catch((error) => Promise.reject(new Error(`seed ${seed}`, { cause: error })))

test(
  `R11, R12: in ${SEEDS} random histories from seed ${FROM} replicas and rows end alike, locks hold and nothing is lost`,
  async () => {
    for (let seed = FROM; seed < FROM + SEEDS; seed += 1) await named(seed)
  },
  60_000 + SEEDS * 2000,
)
