import { describe, expect, it } from 'vitest'
import { openOutbox } from '#app/(newsroom)/_threads/outbox.ts'
import type { Sent, Unsent } from '#app/(newsroom)/_threads/thread-list.ts'
import { openThreadModel, type ThreadActs } from '#app/(newsroom)/_threads/thread-model.ts'
import type { CommentId, DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { CommentView, ThreadSubject, ThreadView } from '#lib/protocol/threads.ts'

const id = (letter: string) => `00000000-0000-4000-8000-${letter.repeat(12)}`
const ME = id('1') as VolunteerId
const OTHER = id('2') as VolunteerId
const SUBJECT: ThreadSubject = { kind: 'draft', id: id('d') as DraftId }
const NOW = new Date('2026-11-22T12:00:00Z')

const comment = (letter: string, author: VolunteerId, body: string): CommentView => ({
  ...{ id: id(letter) as CommentId, author, body, createdAt: NOW.toISOString() },
  ...{ editedAt: null, deletedAt: null, reactions: [] },
})
const thread = (version: number, ...comments: CommentView[]): ThreadView => ({
  ...{ id: id('a') as ThreadId, subject: SUBJECT, anchor: null, createdBy: ME },
  ...{ createdAt: NOW.toISOString(), resolved: null, version, comments },
})

/** A page with these threads on its server; `say` is the server’s answer to a comment. */
function page(list: readonly ThreadView[], say: (unsent: Unsent) => Sent | null = () => null) {
  const server = { up: true, list }
  const answer = async () => {
    await Promise.resolve()
    return server.up ? ({ ok: true, value: null } as const) : ({ ok: false, error: 'unreachable' } as const)
  }
  const acts: ThreadActs = {
    list: async () =>
      (await answer()).ok ? { ok: true, value: server.list } : { ok: false, error: 'unreachable' },
    edit: answer,
    remove: answer,
    setResolved: answer,
    react: answer,
  }
  const rows = new Map<string, Unsent>()
  const outbox = openOutbox({
    rows: {
      all: async () => [...rows.values()],
      put: async (row) => void rows.set(row.id, row),
      remove: async (gone) => void rows.delete(gone),
    },
    send: async (unsent) => {
      const sent = say(unsent)
      return sent ? { ok: true, value: sent } : { ok: false, error: 'unreachable' }
    },
    alone: (run) => run(),
  })
  const kept: { list: readonly ThreadView[] | null } = { list: null }
  let next = 0
  const model = openThreadModel(SUBJECT, {
    ...{ acts, outbox, me: ME, now: () => NOW },
    newId: () => id(['e', 'f', '8', '9'][next++] ?? '7'),
    rows: {
      list: async () => kept.list,
      keepList: async (_subject, threads) => {
        kept.list = threads
      },
    },
  })
  const bodies = () => model.threads.get().map(({ comments }) => comments.map(({ body }) => body))
  return { model, server, outbox, kept, bodies }
}

describe('the threads of a page', () => {
  it('show the list as it was last read where the server cannot be reached, and say so', async () => {
    const { model, server, kept, bodies } = page([])
    kept.list = [thread(1, comment('b', OTHER, 'gardé'))]
    server.up = false
    await model.load()
    expect(bodies()).toEqual([['gardé']])
    expect(model.reading.get()).toBe('unreachable')
    server.up = true
    server.list = [thread(2, comment('b', OTHER, 'relu'))]
    await model.load()
    expect(bodies()).toEqual([['relu']])
    expect(model.reading.get()).toBe('read')
    model.close()
  })

  it('announce what others say, and not what the person here says', async () => {
    const { model } = page([thread(1, comment('b', ME, 'moi'))])
    await model.load()
    model.hear({ type: 'thread', thread: thread(2), comments: [comment('c', ME, 'encore moi')] })
    expect(model.latest.get()).toBeNull()
    model.hear({ type: 'thread', thread: thread(3), comments: [comment('8', OTHER, 'bonjour')] })
    expect(model.latest.get()?.comment.body).toBe('bonjour')
    model.close()
  })

  it('never lose a comment from sight between its sending and its news', async () => {
    const { model, outbox } = page([], ({ id: sent, body, threadId, author }) => ({
      thread: { ...thread(1, { ...comment('b', author, body), id: sent }), id: threadId },
    }))
    await model.load()
    const seen: number[] = []
    model.threads.subscribe(() => seen.push(model.threads.get().length))
    model.open(null, 'vu tout le temps')
    await outbox.flush()
    await outbox.flush()
    expect(outbox.waiting.get()).toEqual([])
    expect(new Set(seen)).toEqual(new Set([1]))
    expect(model.threads.get()[0]?.sent).toBe(true)
    model.close()
  })

  it('let go of a thread that is gone', async () => {
    const { model, bodies } = page([thread(1, comment('b', OTHER, 'effacé'))])
    await model.load()
    model.hear({ type: 'threadGone', id: id('a') as ThreadId })
    expect(bodies()).toEqual([])
    model.close()
  })

  it('show a reaction at once, and take it back when the server does not hear of it', async () => {
    const { model, server } = page([thread(1, comment('b', OTHER, 'bravo'))])
    await model.load()
    const reactions = () => model.threads.get()[0]?.comments[0]?.reactions
    server.up = false
    const given = model.react(id('b') as CommentId, '👍', true)
    expect(reactions()).toEqual([{ emoji: '👍', by: [ME] }])
    expect((await given).ok).toBe(false)
    expect(reactions()).toEqual([])
    model.close()
  })

  it('hear nothing of other subjects', async () => {
    const { model, bodies } = page([])
    await model.load()
    const elsewhere = { ...thread(1), subject: { kind: 'draft', id: id('0') as DraftId } } as const
    model.hear({ type: 'thread', thread: elsewhere, comments: [comment('b', OTHER, 'ailleurs')] })
    expect(bodies()).toEqual([])
    model.close()
  })
})
