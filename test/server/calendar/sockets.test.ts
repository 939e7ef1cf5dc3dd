import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { putSlot, setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { calendarKind, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import { newSlotId, slotOn, timeOn } from '#test/server/sync/guard-harness.ts'
import { until } from '#test/server/sync/harness.ts'
import { barrier, stepOne, stepTwo, updateMessage } from '#test/server/sync/room-harness.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { freshNewsroom, type OpenNewsroom, openNewsroom } from './newsroom.ts'

const DAY = '2027-03-20'
let database: Database
let newsroom: OpenNewsroom
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
})
afterAll(() => newsroom.close())
beforeEach(() => {
  newsroom.told.length = 0
})

/** A socket by hand, with the document that it was sent. */
async function raw(role: 'coordinator' | 'editor' | 'contributor' | 'reader') {
  const actor = await newsroom.person(role)
  const socket = await rawSocket(`${newsroom.url}/${CALENDAR.name}`, newsroom.admit(actor))
  const doc = new Y.Doc()
  let heard = 0
  const listen = () => {
    for (const message of socket.heard().slice(heard)) {
      if (message.type === 'stepTwo' || message.type === 'update')
        Y.applyUpdate(doc, message.update, 'server')
      if (message.type === 'stepOne') socket.send(stepTwo(Y.encodeStateAsUpdate(doc, message.vector)))
      heard += 1
    }
  }
  socket.send(stepOne(Y.encodeStateVector(doc)))
  await until('it has the document', () => socket.heard().some((message) => message.type === 'stepTwo'))
  listen()
  const updateBy = (change: (doc: Y.Doc) => void): Uint8Array => {
    const before = Y.encodeStateVector(doc)
    doc.transact(() => change(doc))
    return Y.encodeStateAsUpdate(doc, before)
  }
  return {
    actor,
    socket,
    doc,
    listen,
    updateBy,
    denials: () => socket.heard().filter(({ type }) => type === 'denied'),
  }
}

