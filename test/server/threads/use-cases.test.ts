import { randomUUID } from 'node:crypto'
import { asc } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decisions, threadComments, threads as threadRows } from '#drizzle/schema/index.ts'
import type { DraftId, SlotId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { MAX_COMMENT, mentionOf } from '#lib/domain/threads/comment.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { ANCHOR, aDraft, aSlot, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

let desk: ThreadDesk
let leo: Actor
let zoe: Actor
beforeAll(async () => {
  desk = await makeThreads()
  leo = await addActor(desk.database, 'commenter', 'Léo')
  zoe = await addActor(desk.database, 'editor', 'Zoé')
})
beforeEach(() => desk.forget())

const slot = () => {
  const id = randomUUID() as string as SlotId
  desk.slots.add(id)
  return id
}

describe('opening a thread', () => {
  it('answers with the thread as everybody reads it', async () => {
    const { threads, draft, maude } = desk
    const id = newThread()
    const comment = { id: newComment(), body: '  Est-ce bien <b>le budget</b> ?\r\n ' }
    const opened = granted(await threads.open(leo, { id, subject: aDraft(draft), anchor: ANCHOR, comment }))
    expect(opened).toEqual({
      id,
      subject: { kind: 'draft', id: draft },
      anchor: ANCHOR,
      createdBy: leo.volunteerId,
      createdAt: expect.stringMatching(/Z$/),
      resolved: null,
      version: 1,
      comments: [
        {
          id: comment.id,
          author: leo.volunteerId,
          body: 'Est-ce bien <b>le budget</b> ?',
          createdAt: expect.stringMatching(/Z$/),
          editedAt: null,
          deletedAt: null,
          reactions: [],
        },
      ],
    })
    expect(granted(await threads.list(maude, aDraft(draft)))).toContainEqual(opened)
    expect(desk.told).toEqual([{ type: 'thread.changed', threadId: id, commentId: comment.id }])
  })

  it('twice with the same ids opens it once, even at the same moment, and answers the same', async () => {
    const { threads, draft, database } = desk
    const call = {
      id: newThread(),
      subject: aDraft(draft),
      anchor: null,
      comment: { id: newComment(), body: 'Une fois' },
    }
    const answers = await Promise.all(Array.from({ length: 5 }, () => threads.open(leo, call)))
    const later = await threads.open(leo, { ...call, comment: { ...call.comment, body: 'Autrement' } })
    for (const answer of [...answers, later]) expect(answer).toEqual(answers[0])
    expect(granted(later).comments).toHaveLength(1)
    expect(desk.told).toHaveLength(1)
    const rows = await database.orm.select().from(threadComments)
    expect(rows.filter(({ body }) => body === 'Une fois')).toHaveLength(1)
  })

  it('with an id that somebody else has drawn is refused, and leaves nothing', async () => {
    const { threads, draft, database } = desk
    const { id, comment } = await desk.open(leo)
    const before = await database.orm.select().from(threadRows)
    const subject = aDraft(draft)
    const attempts = [
      [zoe, id, comment],
      [zoe, id, newComment()],
      [leo, id, newComment()],
      [leo, newThread(), comment],
      [zoe, newThread(), comment],
    ] as const
    for (const [actor, threadId, commentId] of attempts) {
      const call = { id: threadId, subject, anchor: null, comment: { id: commentId, body: 'Volé' } }
      expect(await threads.open(actor, call)).toEqual({ ok: false, error: 'idTaken' })
    }
    expect(await database.orm.select().from(threadRows)).toEqual(before)
  })

  it('is refused on a draft that is not there, a slot that never was, and an archived draft', async () => {
    const { threads, drafts, maude } = desk
    const old = granted(await drafts.create(maude, { title: 'Vieux' }))
    granted(await drafts.archive(maude, old))
    const open = (subject: Parameters<typeof threads.list>[1]) =>
      threads.open(maude, {
        id: newThread(),
        subject,
        anchor: null,
        comment: { id: newComment(), body: 'Oui' },
      })
    expect(await open(aDraft(randomUUID() as string as DraftId))).toEqual({ ok: false, error: 'missing' })
    expect(await open(aSlot(randomUUID() as string as SlotId))).toEqual({ ok: false, error: 'missing' })
    expect(await open(aDraft(old))).toEqual({ ok: false, error: 'forbidden' })
    expect(granted(await threads.list(maude, aDraft(old)))).toEqual([])
  })

  it('works on a slot, where nothing is anchored and the thread outlives the slot', async () => {
    const { threads, maude, slots } = desk
    const id = slot()
    const thread = await desk.open(maude, 'À 18 h plutôt ?', aSlot(id))
    slots.delete(id)
    await desk.reply(leo, thread.id, 'Trop tard')
    const found = await desk.only(thread.id, aSlot(id))
    expect(found).toMatchObject({ anchor: null, subject: { kind: 'slot', id } })
    expect(found.comments.map(({ body }) => body)).toEqual(['À 18 h plutôt ?', 'Trop tard'])
    expect(granted(await threads.list(maude, aSlot(slot())))).toEqual([])
  })
})

describe('a comment', () => {
  it('of a megabyte, of nothing, or naming nobody who can be told is refused with its own word', async () => {
    const { threads } = desk
    const gone = await addActor(desk.database, 'editor', 'Ancien')
    await desk.suspend(gone)
    const { id } = await desk.open(leo)
    const stranger = randomUUID() as string as VolunteerId
    const refused: readonly (readonly [string, string])[] = [
      ['x'.repeat(1_000_000), 'tooLong'],
      ['é'.repeat(MAX_COMMENT + 1), 'tooLong'],
      ['', 'empty'],
      [' \n\u200b\0\u0007 ', 'empty'],
      [`Salut ${mentionOf(gone.volunteerId)}`, 'mentionUnknown'],
      [`Salut ${mentionOf(stranger)}`, 'mentionUnknown'],
    ]
    for (const [body, error] of refused)
      expect(await threads.reply(leo, { id: newComment(), threadId: id, body })).toEqual({ ok: false, error })
    expect((await desk.only(id)).comments).toHaveLength(1)
  })

  it('may hold whatever somebody can type: NUL goes, half characters are marked, HTML is text', async () => {
    const { threads } = desk
    const { id } = await desk.open(leo)
    const bodies = [
      'a\0b',
      'x\ud83c',
      '\udf89y',
      '<script>alert(1)</script>',
      '@[nobody]',
      'x'.repeat(MAX_COMMENT),
    ]
    for (const body of bodies) await desk.reply(leo, id, body)
    const { comments } = await desk.only(id)
    expect(comments.slice(1).map(({ body }) => body)).toEqual([
      'ab',
      'x\ufffd',
      '\ufffdy',
      '<script>alert(1)</script>',
      '@[nobody]',
      'x'.repeat(MAX_COMMENT),
    ])
    expect(granted(await threads.list(leo, aDraft(desk.draft))).length).toBeGreaterThan(0)
  })

  it('sent twice is there once, even at the same moment, and answers the same', async () => {
    const { threads } = desk
    const { id } = await desk.open(leo)
    desk.forget()
    const call = { id: newComment(), threadId: id, body: 'Écrit hors ligne' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => threads.reply(zoe, call)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await desk.only(id)).comments).toHaveLength(2)
    expect((await desk.only(id)).version).toBe(2)
    expect(desk.notices).toHaveLength(1)
    expect(desk.told).toHaveLength(1)
  })

  it('with an id of another person or another thread is refused', async () => {
    const { threads } = desk
    const first = await desk.open(leo)
    const second = await desk.open(leo)
    const id = await desk.reply(leo, first.id)
    const again = (actor: Actor, threadId: typeof first.id) =>
      threads.reply(actor, { id, threadId, body: 'Oui.' })
    expect(await again(zoe, first.id)).toEqual({ ok: false, error: 'idTaken' })
    expect(await again(leo, second.id)).toEqual({ ok: false, error: 'idTaken' })
    expect(await threads.reply(leo, { id: newComment(), threadId: newThread(), body: 'Où ?' })).toEqual({
      ok: false,
      error: 'missing',
    })
  })

  it('of ten people at once: all are there, in one order, each raising the version', async () => {
    const { id } = await desk.open(leo)
    const sent = await Promise.all(Array.from({ length: 10 }, (_, n) => desk.reply(zoe, id, `Réponse ${n}`)))
    const { comments, version } = await desk.only(id)
    expect(
      comments
        .slice(1)
        .map((comment) => comment.id)
        .toSorted(),
    ).toEqual(sent.toSorted())
    expect(version).toBe(11)
    const times = comments.map(({ createdAt }) => createdAt)
    expect(times).toEqual(times.toSorted())
  })

  it('is rewritten by its author, says so, and names somebody suspended since all the same', async () => {
    const { threads, told } = desk
    const noe = await addActor(desk.database, 'editor', 'Noé')
    const { id, comment } = await desk.open(leo, `Vois-tu, ${mentionOf(noe.volunteerId)} ?`)
    await desk.suspend(noe)
    desk.forget()
    const body = `Vois-tu cela, ${mentionOf(noe.volunteerId)} ?`
    granted(await threads.edit(leo, { id: comment, body }))
    expect((await desk.only(id)).comments[0]).toMatchObject({ body, editedAt: expect.any(String) })
    expect(desk.notices).toEqual([])
    granted(await threads.edit(leo, { id: comment, body }))
    expect(told).toEqual([{ type: 'thread.changed', threadId: id, commentId: comment }])
    expect((await desk.only(id)).version).toBe(2)
    expect(await threads.edit(leo, { id: comment, body: ' ' })).toEqual({ ok: false, error: 'empty' })
    expect(await threads.edit(leo, { id: newComment(), body })).toEqual({ ok: false, error: 'missing' })
  })

  it('that is deleted leaves an empty place, which takes neither words nor reactions any more', async () => {
    const { threads } = desk
    const { id, comment } = await desk.open(leo)
    await desk.reply(zoe, id)
    granted(await threads.react(zoe, { commentId: comment, emoji: '👍', given: true }))
    granted(await threads.remove(leo, comment))
    granted(await threads.remove(leo, comment))
    expect((await desk.only(id)).comments[0]).toMatchObject({
      body: '',
      deletedAt: expect.any(String),
      reactions: [],
    })
    expect((await desk.only(id)).version).toBe(4)
    expect(await threads.edit(leo, { id: comment, body: 'Non' })).toEqual({ ok: false, error: 'missing' })
    expect(await threads.react(zoe, { commentId: comment, emoji: '👍', given: true })).toEqual({
      ok: false,
      error: 'missing',
    })
  })

  it('that was the last of its thread takes the thread along, and pages are told', async () => {
    const { threads, told } = desk
    const { id, comment } = await desk.open(leo)
    const reply = await desk.reply(leo, id)
    granted(await threads.remove(leo, comment))
    desk.forget()
    granted(await threads.remove(leo, reply))
    expect(granted(await threads.list(leo, aDraft(desk.draft))).some((thread) => thread.id === id)).toBe(
      false,
    )
    expect(told).toEqual([{ type: 'thread.changed', threadId: id, commentId: reply }])
    expect(await threads.news(id, reply)).toEqual([{ event: { type: 'threadGone', id }, to: null }])
    expect(await threads.remove(leo, reply)).toEqual({ ok: false, error: 'missing' })
  })

  it('of somebody else that a coordinator deletes is written down, without what it said', async () => {
    const { threads, database, draft } = desk
    const chief = await addActor(database, 'coordinator', 'Ève')
    const { id, comment } = await desk.open(leo, 'Un secret')
    const reply = await desk.reply(chief, id)
    granted(await threads.remove(chief, comment))
    granted(await threads.remove(chief, reply))
    const rows = await database.orm.select().from(decisions).orderBy(asc(decisions.id))
    expect(rows.filter(({ action }) => action === 'comment.deleted')).toMatchObject([
      {
        volunteerId: chief.volunteerId,
        draftId: draft,
        detail: { author: leo.volunteerId, threadId: id, commentId: comment },
      },
    ])
    expect(JSON.stringify(rows)).not.toContain('secret')
  })
})

