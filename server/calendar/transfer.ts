import { CALENDAR } from '#lib/documents/registry.ts'
import { DAY_MS, dayNumber } from '#lib/domain/calendar/days.ts'
import { nextOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { instantOnDay, localDay } from '#lib/domain/calendar/zone.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { HeldDocument, HoldDocument } from '#server/sync/ports.ts'
import type { Authority } from '#server/volunteers/types.ts'
import { writeCsv } from './export-csv.ts'
import { writeJson } from './export-json.ts'
import { masthead, type PlannedSlot, plannedSlots } from './export-rows.ts'
import { linkToSlot, UNTITLED } from './feeds.ts'
import { readInWorker } from './ics/read-in-worker.ts'
import { writeCalendar } from './ics/write.ts'
import { findKnown } from './import-known.ts'
import { type ImportPlan, planImport, type Step } from './import-plan.ts'
import { type Counts, writeArchived, writeLive } from './import-write.ts'
import type { CalendarFormat, ImportOutcome, ImportProblem, Transfer } from './types.ts'

type Parts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  readonly hold: HoldDocument
  readonly publicUrl: URL
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number
}

/** Slots that are written in one go. Others type meanwhile, and see each part as it comes. */
const ROWS_AT_ONCE = 500
const SLOTS_AT_ONCE = 200

export function createTransfer(parts: Parts): Transfer {
  return {
    async preview(by, file) {
      const plan = await makePlan(parts, by, file)
      if (!plan.ok) return plan
      const { steps, unchanged, skipped } = plan.value
      const of = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).map(({ slot }) => slot)
      return ok({ added: of('add'), updated: of('update'), unchanged, skipped })
    },

    async import(by, file, onProgress) {
      const plan = await makePlan(parts, by, file)
      return plan.ok ? carryOut(parts, by, plan.value, onProgress) : plan
    },

    export: (by, filter, format) => exportAs(parts, by, filter, format),
  }
}

async function makePlan(
  { database, now = Date.now }: Parts,
  by: Authority,
  file: Uint8Array,
): Promise<Result<ImportPlan, ImportProblem>> {
  if (by !== 'operator' && !can(by, 'calendar.import', null)) return fail('forbidden')
  const { zone } = (await masthead(database.orm)).settings
  const read = await readInWorker(file, zone)
  if (!read.ok) return read
  const known = await findKnown(database.orm, read.value)
  return ok(planImport(read.value, known, { by, today: localDay(now(), zone), zone }))
}

async function carryOut(
  parts: Parts,
  by: Authority,
  plan: ImportPlan,
  onProgress: (done: number, of: number) => void,
): Promise<Result<ImportOutcome, ImportProblem>> {
  if (plan.steps.length > 0) await writeDown(parts, by, plan)
  const counts: Counts = { added: 0, updated: 0, unchanged: plan.unchanged }
  const progress = progressOf(plan.steps.length, onProgress)
  const archived = plan.steps.filter((step) => step.archived)
  const live = plan.steps.filter((step) => !step.archived)
  await carryOutArchived(parts, archived, counts, progress)
  if (live.length > 0 && !(await carryOutLive(parts, by, live, counts, progress))) return fail('unavailable')
  return ok({ ...counts, skipped: plan.skipped })
}

/** Before its first part: a decision that failed half way was made all the same. */
async function writeDown({ database }: Parts, by: Authority, { steps }: ImportPlan): Promise<void> {
  const added = steps.filter(({ kind }) => kind === 'add').length
  await database.orm.transaction((tx) =>
    record(tx, {
      by: by === 'operator' ? null : by.volunteerId,
      action: 'calendar.imported',
      detail: { added, updated: steps.length - added },
    }),
  )
}

type Progress = (more: number) => void

function progressOf(of: number, onProgress: (done: number, of: number) => void): Progress {
  let done = 0
  onProgress(0, of)
  return (more) => {
    done += more
    onProgress(done, of)
  }
}