describe('a raw socket', () => {
  test('R11: that moves a locked slot gets it back, and neither others nor the rows ever had it moved', async () => {
    const slot = slotOn(DAY)
    await newsroom.plan(slot)
    await newsroom.calendar.lock(
      await newsroom.person('coordinator'),
      { type: 'slot', slot: slot.id },
      'débat',
    )
    const witness = await newsroom.join(await newsroom.person('reader'))
    const seen = new Set<string>()
    witness.doc.on('update', () => seen.add(JSON.stringify(slotIn(witness.doc, slot.id)?.time)))
    const moved: string[] = []
    const hostile = await raw('editor')
    hostile.socket.send(
      updateMessage(hostile.updateBy((doc) => setFields(doc, slot.id, { time: timeOn('2027-03-25') }))),
    )
    expect(slotIn(hostile.doc, slot.id)?.time).toEqual(timeOn('2027-03-25'))
    await until('it is corrected', () => {
      hostile.listen()
      return slotIn(hostile.doc, slot.id)?.time.kind === 'timed' && hostile.denials().length === 1
    })
    expect(hostile.denials()).toEqual([{ type: 'denied', reason: 'corrected' }])
    expect(slotIn(hostile.doc, slot.id)).toMatchObject({ time: slot.time })
    for (const { slot: row } of await newsroom.rows())
      if (row.id === slot.id) moved.push(JSON.stringify(row.time))
    expect(moved).toEqual([JSON.stringify(slot.time)])
    expect([...seen]).toEqual(seen.size === 0 ? [] : [JSON.stringify(slot.time)])
    const replay = new Y.Doc()
    const { rows } = await database.pool.query<{ data: Buffer }>(
      'select data from document_updates where document = $1 order by seq',
      [CALENDAR.name],
    )
    for (const { data } of rows) {
      Y.applyUpdate(replay, data)
      if (slotIn(replay, slot.id)) expect(slotIn(replay, slot.id)?.time).toEqual(slot.time)
    }
    witness.provider.destroy()
    hostile.socket.close()
  })

  test('R6: of a reader writes nothing', async () => {
    const slot = slotOn(DAY)
    await newsroom.plan(slot)
    const reader = await raw('reader')
    reader.socket.send(updateMessage(reader.updateBy((doc) => setFields(doc, slot.id, { note: 'non' }))))
    await until('it is told', () => reader.denials().length === 1)
    expect(reader.denials()).toEqual([{ type: 'denied', reason: 'readOnly' }])
    expect((await newsroom.row(slot.id))?.slot.note).toBe('')
    reader.socket.close()
  })

  test('R4: whose update was corrected has its barrier answered like anybody’s', async () => {
    const who = await raw('editor')
    who.listen()
    who.socket.send(updateMessage(who.updateBy((doc) => locksOf(doc).set(`day:${DAY}`, {}))))
    who.socket.send(barrier(3))
    await until('it is durable', () => {
      who.listen()
      return who.socket.heard().some((message) => message.type === 'durable' && message.n === 3)
    })
    const order = who.socket.heard().map(({ type }) => type)
    expect(order.indexOf('denied')).toBeLessThan(order.indexOf('durable'))
    expect(locksOf(who.doc).size).toBe(locksOf(await newsroom.document()).size)
    who.socket.close()
  })

  const id = newSlotId()
  const deep = { a: { b: { c: { d: { e: 1 } } } } }
  test.each<[string, (doc: Y.Doc) => void]>([
    ['an unknown root', (doc) => doc.getMap('admins').set('me', true)],
    ['a list for slots', (doc) => doc.getArray('slots').push([1])],
    ['text for slots', (doc) => doc.getText('slots').insert(0, 'x')],
    ['a slot that is a value', (doc) => doc.getMap('slots').set(id, 'x')],
    ['a slot that is a list', (doc) => doc.getMap('slots').set(id, new Y.Array())],
    ['a slot without an id', (doc) => slotsOf(doc).set('x', new Y.Map())],
    ['a field that no slot has', (doc) => slotsOf(doc).set(id, new Y.Map([['html', '<b>']]))],
    ['a map inside of a slot', (doc) => slotsOf(doc).set(id, new Y.Map([['time', new Y.Map()]]))],
    ['a document inside of a slot', (doc) => slotsOf(doc).set(id, new Y.Map([['note', new Y.Doc()]]))],
    ['a huge note', (doc) => slotsOf(doc).set(id, new Y.Map([['note', 'x'.repeat(30_000)]]))],
    ['a BigInt', (doc) => slotsOf(doc).set(id, new Y.Map([['minutes', 3n]]))],
    ['a BigInt inside of a value', (doc) => slotsOf(doc).set(id, new Y.Map([['time', { at: 3n }]]))],
    ['bytes', (doc) => slotsOf(doc).set(id, new Y.Map([['note', Uint8Array.of(1)]]))],
    ['a value nested without end', (doc) => slotsOf(doc).set(id, new Y.Map([['time', deep]]))],
    ['a skipped day that is none', (doc) => slotsOf(doc).set(id, new Y.Map([['skip:2027-02-30', true]]))],
    ['a map for locks', (doc) => doc.getMap('locks').set('day:2027-03-20', new Y.Map())],
  ])('R1: that writes %s is closed, and nothing of it stays', async (_, change) => {
    const doc = new Y.Doc()
    doc.transact(() => change(doc))
    const who = await raw('coordinator')
    who.socket.send(updateMessage(Y.encodeStateAsUpdate(doc)))
    await until('it is closed', () => who.socket.code() !== null)
    expect(who.socket.code()).toBe(CLOSE.badMessage)
    const stored = await newsroom.document()
    expect([...stored.share.keys()].filter((root) => root !== 'slots' && root !== 'locks')).toEqual([])
    expect(slotsOf(stored).has(id)).toBe(false)
  })

  test.each<[string, Record<string, unknown>]>([
    [
      'numbers for words',
      { title: 'Bon', tags: 3, note: 7, channels: 'facebook', stage: 'gone', repeat: [] },
    ],
    ['a length of nothing', { title: 'Bon', minutes: Number.NaN, days: -4 }],
    ['a repeat of everything', { title: 'Bon', repeat: { freq: 'daily', every: 0, end: { count: 1e9 } } }],
    [
      'a zone that is none',
      { title: 'Bon', time: { kind: 'timed', at: `${DAY}T12:00:00Z`, zone: '../etc' } },
    ],
    ['ids that are none', { title: 'Bon', draft: 'x', owner: '', partOf: { slot: 1, day: 2 } }],
    [
      'objects with the names of properties',
      { title: 'Bon', time: { ...timeOn(DAY), toString: 1, hasOwnProperty: 2 } },
    ],
    ['NUL and halves of emoji', { title: 'Bon\0', note: '\ud83d', tags: ['\0'] }],
  ])('writes %s, and the calendar is read all the same', async (_, fields) => {
    const slot = newSlotId()
    const who = await raw('editor')
    const entries = Object.entries({ time: timeOn(DAY), ...fields })
    who.socket.send(updateMessage(who.updateBy((doc) => slotsOf(doc).set(slot, new Y.Map(entries)))))
    await until('it has a row', async () => (await newsroom.row(slot)) !== null)
    expect((await newsroom.row(slot))?.slot.title).toBe('Bon')
    expect(who.socket.code()).toBeNull()
    who.socket.close()
  })

  test.each<[string, unknown]>([
    ['an hour that is none', `${DAY}T99:99:00Z`],
    ['year 0', '0000-01-01T00:00:00Z'],
    ['year 9999', '9999-12-31T23:59:00Z'],
    ['no text', 5],
  ])('writes a time of %s, which is no slot, and disturbs nobody', async (_, at) => {
    const slot = newSlotId()
    const who = await raw('editor')
    const entries = Object.entries({ title: 'Bon', time: { kind: 'timed', at, zone: 'UTC' } })
    who.socket.send(updateMessage(who.updateBy((doc) => slotsOf(doc).set(slot, new Y.Map(entries)))))
    const other = slotOn(DAY)
    await newsroom.plan(other)
    await until('the next one has a row', async () => (await newsroom.row(other.id)) !== null)
    expect(await newsroom.row(slot)).toBeNull()
    who.socket.close()
  })
})

test('R10: a role that is lowered closes the sockets of the calendar', async () => {
  const slot = slotOn(DAY)
  await newsroom.plan(slot)
  const actor = await newsroom.person('editor')
  const socket = await rawSocket(`${newsroom.url}/${CALENDAR.name}`, newsroom.admit(actor))
  newsroom.admit({ ...actor, role: 'reader' })
  await newsroom.publish({ type: 'volunteer.access', volunteerId: actor.volunteerId })
  const late = new Y.Doc()
  putSlot(late, slotOn(DAY, { title: 'trop tard' }))
  socket.send(updateMessage(Y.encodeStateAsUpdate(late)))
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(CLOSE.accessChanged)
  const titles = calendarKind.read(await newsroom.document()).slots.map(({ title }) => title)
  expect(titles).not.toContain('trop tard')
})

test('the newsroom’s socket tells when the archive changed', async () => {
  const listener = await rawSocket(
    `${newsroom.url}/newsroom`,
    newsroom.admit(await newsroom.person('reader')),
  )
  await newsroom.plan(slotOn('2027-01-10'))
  await newsroom.keeper.tend()
  await until('it is told', () =>
    listener.json().some((news) => JSON.stringify(news) === '{"type":"calendar"}'),
  )
  listener.close()
})
