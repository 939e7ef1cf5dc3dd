import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { putSlot, removeSlot, setFields, skipDay, slotIn } from '#lib/documents/calendar/edits.ts'
import { calendarKind, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { archivePast } from '#server/calendar/archive.ts'
import type { Database } from '#server/db/database.ts'
import type { HeldDocument } from '#server/sync/ports.ts'
import { newSlotId, slotOn, timeOn } from '#test/server/sync/guard-harness.ts'
import { until } from '#test/server/sync/harness.ts'
import type { StockClient } from '#test/support/sync-client.ts'
import { freshNewsroom, NOW, type OpenNewsroom, openNewsroom, resetNewsroom } from './newsroom.ts'

const PAST = '2027-01-20'
let database: Database
let newsroom: OpenNewsroom
let ada: Actor
let bo: Actor
const clients: StockClient[] = []

beforeAll(async () => {
  database = await freshNewsroom()
})
beforeEach(async () => {
  await resetNewsroom(database)
  newsroom = await openNewsroom({ database })
  ada = await newsroom.person('editor', 'Ada')
  bo = await newsroom.person('editor', 'Bo')
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.provider.destroy()
  await newsroom.close()
})

async function join(actor: Actor): Promise<StockClient> {
  const client = await newsroom.join(actor)
  clients.push(client)
  return client
}

/** By a client id lower than most: where Yjs has to choose between two writes of a moment, it chooses the higher. */
function unlucky(client: StockClient, change: (doc: Y.Doc) => void): void {
  const { doc } = client
  const own = doc.clientID
  doc.clientID = 2 ** 19 + clients.indexOf(client)
  doc.transact(() => change(doc))
  doc.clientID = own
}

const pastSlot = () =>
  slotOn(PAST, { title: 'Janvier', note: 'froid', tags: ['hiver'], createdBy: ada.volunteerId })

async function isLive(id: Parameters<typeof newsroom.row>[0]): Promise<boolean> {
  return (await newsroom.row(id))?.archived === false
}

describe('the past', () => {
  test('leaves the document for the archive, and is read, searched and linked there as before', async () => {
    const [past, kept] = [pastSlot(), slotOn('2027-02-01')]
    const endless = slotOn(PAST, { repeat: { freq: 'daily', every: 1, weekdays: [], nth: null, end: null } })
    await newsroom.plan(past, kept, endless)
    const who = await join(ada)
    await newsroom.keeper.tend()
    const facts = calendarKind.read(await newsroom.document())
    expect(facts.slots.map(({ id }) => id).toSorted()).toEqual([kept.id, endless.id].toSorted())
    expect(facts.stubs).toEqual([past.id])
    await until('everybody’s document is rid of it', () => slotIn(who.doc, past.id) === null)
    expect(await newsroom.calendar.archived(ada, PAST, PAST)).toEqual([past])
    expect(await newsroom.calendar.find(ada, past.id)).toEqual({ slot: past, archived: true })
    expect((await newsroom.calendar.search(ada, 'janvier', 0)).slots).toEqual([
      { slot: past, archived: true },
    ])
    expect((await newsroom.calendar.range(ada, null, null)).length).toBe(3)
    expect(newsroom.told).toContainEqual({ type: 'calendar.changed' })
  })

  test('goes by itself when the server starts', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    await newsroom.close()
    newsroom = await openNewsroom({ database })
    newsroom.keeper.start()
    await until('it has left', async () => calendarKind.read(await newsroom.document()).slots.length === 0)
    expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: true })
  })

  test('leaves in steps where there is much of it', async () => {
    const many = Array.from({ length: 450 }, () => pastSlot())
    await newsroom.plan(...many)
    await newsroom.keeper.tend()
    expect(calendarKind.read(await newsroom.document()).slots).toEqual([])
    expect((await newsroom.calendar.archived(ada, PAST, PAST)).length).toBe(450)
  })
})