describe('a thread', () => {
  it('is resolved once, and reopened by whoever writes in it', async () => {
    const { threads, told } = desk
    const { id } = await desk.open(leo)
    desk.forget()
    granted(await threads.setResolved(zoe, id, true))
    granted(await threads.setResolved(leo, id, true))
    expect(await desk.only(id)).toMatchObject({
      resolved: { by: zoe.volunteerId, at: expect.any(String) },
      version: 2,
    })
    expect(told).toEqual([{ type: 'thread.changed', threadId: id, commentId: null }])
    await desk.reply(leo, id, 'Pas encore')
    expect(await desk.only(id)).toMatchObject({ resolved: null, version: 3 })
    granted(await threads.setResolved(zoe, id, true))
    granted(await threads.setResolved(zoe, id, false))
    expect(await desk.only(id)).toMatchObject({ resolved: null, version: 5 })
    expect(await threads.setResolved(zoe, newThread(), true)).toEqual({ ok: false, error: 'missing' })
  })

  it('is counted while it is open, and only where it is asked for', async () => {
    const { threads, drafts, maude } = desk
    const other = granted(await drafts.create(maude, { title: 'Autre' }))
    const [here, empty] = [slot(), slot()]
    const done = await desk.open(maude, 'Un', aDraft(other))
    await desk.open(maude, 'Deux', aDraft(other))
    await desk.open(maude, 'Trois', aSlot(here))
    granted(await threads.setResolved(maude, done.id, true))
    const asked = [aDraft(other), aSlot(empty), aSlot(here)]
    expect(await threads.openCounts(maude, asked)).toEqual([
      { subject: aDraft(other), open: 1 },
      { subject: aSlot(here), open: 1 },
    ])
    expect(await threads.openCounts(maude, [])).toEqual([])
  })

  it('collects reactions in the order in which each was first given, once per person', async () => {
    const { threads, told } = desk
    const { id, comment } = await desk.open(leo)
    const give = (actor: Actor, emoji: string, given = true) =>
      threads.react(actor, { commentId: comment, emoji, given })
    for (const [actor, emoji] of [
      [zoe, '🎉'],
      [leo, '👍'],
      [leo, '🎉'],
    ] as const)
      granted(await give(actor, emoji))
    desk.forget()
    granted(await give(leo, '🎉'))
    granted(await give(zoe, '👀', false))
    expect(told).toEqual([])
    const both = [zoe.volunteerId, leo.volunteerId]
    expect((await desk.only(id)).comments[0]?.reactions).toEqual([
      { emoji: '🎉', by: both },
      { emoji: '👍', by: [leo.volunteerId] },
    ])
    granted(await give(zoe, '🎉', false))
    expect((await desk.only(id)).comments[0]?.reactions).toEqual([
      { emoji: '👍', by: [leo.volunteerId] },
      { emoji: '🎉', by: [leo.volunteerId] },
    ])
    expect(await give(leo, '💩')).toEqual({ ok: false, error: 'unknownEmoji' })
    expect(await give(leo, '<img src=x>')).toEqual({ ok: false, error: 'unknownEmoji' })
  })
})
