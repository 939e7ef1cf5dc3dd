import { addDays, weekdayOf } from '#lib/domain/calendar/days.ts'
import { isRuleDay } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Repeat, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf, endOf } from '#lib/domain/calendar/time.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import { type PlannedSlot, shownOf } from '../export-rows.ts'
import { type JComponent, type JProperty, plain, property } from './jcal.ts'
import { dayProperty, endOfDayText, instantProperty, startsByTheClock, utcText } from './moments.ts'
import { told } from './series.ts'

/** What an event says beyond its slot. */
export type EventGround = {
  /** The newsroom’s zone. */
  readonly zone: string
  readonly linkTo: (id: SlotId) => string
  readonly untitled: string
}

/** `occurrence`: it stands in the file for one of another event, which has this UID and this slot. */
export type Naming = {
  readonly uid: string
  readonly occurrence: { readonly of: Slot; readonly day: PlainDay } | null
  /** Days of this slot for which another event of the same file stands. */
  readonly overridden: ReadonlySet<PlainDay>
}

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  facebook: 'Facebook',
  x: 'X',
  instagram: 'Instagram',
  youtube: 'YouTube',
  blog: 'Blogue',
  other: 'Autre',
}

const SETTLED: ReadonlySet<Stage> = new Set<Stage>(['approved', 'scheduled', 'published'])

/** The events that tell a slot: one, or two where its start has to stand apart from its series. */
export function eventsOf(planned: PlannedSlot, naming: Naming, ground: EventGround): readonly JComponent[] {
  const { lead, series } = told(planned.slot, ground.zone)
  const event = (slot: Slot, uid: string): JComponent => [
    'vevent',
    [
      property('uid', 'text', uid),
      ...(naming.occurrence
        ? [dayProperty('recurrence-id', naming.occurrence.of, [naming.occurrence.day])]
        : []),
      ...words(planned, ground),
      // One event a slot: taken back in, its start alone is nothing that the newsroom has.
      ...(slot === lead && series ? [] : [property('x-pupitre-slot', 'unknown', slot.id)]),
      ...times(slot, ground.zone),
      ...repeating(slot, naming.overridden),
    ],
    [],
  ]
  if (series === null) return lead ? [event(lead, naming.uid)] : []
  return [...(lead ? [event(lead, `start-${naming.uid}`)] : []), event(series, naming.uid)]
}

/** Whether an occurrence of the slot can be replaced by another event of the same UID. */
export const canOverride = (slot: Slot, day: PlainDay): boolean =>
  slot.repeat !== null &&
  isRuleDay(slot, day) &&
  (day !== dayOf(slot.time) || (startsByTheClock(slot) && told(slot, 'UTC').lead === null))

function words(planned: PlannedSlot, { linkTo, untitled }: EventGround): readonly JProperty[] {
  const { slot, updatedAt } = planned
  const { title, stage } = shownOf(planned)
  const categories = [...slot.channels.map((channel) => CHANNEL_NAMES[channel]), ...slot.tags.map(plain)]
  const at = utcText(updatedAt.getTime())
  return [
    property('dtstamp', 'date-time', at),
    property('last-modified', 'date-time', at),
    property('summary', 'text', plain(title).replaceAll('\n', ' ').trim() || untitled),
    ...(slot.note ? [property('description', 'text', plain(slot.note))] : []),
    ...(categories.length > 0 ? [property('categories', 'text', ...categories)] : []),
    property('status', 'text', SETTLED.has(stage) ? 'CONFIRMED' : 'TENTATIVE'),
    // Nobody is busy because a post goes out.
    property('transp', 'text', 'TRANSPARENT'),
    property('url', 'uri', linkTo(slot.id)),
    property('x-pupitre-stage', 'unknown', stage),
  ]
}

function times(slot: Slot, zone: string): readonly JProperty[] {
  const { time } = slot
  if (time.kind === 'allDay') {
    return [property('dtstart', 'date', time.date), property('dtend', 'date', addDays(time.date, slot.days))]
  }
  return [
    instantProperty('dtstart', Date.parse(time.at), time.zone),
    instantProperty('dtend', endOf(slot, zone), time.zone),
  ]
}

function repeating(slot: Slot, overridden: ReadonlySet<PlainDay>): readonly JProperty[] {
  const { repeat, skipped } = slot
  if (repeat === null) return []
  // Some programs drop an occurrence that is both taken out and replaced.
  const out = skipped.filter((day) => !overridden.has(day) && isRuleDay(slot, day))
  return [
    property('rrule', 'recur', ruleOf(slot, repeat)),
    ...(out.length > 0 ? [dayProperty('exdate', slot, out)] : []),
  ]
}

function ruleOf({ time }: Slot, repeat: Repeat): object {
  const { freq, every, weekdays, nth, end } = repeat
  const byday =
    freq === 'weekly'
      ? weekdays
      : freq === 'monthly' && nth !== null
        ? [`${nth}${weekdays[0] ?? weekdayOf(dayOf(time))}`]
        : []
  return {
    freq: freq.toUpperCase(),
    ...(every > 1 ? { interval: every } : {}),
    ...(byday.length > 0 ? { byday } : {}),
    ...(end === null ? {} : 'count' in end ? { count: end.count } : { until: untilOf(time, end.until) }),
  }
}

const untilOf = (time: Slot['time'], day: PlainDay): string =>
  time.kind === 'allDay' ? day : endOfDayText(day, time.zone)
