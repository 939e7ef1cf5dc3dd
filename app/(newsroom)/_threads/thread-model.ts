import { type Cell, cell } from '#app/_collab/cell.ts'
import type { NewsroomNews } from '#app/_collab/newsroom-link.ts'
import type { Answer } from '#app/_ui/use-form.ts'
import type { CommentId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { Reaction } from '#lib/domain/threads/reaction.ts'
import type { CommentView, ThreadAnchor, ThreadSubject, ThreadView } from '#lib/protocol/threads.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxRows } from './outbox-rows.ts'
import {
  changeComment,
  hearOf,
  type ShownThread,
  sameSubject,
  shownThreads,
  type Threads,
  takeList,
  takeSent,
  without,
} from './thread-list.ts'

/** `unreachable`: what is shown was kept in this browser, or is nothing at all. */
type Reading = 'first' | 'read' | 'unreachable'

/** What the server does with threads, as pages call it. */
export type ThreadActs = {
  list(subject: ThreadSubject): Promise<Answer<readonly ThreadView[]>>
  edit(comment: { id: CommentId; body: string }): Promise<Answer<unknown>>
  remove(id: CommentId): Promise<Answer<unknown>>
  setResolved(id: ThreadId, resolved: boolean): Promise<Answer<unknown>>
  react(reaction: { commentId: CommentId; emoji: Reaction; given: boolean }): Promise<Answer<unknown>>
}

export type ThreadModelPorts = {
  readonly acts: ThreadActs
  readonly outbox: Outbox
  readonly rows: Pick<OutboxRows, 'list' | 'keepList'>
  readonly me: VolunteerId
  readonly newId: () => string
  readonly now: () => Date
}

/** The threads of one draft or slot, live. */
export type ThreadModel = {
  readonly subject: ThreadSubject
  readonly threads: Cell<readonly ShownThread[]>
  readonly reading: Cell<Reading>
  /** The latest comment that somebody else made while this page was looking on. */
  readonly latest: Cell<{ readonly thread: ThreadId; readonly comment: CommentView } | null>
  load(): Promise<void>
  hear(news: NewsroomNews): void
  open(anchor: ThreadAnchor | null, body: string): ThreadId
  reply(thread: ThreadId, body: string): void
  edit(id: CommentId, body: string): Promise<Answer<unknown>>
  remove(id: CommentId): Promise<Answer<unknown>>
  setResolved(id: ThreadId, resolved: boolean): Promise<Answer<unknown>>
  react(id: CommentId, emoji: Reaction, given: boolean): Promise<Answer<unknown>>
  close(): void
}

/** How long the list rests before this browser keeps it; milliseconds. */
const KEEP_AFTER_MS = 250

export function openThreadModel(subject: ThreadSubject, ports: ThreadModelPorts): ThreadModel {
  const { acts, outbox, rows, me, newId, now } = ports
  let known: Threads = new Map()
  const threads = cell<readonly ShownThread[]>([])
  const reading = cell<Reading>('first')
  const latest = cell<{ thread: ThreadId; comment: CommentView } | null>(null)
  const asking = new Set<Set<ThreadId>>()
  let timer: ReturnType<typeof setTimeout> | null = null

  const mine = () => outbox.waiting.get().filter((unsent) => sameSubject(unsent.subject, subject))
  const draw = () => threads.set(shownThreads(known, mine()))
  const stopOutbox = outbox.waiting.subscribe(draw)
  const keep = () => {
    timer = null
    // What was shown because the server did not answer is no news to the store.
    if (reading.get() === 'read') void rows.keepList(subject, [...known.values()]).catch(() => {})
  }
  const set = (next: Threads) => {
    if (next === known) return
    known = next
    draw()
    timer ??= setTimeout(keep, KEEP_AFTER_MS)
  }
  draw()

  const stopSent = outbox.onSent((unsent, sent) => {
    if (!sameSubject(unsent.subject, subject)) return
    for (const since of asking) since.add(unsent.threadId)
    set(takeSent(known, unsent.threadId, sent))
  })

  async function showKept(): Promise<void> {
    const kept = await rows.list(subject).catch(() => null)
    if (kept && reading.get() !== 'read') set(takeList(known, kept, new Set(known.keys())))
  }

  async function load(): Promise<void> {
    const since = new Set<ThreadId>()
    asking.add(since)
    const shown = reading.get() === 'first' ? showKept() : null
    const answer = await acts.list(subject)
    asking.delete(since)
    if (answer.ok) {
      set(takeList(known, answer.value, since))
      reading.set('read')
      return
    }
    await shown
    reading.set('unreachable')
  }

  function hear(news: NewsroomNews): void {
    if (news.type === 'returned') {
      void outbox.flush()
      void load()
    }
    if (news.type === 'threadGone') {
      for (const since of asking) since.add(news.id)
      if (known.has(news.id)) set(without(known, news.id))
    }
    if (news.type !== 'thread' || !sameSubject(news.thread.subject, subject)) return
    for (const since of asking) since.add(news.thread.id)
    const before = known.get(news.thread.id)?.comments ?? []
    set(hearOf(known, news.thread, news.comments))
    const fresh = news.comments.find(
      ({ id, author, deletedAt }) =>
        author !== me && deletedAt === null && !before.some((one) => one.id === id),
    )
    if (fresh) latest.set({ thread: news.thread.id, comment: fresh })
  }

  const say = (threadId: ThreadId, opens: { anchor: ThreadAnchor | null } | null, body: string) =>
    outbox.add({
      id: newId() as CommentId,
      subject,
      threadId,
      opens,
      body,
      author: me,
      at: now().toISOString(),
      refused: null,
    })

  /** Shows a change at once, and takes it back when the server does not agree. */
  async function ahead(next: Threads, act: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const before = known
    set(next)
    const answer = await act()
    if (answer.ok) return answer
    if (known === next) set(before)
    void load()
    return answer
  }

  return {
    subject,
    threads,
    reading,
    latest,
    load,
    hear,
    open(anchor, body) {
      const id = newId() as ThreadId
      say(id, { anchor }, body)
      return id
    },
    reply: (thread, body) => say(thread, null, body),
    edit: (id, body) =>
      ahead(
        changeComment(known, id, (comment) => ({ ...comment, body, editedAt: now().toISOString() })),
        () => acts.edit({ id, body }),
      ),
    remove(id) {
      const next = changeComment(known, id, (comment) => ({
        ...comment,
        body: '',
        reactions: [],
        deletedAt: now().toISOString(),
      }))
      const empty = [...next.values()].find(
        ({ comments }) =>
          comments.some((comment) => comment.id === id) &&
          comments.every(({ deletedAt }) => deletedAt !== null),
      )
      return ahead(empty ? without(next, empty.id) : next, () => acts.remove(id))
    },
    setResolved(id, resolved) {
      const thread = known.get(id)
      const mark = resolved ? { by: me, at: now().toISOString() } : null
      const next = thread ? new Map(known).set(id, { ...thread, resolved: mark }) : known
      return ahead(next, () => acts.setResolved(id, resolved))
    },
    react(id, emoji, given) {
      const next = changeComment(known, id, (comment) => ({
        ...comment,
        reactions: reacted(comment.reactions, { emoji, by: me, given }),
      }))
      return ahead(next, () => acts.react({ commentId: id, emoji, given }))
    },
    close() {
      stopOutbox()
      stopSent()
      if (!timer) return
      clearTimeout(timer)
      keep()
    },
  }
}

function reacted(
  reactions: CommentView['reactions'],
  { emoji, by, given }: { emoji: string; by: VolunteerId; given: boolean },
): CommentView['reactions'] {
  const there = reactions.find((reaction) => reaction.emoji === emoji)
  if (!there) return given ? [...reactions, { emoji, by: [by] }] : reactions
  const others = there.by.filter((id) => id !== by)
  const people = given ? [...others, by] : others
  return reactions.flatMap((reaction) =>
    reaction.emoji === emoji ? (people.length > 0 ? [{ emoji, by: people }] : []) : [reaction],
  )
}
