import { setTimeout as pause } from 'node:timers/promises'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { EventPort, ServerEvent } from '#server/events/port.ts'
import type { Logger } from '#server/log.ts'
import type { ProjectionOf } from '#server/sync/ports.ts'
import type { Parts } from './parts.ts'
import { findJudged, findReviewed } from './store.ts'
import { reconsider } from './turn.ts'

/** Pause after a look that failed, in milliseconds. */
const RETRY = 1000

/**
 * Sees to it that no approval outlives what it was given on: after every projection of a text, after a change of
 * somebody’s rights, after a return from the archive, and at the start, for what happened while nobody looked.
 */
export type Watch = {
  start(): void
  /** What the rooms tell after each projection. */
  heard(projection: Pick<ProjectionOf<'draft'>, 'address' | 'facts'>): void
  /** Resolves when nothing of it is under way any more. */
  close(): Promise<void>
}

export function createWatch({
  parts,
  events,
  log,
}: {
  parts: Parts
  events: Pick<EventPort, 'subscribe' | 'onGap'>
  log: Logger
}): Watch {
  const { orm } = parts.database
  const closing = new AbortController()
  /** Drafts to look at; true: pages are told what they find, though the stage may be the same. */
  const waiting = new Map<DraftId, boolean>()
  /** What each draft said when it was last heard of. */
  const heard = new Map<DraftId, string>()
  let working: Promise<void> | null = null
  const stops: (() => void)[] = []

  const look = (id: DraftId, tell: boolean) => {
    waiting.set(id, tell || waiting.get(id) === true)
    work()
  }

  function work(): void {
    working ??= lookAtAll().finally(() => {
      working = null
      if (waiting.size > 0 && !closing.signal.aborted) work()
    })
  }

  async function lookAtAll(): Promise<void> {
    const taken = [...waiting]
    waiting.clear()
    // Most texts that are being written were never up for review: one question for all of them.
    const reviewed = await findReviewed(
      orm,
      taken.map(([id]) => id),
    ).catch(giveBack(taken))
    for (const [id, tell] of taken) {
      if (closing.signal.aborted) return
      if (reviewed?.has(id)) await lookAt(id, tell).catch(giveBack([[id, tell]]))
    }
  }

  const giveBack = (drafts: readonly (readonly [DraftId, boolean])[]) => async (error: unknown) => {
    if (closing.signal.aborted) return
    const [first] = drafts
    log.error({ err: error, draft: first?.[0] }, 'a review could not be looked at; it is tried again')
    for (const [id, tell] of drafts) look(id, tell)
    await pause(RETRY, undefined, { signal: closing.signal }).catch(() => {})
  }

  async function lookAt(id: DraftId, tell: boolean): Promise<void> {
    await reconsider(parts, id)
    // Verdicts count or do not, writers are more or fewer: pages show it.
    if (tell) await parts.events.publish({ type: 'review.changed', draftId: id })
  }

  const lookAtJudged = (by: VolunteerId | null) => {
    findJudged(orm, by).then(
      (ids) => {
        for (const id of ids) look(id, by !== null)
      },
      (error: unknown) => {
        if (!closing.signal.aborted) log.error({ err: error }, 'drafts could not be looked at')
      },
    )
  }

  const hear = (event: ServerEvent) => {
    if (event.type === 'volunteer.access') lookAtJudged(event.volunteerId)
    if (event.type === 'draft.access') look(event.draftId, true)
  }

  return {
    start() {
      stops.push(
        events.subscribe(hear),
        events.onGap(() => lookAtJudged(null)),
      )
      lookAtJudged(null)
    },
    heard({ address: { id }, facts: { hash } }) {
      // Looked at in any case: another process may have had this draft in between.
      look(id, heard.get(id) !== hash)
      heard.set(id, hash)
    },
    async close() {
      for (const stop of stops) stop()
      closing.abort()
      await working
    },
  }
}