describe('a late edit of an archived slot', () => {
  test('by somebody who was away brings it back with both their edit and all the rest', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { time: timeOn('2027-04-01') }))
    skipDay(away.doc, past.id, '2027-04-08')
    away.provider.connect()
    await until('it is live', () => isLive(past.id))
    const back = { ...past, time: timeOn('2027-04-01'), skipped: ['2027-04-08'] }
    expect((await newsroom.row(past.id))?.slot).toEqual(back)
    await until('its author has it whole', () => slotIn(away.doc, past.id)?.note === 'froid')
    expect(slotIn(away.doc, past.id)).toEqual(back)
    await newsroom.keeper.tend()
    expect(await isLive(past.id), 'it is not past any more').toBe(true)
  })

  test('of its title and its time does not make a slot of these two alone', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { title: 'Avril', time: timeOn('2027-04-01') }))
    away.provider.connect()
    await until('it is live', () => isLive(past.id))
    expect((await newsroom.row(past.id))?.slot).toEqual({
      ...past,
      title: 'Avril',
      time: timeOn('2027-04-01'),
    })
  })

  test('and a move of it by somebody else meanwhile both survive, field by field', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { note: 'de loin', owner: bo.volunteerId }))
    expect(await newsroom.calendar.revive(ada, past.id, { time: timeOn('2027-05-05') })).toEqual({
      ok: true,
      value: undefined,
    })
    expect((await newsroom.row(past.id))?.slot).toEqual({ ...past, time: timeOn('2027-05-05') })
    away.provider.connect()
    const both = { ...past, time: timeOn('2027-05-05'), note: 'de loin', owner: bo.volunteerId }
    await until('both are there', async () => (await newsroom.row(past.id))?.slot.note === 'de loin')
    expect(await newsroom.row(past.id)).toEqual({ slot: both, archived: false })
  })

  test('and another late edit by somebody else both survive', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const [one, other] = [await join(ada), await join(bo)]
    one.provider.disconnect()
    other.provider.disconnect()
    await newsroom.keeper.tend()
    unlucky(one, (doc) => setFields(doc, past.id, { note: 'de l’une' }))
    unlucky(other, (doc) => setFields(doc, past.id, { time: timeOn('2027-04-01'), tags: ['printemps'] }))
    one.provider.connect()
    await until('the first has come', async () => (await newsroom.row(past.id))?.slot.note === 'de l’une')
    other.provider.connect()
    await until(
      'the second has come',
      async () => (await newsroom.row(past.id))?.slot.tags[0] === 'printemps',
    )
    expect((await newsroom.row(past.id))?.slot).toEqual({
      ...past,
      note: 'de l’une',
      time: timeOn('2027-04-01'),
      tags: ['printemps'],
    })
  })

  test('of its words alone goes with it into the archive again', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { note: 'bilan' }))
    away.provider.connect()
    await until('it is live', () => isLive(past.id))
    await newsroom.keeper.tend()
    expect(await newsroom.row(past.id)).toEqual({ slot: { ...past, note: 'bilan' }, archived: true })
  })

  test('that removes it leaves the archive as it is', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    removeSlot(away.doc, past.id)
    away.provider.connect()
    await until('its place is put back', async () => slotsOf(away.doc).has(past.id))
    expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: true })
  })

  test('does not move what was locked while it was made', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.calendar.lock(await newsroom.person('coordinator'), { type: 'slot', slot: past.id }, '')
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { time: timeOn('2027-04-01'), note: 'vu' }))
    away.provider.connect()
    await until('it is live', () => isLive(past.id))
    expect((await newsroom.row(past.id))?.slot).toEqual({ ...past, note: 'vu' })
  })

  test('does not move what was planned on a day that was locked', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.calendar.lock(await newsroom.person('coordinator'), { type: 'day', day: PAST }, '')
    await newsroom.keeper.tend()
    unlucky(away, (doc) => setFields(doc, past.id, { time: timeOn('2027-04-01'), note: 'vu' }))
    away.provider.connect()
    await until('it is live', () => isLive(past.id))
    expect((await newsroom.row(past.id))?.slot).toEqual({ ...past, note: 'vu' })
  })
})

