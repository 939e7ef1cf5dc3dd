import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { setFields } from '#lib/documents/calendar/edits.ts'
import { lockKey } from '#lib/documents/calendar/locks.ts'
import { calendarKind, locksOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Database } from '#server/db/database.ts'
import { createDocument } from '#server/sync/log/document-rows.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { calendarWith, personWho, saysOf, slotOn, timeOn } from './guard-harness.ts'
import { addPeople, until } from './harness.ts'
import { openNode } from './nodes-harness.ts'

const writer = personWho('contributor')
const coordinator = personWho('coordinator')
let database: Database
let valkey: RunningValkey

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [writer, coordinator])
  valkey = await startValkey()
})
afterAll(() => valkey.stop())
beforeEach(() => database.pool.query('delete from documents where name = $1', [CALENDAR.name]))

const calendar = (...given: Parameters<typeof calendarWith>) =>
  database.orm.transaction((tx) => createDocument(tx, CALENDAR, calendarWith(...given), null))

const timeOf = (doc: Y.Doc, id: SlotId) => calendarKind.read(doc).slots.find((slot) => slot.id === id)?.time

test('R11, R13: what may not be changed is put right by the node that takes it, and no other node ever shows it', async () => {
  const slot = slotOn('2027-03-01')
  await calendar([slot], [{ type: 'slot', slot: slot.id }])
  const [a, b] = [await openNode({ database, valkey }), await openNode({ database, valkey })]
  const [witness, page] = [await a.page(CALENDAR.name, coordinator), await b.page(CALENDAR.name, writer)]
  const seen = new Set<string>()
  witness.doc.on('update', () => seen.add(JSON.stringify(timeOf(witness.doc, slot.id))))
  for (let day = 2; day < 8; day += 1) setFields(page.doc, slot.id, { time: timeOn(`2027-03-0${day}`) })
  setFields(page.doc, slot.id, { title: 'Un autre titre' })
  const { title } = { title: 'Un autre titre' }
  await until('what may be is everywhere', () => calendarKind.read(witness.doc).slots[0]?.title === title)
  await until('both say the same', () => saysOf(witness.doc) === saysOf(page.doc))
  expect(timeOf(page.doc, slot.id)).toEqual(slot.time)
  expect([...seen]).toEqual([JSON.stringify(slot.time)])
})

test('R11, R13: a lock that is set on one node holds on the other as soon as it is heard of there', async () => {
  const slot = slotOn('2027-03-01')
  await calendar([slot])
  const [a, b] = [await openNode({ database, valkey }), await openNode({ database, valkey })]
  const [witness, page] = [await a.page(CALENDAR.name, coordinator), await b.page(CALENDAR.name, writer)]
  let day = 10
  const moving = setInterval(() => {
    day = day === 28 ? 10 : day + 1
    setFields(page.doc, slot.id, { time: timeOn(`2027-03-${day}`) })
  }, 5)
  try {
    await until('it moves', () => timeOf(witness.doc, slot.id) !== undefined && day > 12)
    const held = await a.sync.hold(CALENDAR.name)
    if (!held.ok) throw new Error(held.error)
    const target = { type: 'slot', slot: slot.id } as const
    await held.value.edit(coordinator.volunteerId, (doc) => {
      locksOf(doc).set(lockKey(target), { by: null, at: '', reason: '' })
    })
    held.value.release()
    await until('the lock is known there', () => locksOf(page.doc).size === 1)
    const locked = day
    await until('it is tried all the same', () => day !== locked)
  } finally {
    clearInterval(moving)
  }
  await until('both say the same', () => saysOf(witness.doc) === saysOf(page.doc))
  const settled = timeOf(witness.doc, slot.id)
  const { id } = slot
  setFields(page.doc, id, { time: timeOn('2027-04-01') })
  setFields(page.doc, id, { title: 'Fini' })
  await until(
    'both say the same',
    () => /Fini/.test(saysOf(witness.doc)) && saysOf(witness.doc) === saysOf(page.doc),
  )
  expect(timeOf(witness.doc, id)).toEqual(settled)
})
