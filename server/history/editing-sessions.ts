import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Logger } from '#server/log.ts'
import { frozenOf, see } from './freeze.ts'
import { goesOn, wordingOf } from './keep.ts'
import type { Freeze, Frozen } from './port.ts'
import {
  findFirstState,
  findNewest,
  findStale,
  findWritersSince,
  insertRevision,
  type RevisionRow,
  rewriteRevision,
  takeTurn,
} from './store.ts'

/** The row of the session under way is rewritten at most this often, in milliseconds. */
const REWRITE_EVERY = 20_000
/** Where many drafts are being written, one is written down after the other, this far apart in milliseconds. */
const APART = 500
const CLOSE_WITHIN = 2_000
/** Drafts that are remembered to have nothing new; more are asked about in the database. */
const REMEMBERED = 1_000

/** Keeps a revision of each editing session while people write. */
export type EditingSessions = {
  /** What the rooms tell after each projection. */
  heard(projection: {
    readonly address: { readonly id: DraftId }
    readonly facts: { readonly hash: string }
    readonly lastEditedAt: Date
  }): void
  /** Writes down what a process that was killed left out: one after the other, for everybody comes back just then. */
  start(): void
  /** Writes down at once what the draft says, so that whoever looks sees it. */
  settle(id: DraftId): Promise<void>
  /** Writes what is not written yet. */
  close(): Promise<void>
}

type Parts = {
  readonly orm: Orm
  readonly events: Pick<EventPort, 'publish'>
  readonly freeze: Freeze
  readonly log: Pick<Logger, 'error'>
  readonly rewriteEvery?: number
}

/** When somebody first and last wrote what is not written down yet. */
type Spell = { readonly since: Date; readonly at: Date }

/** A draft that says something which no revision says. */
type Pending = { readonly since: Date; at: Date; timer: NodeJS.Timeout }

export function createEditingSessions(parts: Parts): EditingSessions {
  const { orm, log, rewriteEvery = REWRITE_EVERY } = parts
  const pending = new Map<DraftId, Pending>()
  /** When each draft was last written down, by a clock that never jumps, and with which hash. */
  const written = new Map<DraftId, { readonly hash: string; readonly at: number }>()
  /** Drafts whose time has come, in the order in which it came. */
  const due = new Set<DraftId>()
  let pacing: NodeJS.Timeout | null = null
  let last = Promise.resolve()
  let closed = false

  const write = (id: DraftId) => {
    const entry = pending.get(id)
    if (!entry) return
    clearTimeout(entry.timer)
    pending.delete(id)
    last = last.then(async () => {
      try {
        const hash = await writeSession(parts, id, entry)
        if (hash === null) return
        written.delete(id)
        written.set(id, { hash, at: performance.now() })
        const [oldest] = written.keys()
        if (written.size > REMEMBERED && oldest) written.delete(oldest)
      } catch (error) {
        log.error({ err: error, draft: id }, 'an editing session could not be written down')
        if (!closed && !pending.has(id)) schedule(id, entry.since, entry.at, rewriteEvery)
      }
    })
  }

  const schedule = (id: DraftId, since: Date, at: Date, delay: number) => {
    const timer = setTimeout(() => writeInTurn(id), delay)
    timer.unref()
    pending.set(id, { since, at, timer })
  }

  const writeInTurn = (id: DraftId) => {
    due.add(id)
    if (pacing === null) writeNext()
  }

  const writeNext = () => {
    pacing = null
    const [id] = due
    if (id === undefined || closed) return
    due.delete(id)
    write(id)
    pacing = setTimeout(writeNext, APART).unref()
  }

  const mend = async () => {
    for (const { id, lastEditedAt } of await findStale(orm)) {
      if (closed) return
      if (!pending.has(id)) schedule(id, lastEditedAt, lastEditedAt, 0)
    }
  }

  return {
    heard({ address: { id }, facts: { hash }, lastEditedAt }) {
      if (closed) return
      const entry = pending.get(id)
      const known = written.get(id)
      if (entry) entry.at = lastEditedAt
      else if (known?.hash !== hash) {
        const wait = known ? Math.max(0, known.at + rewriteEvery - performance.now()) : 0
        schedule(id, lastEditedAt, lastEditedAt, wait)
      }
    },

    async settle(id) {
      const now = new Date()
      if (closed) return
      if (!pending.has(id)) schedule(id, now, now, 0)
      write(id)
      await last
    },

    start() {
      mend().catch((error: unknown) => {
        if (!closed) log.error({ err: error }, 'editing sessions cut off by a crash could not be looked for')
      })
    },

    async close() {
      for (const id of [...pending.keys()]) write(id)
      closed = true
      // Whatever is cut off is written after the next start.
      await Promise.race([last, pause(CLOSE_WITHIN, undefined, { ref: false })])
    },
  }
}

/** @returns the hash of what is written down now; null where that is not to be had at present */
async function writeSession({ orm, events, freeze }: Parts, id: DraftId, entry: Spell) {
  const frozen = await freeze(id)
  // A draft that is gone has no history; a room that is closing is looked at after the next start.
  if (!frozen.ok) return null
  await orm.transaction(async (tx) => {
    if ((await takeTurn(tx, id)) && (await putSession(tx, id, frozen.value, entry)))
      await events.publish({ type: 'history.changed', draftId: id }, tx)
  })
  return frozen.value.hash
}

/** @returns false where there is nothing new to say, or another process has said it */
async function putSession(tx: Transaction, draftId: DraftId, frozen: Frozen, entry: Spell): Promise<boolean> {
  const found = await findNewest(tx, draftId)
  const first = found.length === 0 ? await putFirst(tx, draftId) : null
  const [newest, before] = first ? [first] : found
  if (newest && (newest.hash === frozen.hash || newest.seq > frozen.seq)) return first !== null
  // The newest stays the newest, also where it was made after the last words that we have heard of.
  const at = newest && newest.createdAt >= entry.at ? new Date(newest.createdAt.getTime() + 1) : entry.at
  const session = first === null && goesOn(newest, at) ? newest : null
  const authors = await findWritersSince(tx, draftId, (session ? before : newest)?.seq ?? 0)
  const row = { ...wordingOf(frozen), authors, createdAt: at }
  if (session) await rewriteRevision(tx, session.id, row)
  else {
    const startedAt = newest && newest.createdAt > entry.since ? newest.createdAt : entry.since
    await insertRevision(tx, { ...row, draftId, kind: 'session', startedAt })
  }
  return true
}

/** Keeps what a draft began with: an import, a copy, or what it said when its history began. Null where that is nothing. */
async function putFirst(tx: Transaction, draftId: DraftId): Promise<RevisionRow | null> {
  const state = await findFirstState(tx, draftId)
  if (!state) return null
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state.data)
  const frozen = await frozenOf(tx, draftId, see(doc, state.seq))
  doc.destroy()
  const wording = wordingOf(frozen)
  if (wording.wordCount === 0) return null
  const authors = state.by ? [state.by] : []
  const moments = { startedAt: state.at, createdAt: state.at }
  return insertRevision(tx, { ...wording, draftId, kind: 'session', authors, ...moments })
}