/** Does something the moment before, or the moment after, a step of the archive’s. */
async function archiving(intrude: (step: string) => Promise<void> | void): Promise<void> {
  const held = await newsroom.sync.hold(CALENDAR.name)
  if (!held.ok) throw new Error(held.error)
  let edits = 0
  let derivations = 0
  const room: HeldDocument = {
    ...held.value,
    async edit(author, change) {
      edits += 1
      await intrude(`before edit ${edits}`)
      const outcome = await held.value.edit(author, change)
      await intrude(`after edit ${edits}`)
      return outcome
    },
    async derive() {
      derivations += 1
      await intrude(`before derive ${derivations}`)
      const outcome = await held.value.derive()
      await intrude(`after derive ${derivations}`)
      return outcome
    },
  }
  try {
    await archivePast(database.orm, room, NOW)
  } finally {
    held.value.release()
  }
}

const STEPS = [1, 2].flatMap((at) =>
  ['edit', 'derive'].flatMap((step) => [`before ${step} ${at}`, `after ${step} ${at}`]),
)

describe('archiving', () => {
  test.each(STEPS)('loses no move that somebody makes %s', async (moment) => {
    const past = pastSlot()
    await newsroom.plan(past)
    const who = await join(bo)
    await archiving(async (step) => {
      if (step === moment) setFields(who.doc, past.id, { time: timeOn('2027-04-01') })
    })
    await until('it is live where it was moved to', async () => {
      const row = await newsroom.row(past.id)
      return (
        row?.archived === false && row.slot.time.kind === 'timed' && row.slot.time.at.startsWith('2027-04')
      )
    })
    expect((await newsroom.row(past.id))?.slot).toEqual({ ...past, time: timeOn('2027-04-01') })
    await until('its author sees it whole', () => slotIn(who.doc, past.id)?.note === 'froid')
  })

  test.each(STEPS)('that ends %s loses nothing, and is completed by the next one', async (moment) => {
    const slots = [pastSlot(), pastSlot(), slotOn('2027-03-20')]
    await newsroom.plan(...slots)
    const stopped = archiving((step) => {
      if (step === moment) throw new Error('killed')
    })
    await expect(stopped).rejects.toThrow('killed')
    const between = await newsroom.rows()
    expect(between.map(({ slot }) => slot.id).toSorted()).toEqual(slots.map(({ id }) => id).toSorted())
    await newsroom.keeper.tend()
    const after = await newsroom.rows()
    expect(after.filter((row) => row.archived).length).toBe(2)
    for (const { slot } of after) expect(slots.map(({ title }) => title)).toContain(slot.title)
    expect(calendarKind.read(await newsroom.document()).slots.length).toBe(1)
  })

  test('leaves a slot alone that was changed and changed back while its row was compared', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    await archiving(async (step) => {
      if (step !== 'before edit 2') return
      for (const note of ['autre', 'froid']) {
        await newsroom.sync.edit(CALENDAR.name, bo.volunteerId, (doc) => setFields(doc, past.id, { note }))
      }
    })
    expect(calendarKind.read(await newsroom.document()).slots).toEqual([past])
    expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: false })
  })
})

