import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putSlot, removeSlot, setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { lockEntries } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { everything, granted } from '#test/server/drafts/desk.ts'
import { newSlotId, slotOn } from '#test/server/sync/guard-harness.ts'
import { freshNewsroom, type OpenNewsroom, openNewsroom } from './newsroom.ts'

const DAY = '2027-03-20'
let database: Database
let newsroom: OpenNewsroom
let coordinator: Actor
let editor: Actor
let reader: Actor
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
  coordinator = await newsroom.person('coordinator')
  editor = await newsroom.person('editor')
  reader = await newsroom.person('reader')
})
afterAll(() => newsroom.close())

const done = { ok: true, value: undefined }
const refused = (error: string) => ({ ok: false, error })

test('how the newsroom plans is as usual until a coordinator says otherwise, and nonsense is refused', async () => {
  const { calendar } = newsroom
  const usual = await calendar.settings()
  expect(usual).toMatchObject({ zone: 'America/Toronto', minGapMinutes: 30 })
  const wanted = { ...usual, silentDays: 5 }
  expect(await calendar.configure(editor, wanted)).toEqual(refused('forbidden'))
  expect(await calendar.configure(coordinator, { ...usual, zone: 'Mars/Olympus' })).toEqual(
    refused('invalid'),
  )
  expect(await calendar.configure(coordinator, wanted)).toEqual(done)
  expect(await calendar.settings()).toEqual(wanted)
})

test('only a coordinator locks, with a reason that all can read, and takes the lock off', async () => {
  const { calendar } = newsroom
  const slot = slotOn(DAY)
  await newsroom.plan(slot)
  const target = { type: 'slot', slot: slot.id } as const
  expect(await calendar.lock(editor, target, 'non')).toEqual(refused('forbidden'))
  expect(await calendar.lock(coordinator, { type: 'slot', slot: newSlotId() }, '')).toEqual(
    refused('missing'),
  )
  expect(await calendar.lock(coordinator, target, '  le débat ')).toEqual(done)
  const [lock] = lockEntries(await newsroom.document())
  expect(lock).toEqual({
    target,
    by: coordinator.volunteerId,
    at: '2027-03-15T16:00:00.000Z',
    reason: 'le débat',
  })
  expect(await calendar.unlock(editor, target)).toEqual(refused('forbidden'))
  expect(await calendar.unlock(coordinator, target)).toEqual(done)
  expect([...lockEntries(await newsroom.document())]).toEqual([])
})

test('two people who begin the draft of a slot at once get the same one, with the slot’s title', async () => {
  const slot = slotOn(DAY, { title: 'Le communiqué' })
  await newsroom.plan(slot)
  const contributor = await newsroom.person('contributor')
  const answers = await Promise.all(
    [editor, contributor, coordinator, editor].map((actor) => newsroom.calendar.draftFor(actor, slot.id)),
  )
  const ids = new Set(answers.map((answer) => granted(answer)))
  expect(ids.size).toBe(1)
  const [draft] = ids
  expect(slotIn(await newsroom.document(), slot.id)?.draft).toBe(draft)
  const { drafts } = await newsroom.drafts.list(editor, { ...everything, search: 'communiqué' })
  expect(drafts.map(({ id, title }) => [id, title])).toEqual([[draft, 'Le communiqué']])
})

test('a slot that names a draft which never was gets one', async () => {
  const slot = slotOn(DAY, { draft: randomUUID() as string as DraftId })
  await newsroom.plan(slot)
  const draft = granted(await newsroom.calendar.draftFor(editor, slot.id))
  expect(draft).not.toBe(slot.draft)
  expect(slotIn(await newsroom.document(), slot.id)?.draft).toBe(draft)
})

test('a reader opens the draft of a slot, and begins none', async () => {
  const slot = slotOn(DAY)
  await newsroom.plan(slot)
  expect(await newsroom.calendar.draftFor(reader, slot.id)).toEqual(refused('forbidden'))
  const draft = granted(await newsroom.calendar.draftFor(editor, slot.id))
  expect(granted(await newsroom.calendar.draftFor(reader, slot.id))).toBe(draft)
  expect(await newsroom.calendar.draftFor(editor, newSlotId())).toEqual(refused('missing'))
})

