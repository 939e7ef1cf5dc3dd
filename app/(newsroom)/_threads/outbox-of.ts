import { guardLeaving } from '#app/_collab/leave-guard.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { type Outbox, openOutbox } from './outbox.ts'
import { type OutboxRows, openOutboxRows } from './outbox-rows.ts'
import { sendCommentsOf } from './thread-acts.ts'

/** How often a page that has something to send tries by itself; milliseconds. */
const RETRY_MS = 15_000
const LOCK = 'pupitre:outbox'

type Kept = { readonly outbox: Outbox; readonly rows: OutboxRows }

const opened = new Map<VolunteerId, Kept>()

/** One tab at a time. Where the browser has no locks (plain http), ids alone keep a comment from being there twice. */
const alone = async (run: () => Promise<void>): Promise<void> => {
  if (navigator.locks) await navigator.locks.request(LOCK, run)
  else await run()
}

/** This volunteer’s outbox, one for the page, and what it is kept in. */
export function outboxOf(volunteerId: VolunteerId): Kept {
  const known = opened.get(volunteerId)
  if (known) return known
  const rows = openOutboxRows(volunteerId)
  const outbox = openOutbox({ rows, send: sendCommentsOf(volunteerId), alone })
  const made = { outbox, rows }
  opened.set(volunteerId, made)
  guardLeaving(outbox.atRisk)
  addEventListener('online', () => void outbox.flush())
  let timer: ReturnType<typeof setInterval> | null = null
  outbox.waiting.subscribe(() => {
    const waits = outbox.waiting.get().some(({ refused }) => refused === null)
    if (waits) timer ??= setInterval(() => void outbox.flush(), RETRY_MS)
    else if (timer) {
      clearInterval(timer)
      timer = null
    }
  })
  void outbox.flush()
  return made
}
