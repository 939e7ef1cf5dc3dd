import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'

/** One line of the agenda. A slot of several whole days has a line on each: `part` says which one of how many. */
export type AgendaEntry = {
  readonly occurrence: Occurrence
  readonly part: { readonly index: number; readonly of: number } | null
}

/** A day with what is on it, or days in a row on which nothing is. */
export type Stretch =
  | { readonly kind: 'day'; readonly day: PlainDay; readonly entries: readonly AgendaEntry[] }
  | { readonly kind: 'empty'; readonly from: PlainDay; readonly to: PlainDay; readonly days: number }

function placesOf(occurrence: Occurrence, zone: string): readonly (readonly [PlainDay, AgendaEntry])[] {
  const { slot } = occurrence
  if (slot.time.kind === 'timed') return [[localDay(occurrence.start, zone), { occurrence, part: null }]]
  return Array.from({ length: slot.days }, (_, index) => [
    addDays(occurrence.day, index),
    { occurrence, part: slot.days > 1 ? { index: index + 1, of: slot.days } : null },
  ])
}

const isWhole = ({ occurrence }: AgendaEntry) => occurrence.slot.time.kind === 'allDay'

/** Whole days first; the rest as it came, which is by the hour. */
const wholeFirst = (entries: readonly AgendaEntry[]) => [
  ...entries.filter(isWhole),
  ...entries.filter((entry) => !isWhole(entry)),
]

/** The days from the first to the last, both included; empty ones in a row are one stretch, but today stands alone. */
export function stretches(
  occurrences: readonly Occurrence[],
  from: PlainDay,
  to: PlainDay,
  today: PlainDay,
  zone: string,
): readonly Stretch[] {
  const byDay = new Map<PlainDay, AgendaEntry[]>()
  for (const [day, entry] of occurrences.flatMap((one) => placesOf(one, zone))) {
    const entries = byDay.get(day)
    if (entries) entries.push(entry)
    else byDay.set(day, [entry])
  }
  const found: Stretch[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const entries = byDay.get(day)
    const last = found.at(-1)
    if (entries || day === today) found.push({ kind: 'day', day, entries: wholeFirst(entries ?? []) })
    else if (last?.kind === 'empty') {
      found[found.length - 1] = { ...last, to: day, days: daysBetween(last.from, day) + 1 }
    } else found.push({ kind: 'empty', from: day, to: day, days: 1 })
  }
  return found
}
