import { setTimeout as pause } from 'node:timers/promises'
import { type CalendarFacts, calendarKind } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { addDays } from '#lib/domain/calendar/days.ts'
import { localDay, startOfDay } from '#lib/domain/calendar/zone.ts'
import type { Orm } from '#server/db/database.ts'
import type { Logger } from '#server/log.ts'
import type { HeldDocument, HoldDocument } from '#server/sync/ports.ts'
import { archivePast, completePartial, evict, sweep } from './archive.ts'
import type { Outcome } from './projection.ts'
import { readSettings } from './settings.ts'

const HOUR = 3_600_000
/** How long after midnight, so that clocks that are a little apart agree on the day. */
const AFTER_MIDNIGHT = 5_000
/** Pause after work that could not be done, in milliseconds. */
const RETRY = 10_000
const CLOSE_WITHIN = 1_000

/** Looks after the calendar: moves the past to the archive, and brings back what somebody edited late. */
export type Keeper = {
  /** Begins: at once, then every hour and after midnight. */
  start(): void
  /** What the rooms tell after each projection. */
  heard(facts: CalendarFacts, foreign: Outcome['foreign']): void
  /** Does all there is to do. @returns once it is done */
  tend(): Promise<void>
  /** Resolves when nothing of it is under way any more. */
  close(): Promise<void>
}

type Parts = {
  readonly orm: Orm
  readonly hold: HoldDocument
  readonly log: Logger
  readonly now?: () => Date
}

export function createKeeper({ orm, hold, log, now = () => new Date() }: Parts): Keeper {
  let timer: NodeJS.Timeout | null = null
  let closed = false
  /** One piece of work at a time. */
  let last = Promise.resolve(true)

  const inTurn = (what: string, work: (room: HeldDocument) => Promise<void>): Promise<boolean> => {
    last = last.then(async () => {
      if (closed) return false
      try {
        const held = await hold(CALENDAR.name)
        if (!held.ok) return false
        try {
          await work(held.value)
        } finally {
          held.value.release()
        }
        return true
      } catch (error) {
        if (!closed)
          log.error({ err: error, what }, 'the calendar could not be looked after; it is tried again')
        return false
      }
    })
    return last
  }

  const tendNow = () =>
    inTurn('tend', async (room) => {
      // A process that was killed may have left rows that say «archived» of slots that are not.
      if (!(await room.derive())) throw new Error('the rows of the calendar could not be derived')
      let partial: CalendarFacts['partial'] = []
      await room.edit(null, (doc) => {
        partial = calendarKind.read(doc).partial
      })
      if (partial.length > 0) await completePartial(orm, room, partial)
      await archivePast(orm, room, now())
      await sweep(orm, room)
    })

  const schedule = (delay: number) => {
    if (closed) return
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => void tendAndSchedule(), delay)
    timer.unref()
  }

  async function tendAndSchedule(): Promise<void> {
    const done = await tendNow()
    schedule(done ? await untilNext(orm, now()).catch(() => RETRY) : RETRY)
  }

  return {
    start: () => schedule(0),
    heard({ partial }, foreign) {
      if (partial.length + foreign.length === 0 || closed) return
      const work = async (room: HeldDocument) => {
        if (partial.length > 0) await completePartial(orm, room, partial)
        if (foreign.length > 0) await evict(orm, room, foreign)
      }
      void inTurn('complete', work).then((done) => {
        if (!done) schedule(RETRY)
      })
    },
    async tend() {
      await tendNow()
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      // Whatever is cut off is done again after the next start.
      await Promise.race([last, pause(CLOSE_WITHIN, undefined, { ref: false })])
    },
  }
}

/** Milliseconds to the next hour’s look, or to the newsroom’s midnight if that comes first. */
async function untilNext(orm: Orm, now: Date): Promise<number> {
  const { zone } = await readSettings(orm)
  const today = localDay(now.getTime(), zone)
  const midnight = startOfDay(addDays(today, 1), zone) + AFTER_MIDNIGHT
  return Math.min(HOUR, Math.max(midnight - now.getTime(), AFTER_MIDNIGHT))
}
