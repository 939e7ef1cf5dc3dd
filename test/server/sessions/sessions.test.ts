import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { forgetEverybody, peopleOf, recordedEvents } from '#test/support/people.ts'

let database: Database
let events: ReturnType<typeof recordedEvents>
let people: ReturnType<typeof peopleOf>

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  events = recordedEvents()
  people = peopleOf(database, events)
})

const alive = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await people.sessions.actorOf(id)) !== null))

test('signing out ends that session, and the rooms hear of it', async () => {
  const here = await people.join('editor')
  const there = await people.sessions.open(here.volunteerId, 'Phone')
  events.published.length = 0
  await people.sessions.end(here.sessionId)
  expect(await alive([here.sessionId, there?.sessionId ?? ''])).toEqual([false, true])
  expect(events.published).toEqual([{ type: 'session.ended', sessionId: here.sessionId }])
})

test('signing out everywhere ends every session, or all but this one', async () => {
  const here = await people.join('editor')
  const phone = await people.sessions.open(here.volunteerId, 'Phone')
  const stranger = await people.join('editor')
  events.published.length = 0
  await people.sessions.endAll(here, { keepThis: true })
  expect(await alive([here.sessionId, phone?.sessionId ?? '', stranger.sessionId])).toEqual([
    true,
    false,
    true,
  ])
  expect(events.published).toEqual([{ type: 'session.ended', sessionId: phone?.sessionId }])
  await people.sessions.endAll(here, { keepThis: false })
  expect(await alive([here.sessionId, stranger.sessionId])).toEqual([false, true])
})

test('a volunteer ends a session of their own, and nobody else’s', async () => {
  const here = await people.join('coordinator')
  const phone = await people.sessions.open(here.volunteerId, 'Phone')
  const other = await people.join('editor')
  expect(await people.sessions.endOne(here, other.sessionId)).toEqual({ ok: false, error: 'missing' })
  expect(phone && (await people.sessions.endOne(here, phone.sessionId))).toMatchObject({ ok: true })
  expect(await alive([other.sessionId, phone?.sessionId ?? ''])).toEqual([true, false])
})

test('the list holds the live sessions of the one who asks, and knows which one asks', async () => {
  const here = await people.join('editor')
  const phone = await people.sessions.open(here.volunteerId, 'x'.repeat(2000))
  const gone = await people.sessions.open(here.volunteerId, 'Gone')
  if (gone) await people.sessions.end(gone.sessionId)
  await people.join('editor')
  const listed = await people.sessions.listOf(here)
  expect(new Set(listed.map(({ id, current }) => `${id} ${current}`))).toEqual(
    new Set([`${here.sessionId} true`, `${phone?.sessionId} false`]),
  )
  expect(Math.max(...listed.map(({ userAgent }) => userAgent.length))).toBe(400)
})

test('a session whose end could not be announced has not ended, and whoever asked learns it', async () => {
  const here = await people.join('editor')
  events.failNext(1)
  await expect(people.sessions.end(here.sessionId)).rejects.toThrow('took no news')
  expect(await alive([here.sessionId])).toEqual([true])
  await people.sessions.end(here.sessionId)
  expect(await alive([here.sessionId])).toEqual([false])
})
