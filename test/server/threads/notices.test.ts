import { beforeAll, beforeEach, expect, it } from 'vitest'
import { documentClients } from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { mentionOf } from '#lib/domain/threads/comment.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { aDraft, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

let desk: ThreadDesk
let leo: Actor
let zoe: Actor
beforeAll(async () => {
  desk = await makeThreads()
  leo = await addActor(desk.database, 'commenter', 'Léo')
  zoe = await addActor(desk.database, 'editor', 'Zoé')
})
beforeEach(() => desk.forget())

const named = (...actors: readonly Actor[]) => actors.map((actor) => mentionOf(actor.volunteerId)).join(' ')
const to = (...actors: readonly Actor[]) => actors.map((actor) => actor.volunteerId).toSorted()

it('a new thread is told to whoever began the draft and whoever wrote in it, but not to who opened it', async () => {
  const { database, draft, maude, notices } = desk
  const document = draftDocument(draft)
  const hands = [11, 12].map((clientId) => ({
    document,
    clientId,
    volunteerId: zoe.volunteerId,
    firstSeq: 1,
  }))
  await database.orm.insert(documentClients).values(hands)
  const ids = await desk.open(leo, 'Bravo')
  expect(notices).toEqual([
    {
      kind: 'thread',
      to: to(maude, zoe),
      by: leo.volunteerId,
      draftId: draft,
      slotId: null,
      threadId: ids.id,
      commentId: ids.comment,
    },
  ])
  desk.forget()
  await desk.open(zoe)
  expect(notices).toMatchObject([{ kind: 'thread', to: to(maude) }])
})

it('who is named hears that, and not of the thread or the reply as well; nobody hears of themselves', async () => {
  const { maude, notices } = desk
  const { id } = await desk.open(leo, `Qu’en penses-tu ${named(maude, leo, maude)}`)
  expect(notices.find(({ kind }) => kind === 'mention')).toMatchObject({ to: to(maude), by: leo.volunteerId })
  expect(notices.find(({ kind }) => kind === 'thread')?.to).not.toContain(maude.volunteerId)
  desk.forget()
  await desk.reply(zoe, id, `${named(leo)} oui`)
  expect(notices.map(({ kind, to: told }) => ({ kind, to: told }))).toEqual([
    { kind: 'mention', to: to(leo) },
    { kind: 'reply', to: to(maude) },
  ])
})

it('authors, repliers and people named follow a thread; others do not', async () => {
  const { threads, maude } = desk
  const reader = await addActor(desk.database, 'reader', 'Ève')
  const { id } = await desk.open(leo, `Bonjour ${named(reader)}`)
  expect(await threads.follows(zoe, id)).toBe(false)
  await desk.reply(zoe, id)
  const follow = await Promise.all([leo, zoe, reader, maude].map((actor) => threads.follows(actor, id)))
  expect(follow).toEqual([true, true, true, false])
})

it('who asked to hear no more hears of no reply, not even after writing again, but still of being named', async () => {
  const { threads, notices } = desk
  const { id } = await desk.open(leo)
  await desk.reply(zoe, id)
  granted(await threads.setFollowing(leo, id, false))
  desk.forget()
  await desk.reply(zoe, id)
  await desk.reply(leo, id)
  expect(notices).toMatchObject([{ kind: 'reply', to: to(zoe) }])
  desk.forget()
  await desk.reply(zoe, id, named(leo))
  expect(notices).toMatchObject([{ kind: 'mention', to: to(leo) }])
  expect(await threads.follows(leo, id)).toBe(false)
  granted(await threads.setFollowing(leo, id, true))
  expect(await threads.follows(leo, id)).toBe(true)
  expect(await threads.setFollowing(leo, newThread(), true)).toEqual({ ok: false, error: 'missing' })
})

it('naming somebody afterwards tells them, and those named before hear nothing a second time', async () => {
  const { threads, maude, notices } = desk
  const { id, comment } = await desk.open(leo, named(maude))
  desk.forget()
  granted(await threads.edit(leo, { id: comment, body: named(maude, zoe) }))
  expect(notices).toMatchObject([{ kind: 'mention', to: to(zoe), threadId: id, commentId: comment }])
})

it('what is refused or sent twice tells nobody', async () => {
  const { threads, draft, notices } = desk
  const stranger = mentionOf(crypto.randomUUID() as typeof leo.volunteerId)
  const call = (body: string) => ({
    id: newThread(),
    subject: aDraft(draft),
    anchor: null,
    comment: { id: newComment(), body },
  })
  await threads.open(leo, call(`${named(zoe)} ${stranger}`))
  await threads.open(leo, call(''))
  expect([notices, desk.told]).toEqual([[], []])
  const thread = call(named(zoe))
  await threads.open(leo, thread)
  desk.forget()
  await threads.open(leo, thread)
  expect([notices, desk.told]).toEqual([[], []])
})
