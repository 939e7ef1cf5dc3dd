import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { emptySlot, fillSlot, versionOf } from '#lib/documents/calendar/archive-edits.ts'
import { putSlot, removeSlot, setFields, skipDay, slotIn } from '#lib/documents/calendar/edits.ts'
import { slotEntries } from '#lib/documents/calendar/fields.ts'
import { type CalendarFacts, calendarKind, slotsOf } from '#lib/documents/calendar/shape.ts'
import { slotOn, timeOn } from '#test/server/sync/guard-harness.ts'

/**
 * The hash of the shape that each version of the schema has. Once a version is out, documents of it are in
 * people’s databases: its line here, and its golden document, never change again.
 */
const SHAPES: Readonly<Record<number, string>> = {
  1: 'b39ac7b4b8ae6a5a',
}

const GOLDEN = join(import.meta.dirname, '../../fixtures/documents/calendar')

/** What decides how a calendar is stored: its roots, the fields of a slot, what goes without saying, its facts. */
function shapeNow(): string {
  const slot = slotOn('2027-03-10', { id: '00000000-0000-4000-8000-000000000000' as never })
  const fields = [...slotEntries(slot)].toSorted()
  const doc = new Y.Doc()
  slotsOf(doc).set(slot.id, new Y.Map(Object.entries({ title: '', time: timeOn('2027-03-10') })))
  const shape = [
    fields,
    slotIn(doc, slot.id),
    [...calendarKind.roots].toSorted(),
    Object.keys(calendarKind.read(doc)),
  ]
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16)
}

describe('the shape of the calendar', () => {
  it('is the one that its schema version has had from the first', () => {
    expect(
      shapeNow(),
      'The shape of the calendar changed. Raise schemaVersion in lib/documents/calendar/shape.ts, bring older ' +
        'documents up in migrate(), keep a golden document of the new version, and add its hash to SHAPES.',
    ).toBe(SHAPES[calendarKind.schemaVersion])
  })

  it.each(Object.keys(SHAPES).map(Number))(
    'of version %i comes up to this one with every slot',
    (version) => {
      const { update, facts } = JSON.parse(readFileSync(join(GOLDEN, `v${version}.json`), 'utf8')) as {
        update: string
        facts: CalendarFacts
      }
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Buffer.from(update, 'base64'))
      doc.transact(() => calendarKind.migrate(doc, version))
      expect(calendarKind.read(doc)).toEqual(facts)
      expect(calendarKind.refuse(Y.decodeUpdate(Y.encodeStateAsUpdate(doc)))).toBeNull()
    },
  )
})

/** Two replicas that do not hear of one another until they meet. */
function pair(prepare: (doc: Y.Doc) => void): [Y.Doc, Y.Doc, () => void] {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  one.transact(() => prepare(one))
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)]
    Y.applyUpdate(one, b)
    Y.applyUpdate(other, a)
  }
  meet()
  return [one, other, meet]
}

describe('two people', () => {
  const slot = slotOn('2027-03-10', {
    repeat: { freq: 'daily', every: 1, weekdays: [], nth: null, end: null },
  })

  it('who change different fields of one slot both win, and so do two who skip different days', () => {
    const [one, other, meet] = pair((doc) => putSlot(doc, slot))
    setFields(one, slot.id, { time: timeOn('2027-03-12') })
    skipDay(one, slot.id, '2027-03-13')
    setFields(other, slot.id, { channels: ['x'], title: 'Autre' })
    skipDay(other, slot.id, '2027-03-14')
    meet()
    expect(slotIn(one, slot.id)).toEqual({
      ...slot,
      time: timeOn('2027-03-12'),
      channels: ['x'],
      title: 'Autre',
      skipped: ['2027-03-13', '2027-03-14'],
    })
    expect(slotIn(other, slot.id)).toEqual(slotIn(one, slot.id))
  })

  it('of whom one removes what the other changes end with the slot removed', () => {
    const [one, other, meet] = pair((doc) => putSlot(doc, slot))
    removeSlot(one, slot.id)
    setFields(other, slot.id, { title: 'Autre' })
    meet()
    expect([slotIn(one, slot.id), slotIn(other, slot.id)]).toEqual([null, null])
  })

  it('of whom one archives what the other puts back a day of lose neither', () => {
    const [one, other, meet] = pair((doc) => putSlot(doc, { ...slot, skipped: ['2027-03-13'] }))
    const archived = slotIn(one, slot.id) ?? slot
    one.transact(() => emptySlot(one, slot.id))
    skipDay(other, slot.id, '2027-03-13', false)
    meet()
    expect(calendarKind.read(one)).toMatchObject({ slots: [], stubs: [], partial: [slot.id] })
    one.transact(() => fillSlot(one, archived))
    meet()
    expect(slotIn(other, slot.id)).toEqual(slot)
  })
})

describe('a slot', () => {
  it('that is put as it goes without saying takes few entries, and is read back whole', () => {
    const doc = new Y.Doc()
    const slot = slotOn('2027-03-10')
    putSlot(doc, slot)
    expect(slotsOf(doc).get(slot.id)?.size).toBeLessThanOrEqual(5)
    expect(slotIn(doc, slot.id)).toEqual(slot)
  })

  it('is not written again where nothing of it changes', () => {
    const doc = new Y.Doc()
    const slot = slotOn('2027-03-10')
    putSlot(doc, slot)
    const before = versionOf(doc, slot.id)
    const { id, skipped: _, ...fields } = slot
    setFields(doc, id, fields)
    putSlot(doc, slot)
    expect(versionOf(doc, id)).toBe(before)
    setFields(doc, id, { title: 'Autre' })
    setFields(doc, id, { title: slot.title })
    expect(versionOf(doc, id)).not.toBe(before)
  })

  it('that changed often while an undo manager kept its values is taken by the rooms', () => {
    const doc = new Y.Doc()
    const slot = slotOn('2027-03-10')
    putSlot(doc, slot)
    new Y.UndoManager(slotsOf(doc), { captureTimeout: 0 })
    for (const day of ['2027-03-11', '2027-03-12', '2027-03-13'])
      setFields(doc, slot.id, { time: timeOn(day) })
    const update = Y.decodeUpdate(Y.encodeStateAsUpdate(doc))
    const joined = update.structs.some((item) => item instanceof Y.Item && item.content.getLength() > 1)
    expect(joined, 'Yjs joins the values that it keeps').toBe(true)
    expect(calendarKind.refuse(update)).toBeNull()
  })
})
