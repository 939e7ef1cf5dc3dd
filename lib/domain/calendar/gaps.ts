import { CHANNELS, type Channel, isPublic } from '../channels/channels.ts'
import { dayNumber, dayText } from './days.ts'
import type { CalendarSettings } from './settings.ts'
import type { Occurrence, PlainDay } from './slot.ts'
import { localTime } from './zone.ts'

/** Days, first and last included, on which a channel has nothing planned. */
export type Gap = {
  readonly channel: Channel
  readonly from: PlainDay
  readonly to: PlainDay
  readonly days: number
}

/**
 * The channels that stay silent for the newsroom’s `silentDays` or longer, from the day of `now` to the last day
 * that lies wholly before `until` (ms). The occurrences should reach back to the morning of `now`: what was posted
 * today breaks the silence. By channel, then by day.
 */
export function gaps(
  occurrences: readonly Occurrence[],
  settings: CalendarSettings,
  now: number,
  until: number,
  channels: readonly Channel[] = CHANNELS.filter(isPublic),
): readonly Gap[] {
  if (settings.silentDays < 1) return []
  const today = localTime(now, settings.zone).day
  const end = localTime(until, settings.zone).day
  return channels.flatMap((channel) => {
    const busy = busyDays(occurrences, channel, settings.zone).filter((day) => day >= today && day < end)
    // The silence lies between neighbours; the window’s own edges close it on both sides.
    const edges = [today - 1, ...busy, end]
    return edges.flatMap((day, index) => {
      const next = edges[index + 1]
      if (next === undefined || next - day - 1 < settings.silentDays) return []
      return [{ channel, from: dayText(day + 1), to: dayText(next - 1), days: next - day - 1 }]
    })
  })
}

/** Day numbers on which something is on a channel, sorted. Whole days count all of theirs, an hour the one it begins. */
function busyDays(occurrences: readonly Occurrence[], channel: Channel, zone: string): readonly number[] {
  const days = new Set<number>()
  for (const one of occurrences) {
    if (!one.slot.channels.includes(channel)) continue
    if (one.slot.time.kind === 'timed') days.add(localTime(one.start, zone).day)
    else for (let day = 0; day < one.slot.days; day += 1) days.add(dayNumber(one.day) + day)
  }
  return [...days].sort((a, b) => a - b)
}
