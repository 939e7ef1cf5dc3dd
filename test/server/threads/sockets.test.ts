import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { draftDocument } from '#lib/documents/registry.ts'
import { mentionOf } from '#lib/domain/threads/comment.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import type { EventPort, ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { newsOf } from '#server/news.ts'
import { createThreads } from '#server/threads/use-cases.ts'
import { threadNews } from '#server/threads/views.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { type House, openHouse, silent, until } from '#test/server/sync/harness.ts'
import { updateMessage } from '#test/server/sync/room-harness.ts'
import { type RawSocket, rawSocket } from '#test/support/sync-client-raw.ts'
import { ANCHOR, aDraft, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

let desk: ThreadDesk
let house: House
/** Two processes on one database: one where comments are written, one whose sockets tell of them. */
let here: EventPort
let there: EventPort
let threads: ThreadDesk['threads']

beforeAll(async () => {
  desk = await makeThreads()
  const { database } = desk
  here = await createEvents({ database, log: silent })
  there = await createEvents({ database, log: silent })
  threads = createThreads({ database, events: here, notify: async () => {}, slotExists: async () => true })
  const nobody = { news: async () => [], newsOf: async () => [] }
  const told = {
    inbox: nobody,
    suggestions: nobody,
    reviews: nobody,
    threads: { news: threadNews(database.orm) },
  }
  house = await openHouse({ database, newsOf: newsOf(told) })
  there.subscribe((event: ServerEvent) => house.events.publish(event))
})
afterAll(async () => {
  await house.close()
  await Promise.all([here.close(), there.close()])
})

async function listen(): Promise<RawSocket> {
  const reader = await addActor(desk.database, 'reader', 'Ève')
  const socket = await rawSocket(`${house.url}/newsroom`, house.admit(reader))
  await until('it is greeted', () => socket.messages.length > 0)
  return socket
}

const heard = (socket: RawSocket) =>
  (socket.json() as NewsroomEvent[]).filter(({ type }) => type === 'thread' || type === 'threadGone')

it('every open page hears of a comment at once: the head of the thread, and that comment alone', async () => {
  const pages = await Promise.all([listen(), listen()])
  const { maude, draft } = desk
  const id = newThread()
  const first = { id: newComment(), body: 'Un' }
  const opened = granted(
    await threads.open(maude, { id, subject: aDraft(draft), anchor: ANCHOR, comment: first }),
  )
  const replied = granted(await threads.reply(maude, { id: newComment(), threadId: id, body: '<b>Deux</b>' }))
  await until('both are told', () => pages.every((page) => heard(page).length === 2), 2000)
  const { comments, ...head } = opened
  for (const page of pages)
    expect(heard(page)).toMatchObject([
      { type: 'thread', thread: { ...head, version: expect.any(Number) }, comments },
      { type: 'thread', thread: { ...head, version: 2 }, comments: [replied] },
    ])
  granted(await threads.setResolved(maude, id, true))
  granted(await threads.remove(maude, replied.id))
  granted(await threads.remove(maude, first.id))
  await until('all is told', () => pages.every((page) => heard(page).length === 5), 2000)
  for (const page of pages) {
    expect(heard(page).at(-1)).toEqual({ type: 'threadGone', id })
    page.close()
  }
})

it('what is refused reaches nobody', async () => {
  const page = await listen()
  const { maude, draft } = desk
  const open = (body: string) =>
    threads.open(maude, {
      id: newThread(),
      subject: aDraft(draft),
      anchor: null,
      comment: { id: newComment(), body },
    })
  expect((await open(`Salut ${mentionOf(crypto.randomUUID() as typeof maude.volunteerId)}`)).ok).toBe(false)
  granted(await open('Bon'))
  await until('the good one is told', () => heard(page).length > 0, 2000)
  expect(heard(page)).toMatchObject([{ comments: [{ body: 'Bon' }] }])
  page.close()
})

it('a comment is on fifty open pages in well under a second, nearly always', async () => {
  const pages = await Promise.all(Array.from({ length: 50 }, listen))
  const { maude, draft } = desk
  const waits: number[] = []
  for (let n = 0; n < 20; n += 1) {
    const before = pages.map((page) => heard(page).length)
    const begun = performance.now()
    const comment = { id: newComment(), body: `Numéro ${n}` }
    granted(await threads.open(maude, { id: newThread(), subject: aDraft(draft), anchor: ANCHOR, comment }))
    await until('all fifty know', () => pages.every((page, at) => heard(page).length > (before[at] ?? 0)))
    waits.push(performance.now() - begun)
  }
  const p95 = waits.toSorted((one, other) => one - other)[18] ?? Number.POSITIVE_INFINITY
  // The promise is 150 ms, and bench/ measures it; a loaded machine of the tests is given more time.
  expect(p95).toBeLessThan(1000)
  for (const page of pages) page.close()
})

it('a socket writes no comment: whatever a page says to the newsroom closes it, and nothing is kept', async () => {
  const { maude, draft } = desk
  const before = granted(await threads.list(maude, aDraft(draft))).length
  const comment = { id: newComment(), author: maude.volunteerId, body: 'Forgé' }
  const thread = {
    id: newThread(),
    subject: aDraft(draft),
    anchor: null,
    createdBy: maude.volunteerId,
    version: 1,
  }
  const frames = [
    JSON.stringify({ type: 'thread', thread, comments: [comment] }),
    JSON.stringify({ type: 'thread.changed', threadId: thread.id, commentId: comment.id }),
    new TextEncoder().encode(JSON.stringify({ type: 'thread', thread, comments: [comment] })),
  ]
  const witness = await listen()
  for (const frame of frames) {
    const socket = await listen()
    socket.send(frame)
    await until('it is closed', () => socket.code() !== null)
    expect(socket.code()).toBe(CLOSE.badMessage)
  }
  expect(granted(await threads.list(maude, aDraft(draft)))).toHaveLength(before)
  expect(heard(witness)).toEqual([])
  witness.close()
})

it('nor does the document of a draft hold any: a client that writes them there is closed', async () => {
  const { maude, draft } = desk
  const name = draftDocument(draft)
  const before = granted(await threads.list(maude, aDraft(draft)))
  for (const root of ['threads', 'comments']) {
    const socket = await rawSocket(`${house.url}/${name}`, house.admit(maude))
    await until('it is seated', () => socket.messages.length > 0)
    const forged = new Y.Doc()
    forged.getMap(root).set(newThread(), { createdBy: maude.volunteerId, body: 'Forgé' })
    socket.send(updateMessage(Y.encodeStateAsUpdate(forged)))
    await until('it is closed', () => socket.code() !== null)
    expect(socket.code()).toBe(CLOSE.badMessage)
  }
  expect(granted(await threads.list(maude, aDraft(draft)))).toEqual(before)
})