describe('the place of an archived slot', () => {
  test('is given up after ninety days, and the slot can still be brought back', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    await newsroom.keeper.tend()
    expect(calendarKind.read(await newsroom.document()).stubs).toEqual([past.id])
    await database.pool.query(`update calendar_slots set archived_at = now() - interval '91 days'`)
    await newsroom.keeper.tend()
    expect(calendarKind.read(await newsroom.document()).stubs).toEqual([])
    expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: true })
    expect((await newsroom.calendar.revive(bo, past.id, { time: timeOn('2030-01-01') })).ok).toBe(true)
    expect(await newsroom.row(past.id)).toEqual({
      slot: { ...past, time: timeOn('2030-01-01') },
      archived: false,
    })
  })

  test('is given up sooner where there are thousands of them, the latest slots last', async () => {
    const many = Array.from({ length: 2100 }, (_, at) =>
      slotOn(`20${10 + (at % 15)}-01-20`, { createdBy: ada.volunteerId }),
    )
    await newsroom.plan(...many)
    await newsroom.keeper.tend()
    const { slots, stubs } = calendarKind.read(await newsroom.document())
    expect([slots.length, stubs.length]).toEqual([0, 2000])
    expect((await newsroom.calendar.range(ada, null, null)).length).toBe(2100)
  })

  test('once given up, lets nobody write over the archive by planning under the same id', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    await newsroom.keeper.tend()
    await newsroom.sync.edit(CALENDAR.name, ada.volunteerId, (doc) => slotsOf(doc).delete(past.id))
    await newsroom.rows()
    const who = await join(await newsroom.person('contributor'))
    putSlot(who.doc, { ...slotOn('2027-04-01', { title: 'à moi' }), id: past.id })
    await until('it is gone again', () => !slotsOf(who.doc).has(past.id))
    expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: true })
  })

  test('goes with the slot that is removed from the archive, and a late edit does not bring a torso back', async () => {
    const past = pastSlot()
    await newsroom.plan(past)
    const away = await join(bo)
    away.provider.disconnect()
    await newsroom.keeper.tend()
    expect(await newsroom.calendar.removeArchived(ada, past.id)).toEqual({ ok: true, value: undefined })
    unlucky(away, (doc) => setFields(doc, past.id, { title: 'Avril', time: timeOn('2027-04-01') }))
    away.provider.connect()
    await until('it is gone there too', () => !slotsOf(away.doc).has(past.id))
    expect(await newsroom.row(past.id)).toBeNull()
  })
})

test('a slot of the archive is moved out of it only where no lock forbids that', async () => {
  const past = pastSlot()
  await newsroom.plan(past)
  await newsroom.keeper.tend()
  const coordinator = await newsroom.person('coordinator')
  await newsroom.calendar.lock(coordinator, { type: 'day', day: '2027-04-01' }, 'élections')
  const there = { time: timeOn('2027-04-01') }
  expect(await newsroom.calendar.revive(ada, past.id, there)).toEqual({ ok: false, error: 'locked' })
  expect(await newsroom.row(past.id)).toEqual({ slot: past, archived: true })
  const reader = await newsroom.person('reader')
  expect(await newsroom.calendar.revive(reader, past.id, null)).toEqual({ ok: false, error: 'forbidden' })
  expect(await newsroom.calendar.revive(ada, newSlotId(), null)).toEqual({ ok: false, error: 'missing' })
  expect((await newsroom.calendar.revive(coordinator, past.id, there)).ok).toBe(true)
})

test('a lock of a slot that is nowhere any more is let go of', async () => {
  const slot = slotOn('2027-03-20')
  await newsroom.plan(slot)
  const coordinator = await newsroom.person('coordinator')
  await newsroom.calendar.lock(coordinator, { type: 'slot', slot: slot.id }, '')
  await newsroom.keeper.tend()
  expect(locksOf(await newsroom.document()).size).toBe(1)
  await newsroom.sync.edit(CALENDAR.name, coordinator.volunteerId, (doc) => removeSlot(doc, slot.id))
  await newsroom.rows()
  await newsroom.keeper.tend()
  expect(locksOf(await newsroom.document()).size).toBe(0)
  await newsroom.sync.edit(CALENDAR.name, coordinator.volunteerId, (doc) => putSlot(doc, slot))
})