async function carryOutArchived(
  { database, events }: Parts,
  steps: readonly Step[],
  counts: Counts,
  progress: Progress,
): Promise<void> {
  const { zone } = (await masthead(database.orm)).settings
  for (let at = 0; at < steps.length; at += ROWS_AT_ONCE) {
    const part = steps.slice(at, at + ROWS_AT_ONCE)
    await writeArchived(database.orm, part, zone)
    for (const { kind } of part) counts[kind === 'add' ? 'added' : 'updated'] += 1
    progress(part.length)
  }
  if (steps.length > 0) await events.publish({ type: 'calendar.changed' })
}

/** @returns false where the room took no more, or it is not known whether it did */
async function carryOutLive(
  { hold }: Parts,
  by: Authority,
  steps: readonly Step[],
  counts: Counts,
  progress: Progress,
): Promise<boolean> {
  const held = await hold(CALENDAR.name)
  if (!held.ok) return false
  const author = by === 'operator' ? null : by.volunteerId
  const write = (held: HeldDocument, part: readonly Step[]) =>
    held.edit(author, (doc) => writeLive(doc, part, counts))
  try {
    for (let at = 0; at < steps.length; at += SLOTS_AT_ONCE) {
      const part = steps.slice(at, at + SLOTS_AT_ONCE)
      if (!(await write(held.value, part))) return false
      progress(part.length)
    }
    // Searches, feeds and exports read rows: they have it all when the importer hears that it is done.
    await held.value.derive()
    return true
  } finally {
    held.value.release()
  }
}

async function exportAs(
  { database, publicUrl, now = Date.now }: Parts,
  by: Authority,
  { from, to, channel }: Parameters<Transfer['export']>[1],
  format: CalendarFormat,
): ReturnType<Transfer['export']> {
  const head = await masthead(database.orm)
  const { zone } = head.settings
  const linkTo = linkToSlot(publicUrl)
  const mayRead = by === 'operator' || can(by, 'calendar.read', null)
  const window = windowOf(from, to, zone, now())
  const rows = mayRead ? await plannedSlots(database.orm, { from, to, channel, owner: null }) : []
  // Where no last day was given, what begins later than the table reaches is in the other files all the same.
  const planned = rows.filter((one) =>
    takesPlace(one, to === null ? { ...window, to: Number.POSITIVE_INFINITY } : window, zone),
  )
  const locale = by === 'operator' ? 'fr' : by.locale
  const filename = `${['calendrier', from, to].filter(Boolean).join('-')}.${format}`
  switch (format) {
    case 'ics':
      return {
        filename,
        type: 'text/calendar; charset=utf-8',
        text: writeCalendar(planned, head, { linkTo, untitled: UNTITLED[locale] }),
      }
    case 'csv':
      return {
        filename,
        type: 'text/csv; charset=utf-8',
        text: writeCsv(planned, { zone, linkTo, ...window }),
      }
    case 'json':
      return { filename, type: 'application/json', text: writeJson(planned, head, linkTo) }
  }
}

type Window = { readonly from: number; readonly to: number }

/** A table needs an end, which many series have not: a year from now. */
const DAYS_AHEAD = 366

function windowOf(from: PlainDay | null, to: PlainDay | null, zone: string, now: number): Window {
  const day = (text: PlainDay, more: number) => instantOnDay(dayNumber(text) + more, 0, zone)
  return {
    from: from === null ? 0 : day(from, 0),
    to: to === null ? day(localDay(now, zone), DAYS_AHEAD) : day(to, 1),
  }
}

/** A series that has no occurrence in the days that were asked for is left out, though it spans them. */
function takesPlace({ slot }: PlannedSlot, { from, to }: Window, zone: string): boolean {
  if (slot.repeat === null) return true
  const next = nextOccurrence(slot, from - lengthOf(slot), zone)
  return next !== null && next.start < to
}

const lengthOf = ({ time, minutes, days }: Slot): number =>
  time.kind === 'timed' ? minutes * 60_000 : days * DAY_MS
