import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as actions from '#app/(newsroom)/_threads/actions.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Threads } from '#server/threads/types.ts'
import { addActor } from '#test/server/drafts/desk.ts'
import { ANCHOR, aDraft, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

const gate = vi.hoisted(() => ({ actor: null as Actor | null, threads: null as Threads | null }))
vi.mock('#app/_gate/actor.ts', () => ({ currentActor: async () => gate.actor }))
vi.mock('#app/_gate/services.ts', () => ({
  services: () => ({ threads: gate.threads, log: { error: () => {} } }),
}))

let desk: ThreadDesk
let leo: Actor
beforeAll(async () => {
  desk = await makeThreads()
  leo = await addActor(desk.database, 'commenter', 'Léo')
  gate.threads = desk.threads
})
beforeEach(() => {
  gate.actor = leo
})

const opening = (body = 'Vraiment ?') => ({
  as: leo.volunteerId,
  id: newThread(),
  subject: aDraft(desk.draft),
  anchor: ANCHOR,
  comment: { id: newComment(), body },
})
const all = async () => {
  const found = await desk.threads.list(desk.maude, aDraft(desk.draft))
  return JSON.stringify(found)
}

describe('an action of threads', () => {
  it('takes the author from the session, whatever the page sends along', async () => {
    const forged = {
      ...opening(),
      createdBy: desk.maude.volunteerId,
      author: desk.maude.volunteerId,
      version: 9,
    }
    const opened = await actions.openThread({
      ...forged,
      comment: { ...forged.comment, authorId: desk.maude.volunteerId } as typeof forged.comment,
    })
    expect(opened).toMatchObject({
      ok: true,
      value: { createdBy: leo.volunteerId, version: 1, comments: [{ author: leo.volunteerId }] },
    })
  })

  it('without a session does nothing, whichever it is', async () => {
    const { id, comment } = await desk.open(leo)
    const before = await all()
    gate.actor = null
    const answers = await Promise.all([
      actions.listThreads({ subject: aDraft(desk.draft) }),
      actions.countOpenThreads({ subjects: [aDraft(desk.draft)] }),
      actions.openThread(opening()),
      actions.replyToThread({ as: leo.volunteerId, id: newComment(), threadId: id, body: 'Oui' }),
      actions.editComment({ id: comment, body: 'Non' }),
      actions.removeComment({ id: comment }),
      actions.setThreadResolved({ id, resolved: true }),
      actions.reactToComment({ commentId: comment, emoji: '👍', given: true }),
      actions.followsThread({ id }),
      actions.setThreadFollowing({ id, following: false }),
    ])
    for (const answer of answers) expect(answer).toEqual({ ok: false, error: 'signedOut' })
    expect(answers).toHaveLength(Object.keys(actions).length)
    expect(await all()).toBe(before)
  })

  it('with the session of somebody else changes nothing of what another person said', async () => {
    const { comment } = await desk.open(desk.maude)
    const before = await all()
    expect(await actions.editComment({ id: comment, body: 'Volé' })).toEqual({
      ok: false,
      error: 'forbidden',
    })
    expect(await actions.removeComment({ id: comment })).toEqual({ ok: false, error: 'forbidden' })
    expect(await all()).toBe(before)
  })

  it('is not taken from the page of one person while another is signed in in that browser', async () => {
    const { id } = await desk.open(desk.maude)
    const before = await all()
    const reply = { as: desk.maude.volunteerId, id: newComment(), threadId: id, body: 'De Maude' }
    expect(await actions.replyToThread(reply)).toEqual({ ok: false, error: 'signedOut' })
    expect(await actions.openThread({ ...opening(), as: desk.maude.volunteerId })).toEqual({
      ok: false,
      error: 'signedOut',
    })
    expect(await all()).toBe(before)
    gate.actor = desk.maude
    expect(await actions.replyToThread(reply)).toMatchObject({ ok: true })
  })

  it('tells who sends a megabyte that it is too long, and takes nothing beyond two', async () => {
    expect(await actions.openThread(opening('x'.repeat(2 ** 20)))).toEqual({ ok: false, error: 'tooLong' })
    expect(await actions.openThread(opening('x'.repeat(2 ** 21)))).toMatchObject({ error: 'invalid' })
  })

  it.each([
    { start: 'javascript:alert(1)' },
    { end: 'A'.repeat(1000) },
    { quote: 'x'.repeat(5001) },
    { quote: 'a\0b' },
    { before: '\ud83c' },
    { after: 'x'.repeat(257) },
    { pieces: [[1, -1, 3]] },
    { pieces: [[1, 2, 3.5]] },
    { pieces: [['1', 2, 3]] },
    { pieces: Array.from({ length: 257 }, () => [1, 2, 3]) },
    { twins: [[1]] },
    { twins: Array.from({ length: 33 }, () => [1, 2]) },
    { twins: undefined },
  ])('refuses an anchor that no page of ours makes: %j', async (wrong) => {
    const call = { ...opening(), anchor: { ...ANCHOR, ...wrong } }
    expect(await actions.openThread(call as never)).toMatchObject({ ok: false, error: 'invalid' })
  })
})
