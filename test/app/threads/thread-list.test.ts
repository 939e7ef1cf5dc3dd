import { describe, expect, it } from 'vitest'
import {
  hearOf,
  shownThreads,
  type Threads,
  takeList,
  type Unsent,
} from '#app/(newsroom)/_threads/thread-list.ts'
import type { CommentId, DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { CommentView, ThreadHead, ThreadView } from '#lib/protocol/threads.ts'

const id = (letter: string) => `00000000-0000-4000-8000-${letter.repeat(12)}`
const ME = id('1') as VolunteerId
const SUBJECT = { kind: 'draft', id: id('2') as DraftId } as const
const THREAD = id('a') as ThreadId
const at = (second: number) => new Date(second * 1000).toISOString()

const head = (version: number, resolved = false): ThreadHead => ({
  ...{ id: THREAD, subject: SUBJECT, anchor: null, createdBy: ME, createdAt: at(0), version },
  resolved: resolved ? { by: ME, at: at(9) } : null,
})
const comment = (letter: string, body: string, second = 1): CommentView => ({
  ...{ id: id(letter) as CommentId, author: ME, body, createdAt: at(second) },
  ...{ editedAt: null, deletedAt: null, reactions: [] },
})
const thread = (version: number, ...comments: CommentView[]): ThreadView => ({ ...head(version), comments })
const threads = (...views: ThreadView[]): Threads => new Map(views.map((view) => [view.id, view]))
const unsent = (letter: string, opens: Unsent['opens'] = null): Unsent => ({
  ...{ id: id(letter) as CommentId, subject: SUBJECT, threadId: THREAD, opens, body: 'hors ligne' },
  ...{ author: ME, at: at(5), refused: null },
})
const bodies = (known: Threads) => known.get(THREAD)?.comments.map(({ body }) => body)

describe('what a page knows of threads', () => {
  it('takes in news by its version: an older one changes nothing that is known', () => {
    const known = threads(thread(3, comment('b', 'corrigé')))
    expect(hearOf(known, head(2), [comment('b', 'brouillon')])).toBe(known)
    expect(hearOf(known, head(2, true), []).get(THREAD)?.resolved).toBeNull()
    expect(bodies(hearOf(known, head(4), [comment('b', 'recorrigé')]))).toEqual(['recorrigé'])
  })

  it('takes in a comment it has not heard of, however late it comes', () => {
    const known = threads(thread(3, comment('c', 'second', 2)))
    expect(bodies(hearOf(known, head(2), [comment('b', 'premier', 1)]))).toEqual(['premier', 'second'])
  })

  it('keeps what it heard while the list was on its way, and lets go of what was gone by then', () => {
    const known = threads(thread(5, comment('b', 'nouveau')))
    const since = new Set([THREAD])
    expect(bodies(takeList(known, [thread(4, comment('b', 'ancien'))], since))).toEqual(['nouveau'])
    expect(bodies(takeList(known, [], since))).toEqual(['nouveau'])
    expect(takeList(known, [], new Set()).size).toBe(0)
    expect(takeList(new Map(), [thread(4, comment('b', 'ancien'))], since).size).toBe(0)
  })

  it('shows what waits in its thread, and a thread that the server has not seen', () => {
    const [answered] = shownThreads(threads(thread(1, comment('b', 'là'))), [unsent('c')])
    expect(answered?.comments.map(({ body }) => body)).toEqual(['là', 'hors ligne'])
    const [opened] = shownThreads(new Map(), [unsent('c', { anchor: null })])
    expect(opened).toMatchObject({ sent: false, createdBy: ME })
    expect(opened?.comments[0]?.unsent).not.toBeNull()
  })

  it('shows a comment once when its news is faster than its answer', () => {
    const sent = { ...comment('c', 'hors ligne', 5) }
    const [shown] = shownThreads(threads(thread(2, sent)), [unsent('c', { anchor: null })])
    expect(shown?.comments).toHaveLength(1)
    expect(shown?.comments[0]?.unsent).toBeNull()
  })

  it('shows no reply to a thread that is gone', () => {
    expect(shownThreads(new Map(), [unsent('c')])).toEqual([])
  })
})