test('a draft that somebody plans in the very moment wins over the one being begun, which is put away', async () => {
  const slot = slotOn(DAY, { title: 'À deux' })
  await newsroom.plan(slot)
  const other = granted(await newsroom.drafts.create(editor, { title: 'Autre' }))
  const asked = newsroom.calendar.draftFor(editor, slot.id)
  await newsroom.sync.edit(CALENDAR.name, coordinator.volunteerId, (doc) =>
    setFields(doc, slot.id, { draft: other }),
  )
  expect(granted(await asked)).toBe(slotIn(await newsroom.document(), slot.id)?.draft)
  const { drafts } = await newsroom.drafts.list(editor, { ...everything, search: 'deux' })
  const carried = slotIn(await newsroom.document(), slot.id)?.draft
  for (const { id } of drafts) expect(id).toBe(carried)
})

test('drafts that no slot carries are the ones to plan, until a slot carries them', async () => {
  const draft = granted(await newsroom.drafts.create(editor, { title: 'Orphelin' }))
  const free = async () =>
    (await newsroom.calendar.unplanned(editor, 'orphelin', 0)).drafts.map(({ id }) => id)
  expect(await free()).toEqual([draft])
  const slot = slotOn(DAY, { draft })
  await newsroom.plan(slot)
  await newsroom.rows()
  expect(await free()).toEqual([])
  expect(await newsroom.calendar.slotsOf(editor, draft)).toEqual([{ slot, archived: false }])
  await newsroom.sync.edit(CALENDAR.name, editor.volunteerId, (doc) => removeSlot(doc, slot.id))
  await newsroom.rows()
  expect(await free(), 'removing a slot leaves its draft').toEqual([draft])
})

test('a slot is found by its own words and by those of its draft, the newest first, page by page', async () => {
  const draft = granted(await newsroom.drafts.create(editor, { title: 'Zibeline' }))
  const old = slotOn('2027-03-01', { tags: ['zibeline'] })
  const late = slotOn('2027-06-01', { title: 'Sans mot', draft })
  const many = Array.from({ length: 60 }, (_, at) =>
    slotOn(`2027-05-${String((at % 28) + 1).padStart(2, '0')}`, { note: 'zibelines' }),
  )
  await newsroom.plan(old, late, ...many)
  await newsroom.rows()
  const first = await newsroom.calendar.search(reader, 'zibeline', 0)
  const second = await newsroom.calendar.search(reader, 'zibeline', 50)
  expect([first.slots.length, first.more, second.slots.length, second.more]).toEqual([50, true, 12, false])
  const found = [...first.slots, ...second.slots].map(({ slot }) => slot.id)
  expect(new Set(found).size).toBe(62)
  expect([found[0], found.at(-1)]).toEqual([late.id, old.id])
  expect(await newsroom.calendar.search(reader, ' …', 0)).toEqual({ slots: [], more: false })
})

test('days are asked for with both ends, and without', async () => {
  const slot = slotOn('2027-07-10', { time: { kind: 'allDay', date: '2027-07-10' }, days: 3 })
  await newsroom.plan(slot)
  await newsroom.rows()
  const found = async (from: string | null, to: string | null) =>
    (await newsroom.calendar.range(reader, from, to)).some((row) => row.slot.id === slot.id)
  expect(await found('2027-07-12', '2027-07-20')).toBe(true)
  expect(await found('2027-07-01', '2027-07-10')).toBe(true)
  expect(await found('2027-07-13', null)).toBe(false)
  expect(await found(null, '2027-07-09')).toBe(false)
  expect(await found(null, null)).toBe(true)
  expect(await found('0000-01-01', '9999-12-31')).toBe(true)
  expect(await found(null, '0000-12-31')).toBe(false)
})

test('an edit of the server that fails halfway is in the log as far as it went', async () => {
  const slot = slotOn(DAY)
  const failing = newsroom.sync.edit(CALENDAR.name, editor.volunteerId, (doc) => {
    putSlot(doc, slot)
    throw new Error('halfway')
  })
  await expect(failing).rejects.toThrow('halfway')
  await newsroom.plan(slotOn(DAY))
  expect(slotIn(await newsroom.document(), slot.id)).toEqual(slot)
})
