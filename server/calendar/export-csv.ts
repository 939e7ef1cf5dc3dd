import { occurrences } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { localClock, localDay } from '#lib/domain/calendar/zone.ts'
import { CSV_START, csvLine } from '#lib/domain/csv.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { type PlannedSlot, shownOf } from './export-rows.ts'
import { CHANNEL_NAMES } from './ics/write-event.ts'

const COLUMNS = [
  ...['date', 'start', 'end_date', 'end', 'zone', 'title', 'channels', 'tags', 'stage', 'note', 'url', 'id'],
]

export type CsvGround = {
  /** The newsroom’s: its clock tells all times of the table. */
  readonly zone: string
  /** Milliseconds since 1970, `to` not included. */
  readonly from: number
  readonly to: number
  readonly linkTo: (id: SlotId) => string
}

/**
 * A table (RFC 4180) with a line for each time at which something takes place, in order; of whole days, without
 * hours.
 */
export function writeCsv(planned: readonly PlannedSlot[], ground: CsvGround): string {
  const { zone, from, to } = ground
  const lines = planned
    .flatMap((one) => occurrences(one.slot, from, to, zone).map((occurrence) => ({ one, occurrence })))
    .sort((a, b) => a.occurrence.start - b.occurrence.start)
    .map(({ one, occurrence: { start, end } }) => line(one, start, end, ground))
  return CSV_START + [COLUMNS, ...lines].map(csvLine).join('')
}

function line(planned: PlannedSlot, start: number, end: number, { zone, linkTo }: CsvGround) {
  const { slot } = planned
  const { title, stage } = shownOf(planned)
  return [
    ...when(slot, start, end, zone),
    zone,
    title,
    slot.channels.map((channel) => CHANNEL_NAMES[channel]).join(', '),
    slot.tags.join(', '),
    stage,
    slot.note,
    linkTo(slot.id),
    slot.id,
  ]
}

const when = ({ time }: Slot, start: number, end: number, zone: string): readonly string[] =>
  time.kind === 'allDay'
    ? [localDay(start, zone), '', localDay(end - 1, zone), '']
    : [localDay(start, zone), localClock(start, zone), localDay(end, zone), localClock(end, zone)]
