import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decisions } from '#drizzle/schema/index.ts'
import { lockEntries } from '#lib/documents/calendar/shape.ts'
import { createTransfer } from '#server/calendar/transfer.ts'
import type { Database } from '#server/db/database.ts'
import { createInvitations } from '#server/invitations/use-cases.ts'
import { createNewsroom } from '#server/newsroom/use-cases.ts'
import { bytesOf, calendar, event } from '#test/server/calendar/ics.ts'
import { freshNewsroom, NOW, type OpenNewsroom, openNewsroom } from '#test/server/calendar/newsroom.ts'
import { newSlotId, slotOn } from '#test/server/sync/guard-harness.ts'
import { freshDatabase } from '#test/support/database.ts'
import { ADDRESS, PASSWORD, peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

let database: Database
let newsroom: OpenNewsroom
let people: ReturnType<typeof peopleOf>
const events = recordedEvents()
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
  people = peopleOf(database, events)
})
afterAll(() => newsroom.close())

/** What was decided while `act` ran, in the order in which it was written down. */
async function decidedIn(act: () => Promise<unknown>, base = database) {
  const read = () => base.orm.select().from(decisions).orderBy(asc(decisions.id))
  const before = (await read()).length
  await act()
  return (await read())
    .slice(before)
    .map(({ volunteerId, action, detail }) => ({ by: volunteerId, action, detail }))
}

test('every change of the staff is written down once, by whom and about whom', async () => {
  const maude = await people.join('coordinator')
  const bo = await people.add('editor')
  const { changeRole, suspend, reinstate } = people.volunteers
  const by = maude.volunteerId
  const made = await decidedIn(async () => {
    await changeRole(maude, bo, 'contributor')
    await changeRole(maude, bo, 'contributor')
    await suspend(maude, bo)
    await suspend('operator', bo)
    await reinstate('operator', bo)
    await reinstate(maude, bo)
  })
  expect(made).toEqual([
    { by, action: 'volunteer.role', detail: { volunteerId: bo, from: 'editor', to: 'contributor' } },
    { by, action: 'volunteer.suspended', detail: { volunteerId: bo } },
    { by: null, action: 'volunteer.reinstated', detail: { volunteerId: bo } },
  ])
})

test('a change of the staff that is refused is not written down', async () => {
  const editor = await people.join('editor')
  const other = await people.add('reader')
  expect(await decidedIn(() => people.volunteers.suspend(editor, other))).toEqual([])
})

test('who comes in is written down, and how, but no e-mail address', async () => {
  const maude = await people.join('coordinator')
  const { create, accept, revoke } = createInvitations({
    ...{ database, events, secret: SECRET, mail: null },
    publicUrl: new URL('https://pupitre.exemple.org'),
    newsroomName: async () => 'Essai',
  })
  const guest = {
    name: 'Paul',
    email: 'paul@exemple.org',
    password: PASSWORD,
    locale: 'fr',
    address: ADDRESS,
  } as const
  const by = maude.volunteerId
  const made = await decidedIn(async () => {
    const sent = await create(maude, { role: 'editor', email: 'paul@exemple.org' })
    const second = await create(maude, { role: 'reader', email: null })
    if (!sent.ok || !second.ok) throw new Error('not invited')
    await revoke(maude, second.value.id)
    await revoke(maude, second.value.id)
    expect((await accept(sent.value.url.split('/').at(-1) ?? '', guest)).ok).toBe(true)
    expect((await accept(sent.value.url.split('/').at(-1) ?? '', guest)).ok).toBe(false)
    await people.volunteers.add({ ...guest, email: 'alex@exemple.org', role: 'commenter' })
  })
  const paul = made[3]?.by
  expect(made).toEqual([
    { by, action: 'volunteer.invited', detail: { role: 'editor' } },
    { by, action: 'volunteer.invited', detail: { role: 'reader' } },
    { by, action: 'volunteer.uninvited', detail: {} },
    { by: paul, action: 'volunteer.joined', detail: { volunteerId: paul, role: 'editor', invitedBy: by } },
    {
      by: null,
      action: 'volunteer.joined',
      detail: { volunteerId: expect.any(String), role: 'commenter', way: 'operator' },
    },
  ])
  expect(JSON.stringify(made)).not.toContain('@')
})

