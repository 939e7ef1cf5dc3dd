import type { NewsroomEvent, PersonHere } from '#lib/protocol/newsroom-events.ts'
import { type Cell, cell } from './cell.ts'

/** First and longest wait before trying again, in milliseconds; each failure doubles it. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
/** A socket that is open and silent may be dead; the server greets at once. */
const GREETING_WITHIN_MS = 10_000

type Presences = Readonly<Record<string, readonly PersonHere[]>>

export type NewsroomNews =
  | Exclude<NewsroomEvent, { readonly type: 'presences' | 'presence' }>
  /** The link was lost, or could not be made at first, and is there: whatever was shown may be out of date. */
  | { readonly type: 'returned' }

export type NewsroomLink = {
  readonly presences: Cell<Presences>
  readonly connected: Cell<boolean>
  listen(listener: (news: NewsroomNews) => void): () => void
  close(): void
}

export type LinkPorts = {
  readonly openSocket: () => WebSocket
  /** A number in [0, 1): pages that lost the same server must not all return in the same instant. */
  readonly random: () => number
}

const withPresence = (all: Presences, draftId: string, people: readonly PersonHere[]): Presences => {
  const { [draftId]: _left, ...others } = all
  return people.length > 0 ? { ...others, [draftId]: people } : others
}

/** Keeps `/collab/newsroom` open, and opens it again as long as that can help. */
export function openNewsroomLink({ openSocket, random }: LinkPorts): NewsroomLink {
  const presences = cell<Presences>({})
  const connected = cell(false)
  const listeners = new Set<(news: NewsroomNews) => void>()
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  /** Something may have been told while nobody listened. */
  let missed = false
  let closed = false

  const tell = (news: NewsroomNews) => {
    for (const listener of listeners) listener(news)
  }

  const greeted = () => {
    failures = 0
    if (timer) clearTimeout(timer)
    timer = null
    if (connected.get()) return
    connected.set(true)
    if (missed) tell({ type: 'returned' })
    missed = false
  }

  const hear = (event: NewsroomEvent) => {
    greeted()
    if (event.type === 'presences') presences.set(event.drafts)
    else if (event.type === 'presence')
      presences.set(withPresence(presences.get(), event.draftId, event.people))
    else tell(event)
  }

  const lose = (code: number) => {
    socket = null
    missed = true
    connected.set(false)
    if (timer) clearTimeout(timer)
    timer = null
    // 4400–4499: trying again cannot help; the pages find out why by themselves (signed out, reload).
    if (closed || (code >= 4400 && code < 4500)) return
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random() / 2)
    failures += 1
    timer = setTimeout(connect, wait)
  }

  function connect(): void {
    const opened = openSocket()
    socket = opened
    timer = setTimeout(() => opened.close(), GREETING_WITHIN_MS)
    opened.onmessage = ({ data }) => hear(JSON.parse(String(data)) as NewsroomEvent)
    opened.onclose = ({ code }) => {
      if (socket === opened) lose(code)
    }
  }

  // The network changed: what looks open may be dead, and a long wait may be over.
  const onNetwork = () => {
    if (timer) clearTimeout(timer)
    failures = 0
    missed = true
    const old = socket
    socket = null
    old?.close()
    connected.set(false)
    connect()
  }
  if (typeof window !== 'undefined')
    for (const name of ['online', 'offline']) addEventListener(name, onNetwork)
  connect()

  return {
    presences,
    connected,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      if (timer) clearTimeout(timer)
      if (typeof window !== 'undefined')
        for (const name of ['online', 'offline']) removeEventListener(name, onNetwork)
      socket?.close()
      socket = null
    },
  }
}
