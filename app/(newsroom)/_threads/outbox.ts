import { type Cell, cell } from '#app/_collab/cell.ts'
import type { Answer } from '#app/_ui/use-form.ts'
import type { CommentId } from '#lib/domain/ids.ts'
import type { OutboxRows } from './outbox-rows.ts'
import type { Sent, Unsent } from './thread-list.ts'

export type Outbox = {
  /** Oldest first. */
  readonly waiting: Cell<readonly Unsent[]>
  /** This browser could not keep some of it: it is lost with the page. */
  readonly atRisk: Cell<boolean>
  /** Keeps it, then sends it as soon as the server can be reached. */
  add(unsent: Unsent): void
  /** Sends what waits, oldest first; @param again also what was refused */
  flush(again?: CommentId): Promise<void>
  /** Calls back with what the server made of a comment, before it waits no more. @returns how to stop that */
  onSent(listener: (unsent: Unsent, sent: Sent) => void): () => void
  /** Takes back what was not sent. */
  drop(id: CommentId): Promise<void>
}

export type OutboxPorts = {
  readonly rows: Pick<OutboxRows, 'all' | 'put' | 'remove'>
  /** Ids are drawn by the page: sent twice, a comment is there once. */
  readonly send: (unsent: Unsent) => Promise<Answer<Sent>>
  /** Runs one after another in all tabs of this browser, where it can. */
  readonly alone: (run: () => Promise<void>) => Promise<void>
}

/** Not the comment’s fault: it is tried again by itself. */
const PASSING: ReadonlySet<string> = new Set(['unreachable', 'signedOut', 'unexpected'])

/** What was said here and has not reached the server: kept until it has, and sent once. */
export function openOutbox({ rows, send, alone }: OutboxPorts): Outbox {
  const waiting = cell<readonly Unsent[]>([])
  /** Kept by this page alone: the browser refused. */
  const unkept = new Set<CommentId>()
  const listeners = new Set<(unsent: Unsent, sent: Sent) => void>()
  const keeping = new Map<CommentId, Promise<void>>()
  const atRisk = cell(false)
  const mark = (id: CommentId, kept: boolean) => {
    if (kept) unkept.delete(id)
    else unkept.add(id)
    atRisk.set(unkept.size > 0)
  }

  const show = (unsent: Unsent) => {
    const others = waiting.get().filter(({ id }) => id !== unsent.id)
    waiting.set([...others, unsent].toSorted((one, other) => (one.at < other.at ? -1 : 1)))
  }
  const hide = (id: CommentId) => waiting.set(waiting.get().filter((one) => one.id !== id))

  const keep = (unsent: Unsent): Promise<void> => {
    const kept = rows
      .put(unsent)
      .then(
        () => mark(unsent.id, true),
        () => mark(unsent.id, false),
      )
      .finally(() => keeping.get(unsent.id) === kept && keeping.delete(unsent.id))
    keeping.set(unsent.id, kept)
    return kept
  }
  const forget = async (id: CommentId) => {
    mark(id, true)
    // Left in the rows, it is sent again later and changes nothing.
    await rows.remove(id).catch(() => {})
    hide(id)
  }

  /** What waits now: another tab may have sent some of it, or written more. */
  const read = async (): Promise<readonly Unsent[]> => {
    await Promise.all(keeping.values())
    const kept = await rows.all().catch(() => null)
    if (!kept) return waiting.get()
    const own = waiting.get().filter(({ id }) => unkept.has(id) || keeping.has(id))
    waiting.set([...kept, ...own].toSorted((one, other) => (one.at < other.at ? -1 : 1)))
    return waiting.get()
  }

  async function sendAll(again: CommentId | undefined): Promise<void> {
    for (const unsent of await read()) {
      if (unsent.refused !== null && unsent.id !== again) continue
      const answer = await send(unsent)
      if (answer.ok) {
        for (const listener of listeners) listener(unsent, answer.value)
        await forget(unsent.id)
      } else if (PASSING.has(answer.error)) return
      else {
        const refused = { ...unsent, refused: answer.error }
        show(refused)
        await keep(refused)
      }
    }
  }

  let sending: Promise<void> | null = null
  let once: CommentId | undefined
  let more = false
  async function flush(again?: CommentId): Promise<void> {
    if (again) once = again
    more = true
    sending ??= (async () => {
      while (more) {
        more = false
        const asked = once
        once = undefined
        await alone(() => sendAll(asked))
      }
    })().finally(() => {
      sending = null
    })
    await sending
  }

  return {
    waiting,
    atRisk,
    add(unsent) {
      show(unsent)
      void keep(unsent).then(() => flush())
    },
    flush,
    onSent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    drop: forget,
  }
}
