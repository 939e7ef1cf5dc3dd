import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type RawSocket, rawSocket } from '#test/support/sync-client-raw.ts'
import { actorNamed, addDocument, addPeople, type House, openHouse, until } from './harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database
let house: House

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
  house = await openHouse({ database })
})
afterAll(() => house.close())

const person = (actor: typeof ada) => ({
  volunteerId: actor.volunteerId,
  name: actor.name,
  color: actor.color,
})
const newsOf = (socket: RawSocket) => socket.json() as NewsroomEvent[]

async function listen(actor = ada): Promise<RawSocket> {
  const socket = await rawSocket(`${house.url}/newsroom`, house.admit(actor))
  await until('it is greeted', () => socket.messages.length > 0)
  return socket
}

test('a page that comes is told who is where, each person once', async () => {
  const { id, name } = await addDocument(database)
  const tabs = [
    await rawSocket(`${house.url}/${name}`, house.admit(bo)),
    await rawSocket(`${house.url}/${name}`, house.admit(bo)),
  ]
  await until('both tabs are seated', () => tabs.every((tab) => tab.messages.length > 0))
  const page = await listen()
  expect(newsOf(page)[0]).toEqual({ type: 'presences', drafts: { [id]: [person(bo)] } })
  expect(house.sync.presences()).toEqual({ [id]: [person(bo)] })
  for (const socket of [...tabs, page]) socket.close()
  await until('all are gone', () => house.sync.stats().sockets === 0)
})

test('pages hear who comes into a draft and who leaves it', async () => {
  const page = await listen()
  const { id, name } = await addDocument(database)
  const socket = await rawSocket(`${house.url}/${name}`, house.admit(bo))
  const told = () => newsOf(page).filter((news) => news.type === 'presence' && news.draftId === id)
  await until('the coming is told', () => told().length === 1)
  expect(told()).toEqual([{ type: 'presence', draftId: id, people: [person(bo)] }])
  socket.close()
  await until('the leaving is told', () => told().length === 2)
  expect(told()[1]).toEqual({ type: 'presence', draftId: id, people: [] })
  page.close()
})

test('pages hear of changed drafts, many changes at once as one, and of the team', async () => {
  const page = await listen()
  const { id } = await addDocument(database)
  for (let change = 0; change < 20; change += 1) house.events.publish({ type: 'draft.changed', draftId: id })
  house.events.publish({ type: 'team.changed' })
  await until('both are told', () => newsOf(page).some((news) => news.type === 'draft'))
  expect(newsOf(page).filter((news) => news.type === 'draft')).toEqual([
    { type: 'draft', draft: expect.objectContaining({ id }) },
  ])
  expect(newsOf(page)).toContainEqual({ type: 'team' })
  page.close()
})

test('R9: a page has nothing to say to the newsroom', async () => {
  const page = await listen()
  page.send('bonjour')
  await until('it is closed', () => page.code() !== null)
  expect(page.code()).toBe(CLOSE.badMessage)
})

test('R10: a page whose volunteer signed out is closed', async () => {
  const page = await listen(bo)
  house.people.delete(bo.volunteerId)
  house.events.publish({ type: 'session.ended', sessionId: bo.sessionId })
  await until('it is closed', () => page.code() !== null, 2000)
  expect(page.code()).toBe(CLOSE.signedOut)
})

test('a page without a session is closed with signedOut', async () => {
  const { origin } = house.admit(ada)
  const page = await rawSocket(`${house.url}/newsroom`, { origin })
  await until('it is closed', () => page.code() !== null)
  expect(page.code()).toBe(CLOSE.signedOut)
})
