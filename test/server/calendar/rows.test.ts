import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeSlot, setFields } from '#lib/documents/calendar/edits.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Database } from '#server/db/database.ts'
import { newSlotId, slotOn, timeOn } from '#test/server/sync/guard-harness.ts'
import { until } from '#test/server/sync/harness.ts'
import { freshNewsroom, type OpenNewsroom, openNewsroom } from './newsroom.ts'

let database: Database
let newsroom: OpenNewsroom
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
})
afterAll(() => newsroom.close())

async function columnsOf(id: string) {
  const { rows } = await database.pool.query(
    `select first_day::text, last_day::text, draft_id, uid, uid_day, search_text, updated_at
     from calendar_slots where id = $1`,
    [id],
  )
  return rows[0]
}

test('a slot has its row soon after it was planned, moved or renamed, and none when it was removed', async () => {
  const slot = slotOn('2027-03-20')
  const author = (await newsroom.person('editor')).volunteerId
  await newsroom.plan({ ...slot, createdBy: author })
  await until('it has a row', async () => (await newsroom.calendar.find('operator', slot.id)) !== null)
  await newsroom.sync.edit(CALENDAR.name, author, (doc) =>
    setFields(doc, slot.id, { time: timeOn('2027-04-02'), title: 'Déplacé' }),
  )
  expect(await newsroom.row(slot.id)).toEqual({
    slot: { ...slot, createdBy: author, time: timeOn('2027-04-02'), title: 'Déplacé' },
    archived: false,
  })
  await newsroom.sync.edit(CALENDAR.name, author, (doc) => removeSlot(doc, slot.id))
  expect(await newsroom.row(slot.id)).toBeNull()
})

test('a row knows the days that a slot touches by the newsroom’s clocks, its draft, and the words it is found by', async () => {
  const draft = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a' as DraftId
  const late = slotOn('2027-03-20', {
    time: { kind: 'timed', at: '2027-03-21T03:30:00Z', zone: 'America/Toronto' },
    minutes: 60,
    title: 'L’Œuvre',
    tags: ['été'],
    note: 'Rimouski',
    draft,
    uid: 'abc@example',
    partOf: { slot: newSlotId(), day: '2027-03-19' },
  })
  const endless = slotOn('2027-03-20', {
    repeat: { freq: 'weekly', every: 1, weekdays: [], nth: null, end: null },
  })
  await newsroom.plan(late, endless)
  await newsroom.rows()
  expect(await columnsOf(late.id)).toMatchObject({
    first_day: '2027-03-20',
    last_day: '2027-03-21',
    draft_id: draft,
    uid: 'abc@example',
    uid_day: '2027-03-19',
    search_text: 'l oeuvre ete rimouski',
  })
  expect(await columnsOf(endless.id)).toMatchObject({ first_day: '2027-03-20', last_day: null })
})

test('the row of a slot that nobody touched is not written again', async () => {
  const [one, other] = [slotOn('2027-03-20'), slotOn('2027-03-20')]
  await newsroom.plan(one, other)
  await newsroom.rows()
  const before = await columnsOf(one.id)
  await newsroom.sync.edit(CALENDAR.name, (await newsroom.person('editor')).volunteerId, (doc) =>
    setFields(doc, other.id, { note: 'autre' }),
  )
  await newsroom.rows()
  expect((await columnsOf(one.id))?.updated_at).toEqual(before?.updated_at)
  expect((await columnsOf(other.id))?.updated_at).not.toEqual(before?.updated_at)
})

test('a document that is late does not write over a newer one', async () => {
  const slot = slotOn('2027-03-20')
  await newsroom.plan(slot)
  await newsroom.rows()
  await database.pool.query('update documents set projected_seq = projected_seq + 1000 where name = $1', [
    CALENDAR.name,
  ])
  const author = (await newsroom.person('editor')).volunteerId
  await newsroom.sync.edit(CALENDAR.name, author, (doc) => removeSlot(doc, slot.id))
  expect(await newsroom.row(slot.id)).not.toBeNull()
  await database.pool.query('update documents set projected_seq = projected_seq - 1000 where name = $1', [
    CALENDAR.name,
  ])
  expect(await newsroom.row(slot.id)).toBeNull()
})

test('words that PostgreSQL cannot hold do not keep the rows of others from being written', async () => {
  const wild = slotOn('2027-03-20', { title: `a\0b${'x'.repeat(296)}🐟`, note: '\0', tags: ['\0tag'] })
  const other = slotOn('2027-03-21')
  await newsroom.plan(wild, other)
  expect((await newsroom.row(wild.id))?.slot.title.startsWith('abx')).toBe(true)
  expect(await newsroom.row(other.id)).not.toBeNull()
})

test('another zone of the newsroom gives the rows other days', async () => {
  const slot = slotOn('2027-03-20', {
    time: { kind: 'timed', at: '2027-03-20T02:00:00Z', zone: 'America/Toronto' },
  })
  await newsroom.plan(slot)
  await newsroom.rows()
  expect(await columnsOf(slot.id)).toMatchObject({ first_day: '2027-03-19' })
  const coordinator = await newsroom.person('coordinator')
  const settings = await newsroom.calendar.settings()
  expect(await newsroom.calendar.configure(coordinator, { ...settings, zone: 'Europe/Paris' })).toEqual({
    ok: true,
    value: undefined,
  })
  expect(await columnsOf(slot.id)).toMatchObject({ first_day: '2027-03-20' })
  await newsroom.calendar.configure(coordinator, settings)
})

test('who opens the calendar hears of rows only where the archive changed', async () => {
  newsroom.told.length = 0
  await newsroom.plan(slotOn('2027-03-20'))
  await newsroom.rows()
  expect(newsroom.told.filter(({ type }) => type === 'calendar.changed')).toEqual([])
})
