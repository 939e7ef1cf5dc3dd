import { LIMITS, type Slot } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Masthead, PlannedSlot } from '../export-rows.ts'
import { type JProperty, plain, property, textOf } from './jcal.ts'
import { canOverride, type EventGround, eventsOf, type Naming } from './write-event.ts'
import { zoneBlock } from './zone-block.ts'

/**
 * Slots as a file or a feed (RFC 5545, 7986). Of the newsroom it names the entity and nobody in it.
 *
 * An event that came in from a file keeps that file’s UID: taken back into the calendar it came from, it is known
 * there and not doubled. Everything else is named by its slot. Within a file no event is named twice.
 */
export function writeCalendar(
  planned: readonly PlannedSlot[],
  { name, settings }: Masthead,
  ground: Omit<EventGround, 'zone'>,
): string {
  const { zone } = settings
  const names = namings(planned.map(({ slot }) => slot))
  const events = planned.flatMap((one) => {
    const naming = names.get(one.slot.id)
    return naming ? eventsOf(one, naming, { ...ground, zone }) : []
  })
  const zones = [...firstYears(planned)].map(([used, year]) => zoneBlock(used, year))
  return textOf(['vcalendar', headOf(plain(name), zone), [...zones, ...events]])
}

const headOf = (name: string, zone: string): readonly JProperty[] => [
  property('prodid', 'text', '-//Pupitre//Calendar//FR'),
  property('version', 'text', '2.0'),
  property('calscale', 'text', 'GREGORIAN'),
  property('method', 'text', 'PUBLISH'),
  property('name', 'unknown', escaped(name)),
  property('x-wr-calname', 'unknown', escaped(name)),
  property('x-wr-timezone', 'unknown', zone),
  property('refresh-interval', 'duration', 'PT15M'),
  property('x-published-ttl', 'unknown', 'PT15M'),
]

/** ical.js would mark these as `VALUE=TEXT`, which the programs that made them up do not. */
const escaped = (name: string) => name.replace(/[\\;,]/g, '\\$&').replaceAll('\n', ' ')

/** The zones by whose clocks something begins, and the first year of each that is needed. */
function firstYears(planned: readonly PlannedSlot[]): ReadonlyMap<string, number> {
  const years = new Map<string, number>()
  for (const { slot } of planned) {
    if (slot.time.kind === 'allDay' || slot.time.zone === 'UTC') continue
    const { at, zone } = slot.time
    const year = Number(localDay(Date.parse(at), zone).slice(0, 4))
    years.set(zone, Math.max(LIMITS.firstYear, Math.min(years.get(zone) ?? year, year)))
  }
  return years
}

export const ownUid = (id: SlotId): string => `${id}@pupitre`

const NONE: ReadonlySet<string> = new Set()

function namings(slots: readonly Slot[]): ReadonlyMap<SlotId, Naming> {
  const names = new Map<SlotId, Naming>()
  const series = new Map<SlotId, { readonly slot: Slot; readonly uid: string; readonly days: Set<string> }>()
  const taken = new Set<string>()
  for (const slot of slots) {
    if (slot.partOf !== null) continue
    const imported = slot.uid === null ? '' : plain(slot.uid).replaceAll('\n', '')
    const uid = imported === '' || taken.has(imported) ? ownUid(slot.id) : imported
    taken.add(uid)
    const days = new Set<string>()
    series.set(slot.id, { slot, uid, days })
    names.set(slot.id, { uid, occurrence: null, overridden: days })
  }
  for (const { id, partOf } of slots) {
    if (partOf === null) continue
    const { day } = partOf
    const whole = series.get(partOf.slot)
    // Of a day that the series keeps, calendar programs would show this one instead, though here both take place.
    const takesOver =
      whole?.slot.skipped.includes(day) && !whole.days.has(day) && canOverride(whole.slot, day)
    if (!whole || !takesOver) {
      names.set(id, { uid: ownUid(id), occurrence: null, overridden: NONE })
    } else {
      whole.days.add(day)
      names.set(id, { uid: whole.uid, occurrence: { of: whole.slot, day }, overridden: NONE })
    }
  }
  return names
}