test('who set the newsroom up is its first line', async () => {
  const fresh = await freshDatabase()
  const { setUp, setUpCode } = createNewsroom({ database: fresh, secret: SECRET })
  const input = {
    newsroomName: 'Essai',
    name: 'Maude',
    email: 'maude@exemple.org',
    password: PASSWORD,
    locale: 'fr',
  }
  const made = await decidedIn(
    () => setUp({ ...input, locale: 'fr', address: ADDRESS, code: setUpCode() }),
    fresh,
  )
  const [{ by } = { by: null }] = made
  expect(made).toEqual([
    { by, action: 'volunteer.joined', detail: { volunteerId: by, role: 'coordinator', way: 'setUp' } },
  ])
})

test('locks are written down as they are set and taken off, and nothing where there was nothing to do', async () => {
  const maude = await newsroom.person('coordinator')
  const slot = slotOn('2027-04-05', { title: 'Débat', createdBy: maude.volunteerId })
  await newsroom.plan(slot)
  await newsroom.rows()
  const by = maude.volunteerId
  const { lock, unlock } = newsroom.calendar
  const onSlot = { type: 'slot', slot: slot.id } as const
  const made = await decidedIn(async () => {
    await lock(maude, onSlot, ' le débat ')
    await lock(maude, { type: 'slot', slot: newSlotId() }, 'nulle part')
    await lock(maude, { type: 'day', day: '2027-04-06' }, '')
    await unlock(maude, onSlot)
    expect(await unlock(maude, onSlot)).toEqual({ ok: true, value: undefined })
    await lock(await newsroom.person('editor'), onSlot, 'non')
  })
  expect(made).toEqual([
    { by, action: 'calendar.locked', detail: { slotId: slot.id, title: 'Débat', reason: 'le débat' } },
    { by, action: 'calendar.locked', detail: { day: '2027-04-06', reason: '' } },
    { by, action: 'calendar.unlocked', detail: { slotId: slot.id, title: 'Débat' } },
  ])
})

test('there is no lock whose line could not be written', async () => {
  const maude = await newsroom.person('coordinator')
  await database.pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'not now'; end $$;
    create trigger refuse before insert on decisions for each row execute function refuse()`)
  const target = { type: 'day', day: '2027-05-01' } as const
  await expect(newsroom.calendar.lock(maude, target, '')).rejects.toThrow()
  await database.pool.query('drop trigger refuse on decisions; drop function refuse')
  const days = [...lockEntries(await newsroom.document())].map(({ target: held }) => held)
  expect(days).not.toContainEqual(target)
})

test('twenty-five coordinators who lock at the same moment all get their way, each with a line', async () => {
  const fresh = await freshNewsroom()
  const other = await openNewsroom({ database: fresh })
  const everybody = await Promise.all(Array.from({ length: 25 }, () => other.person('coordinator')))
  const made = await decidedIn(
    () =>
      Promise.all(
        everybody.map((actor, index) =>
          other.calendar.lock(actor, { type: 'day', day: `2027-06-${`${index + 1}`.padStart(2, '0')}` }, ''),
        ),
      ),
    fresh,
  )
  expect(made).toHaveLength(25)
  expect([...lockEntries(await other.document())]).toHaveLength(25)
  await other.close()
})

test('an import is written down with how much it changes; one that changes nothing is not', async () => {
  const editor = await newsroom.person('editor')
  const transfer = createTransfer({
    database,
    events: { publish: newsroom.publish },
    hold: newsroom.sync.hold,
    publicUrl: new URL('https://pupitre.example'),
    now: () => NOW.getTime(),
  })
  const file = bytesOf(calendar(event('UID:un\nSUMMARY:Un\nDTSTART:20270605T120000Z\n')))
  const quiet = () => {}
  const made = await decidedIn(async () => {
    await transfer.preview(editor, file)
    expect((await transfer.import(editor, file, quiet)).ok).toBe(true)
    expect((await transfer.import('operator', file, quiet)).ok).toBe(true)
    expect((await transfer.import(await newsroom.person('reader'), file, quiet)).ok).toBe(false)
  })
  expect(made).toEqual([
    { by: editor.volunteerId, action: 'calendar.imported', detail: { added: 1, updated: 0 } },
  ])
})
