import { type Channel, isPublic } from '../channels/channels.ts'
import { foldForSearch } from '../text.ts'
import { daysBetween } from './days.ts'
import type { CalendarSettings } from './settings.ts'
import type { Occurrence } from './slot.ts'
import { parseInstant } from './time.ts'
import { localDay, localTime } from './zone.ts'

/**
 * Something worth a second look; nothing of it forbids a plan.
 *
 * - `sameTime`: posts on one channel at the same instant.
 * - `tooClose`: neighbours on one channel, `minutes` apart, less than the newsroom’s smallest gap.
 * - `duplicate`: neighbours on one channel with the same title or draft, at most a week apart.
 * - `embargo`: it begins before its embargo is over.
 * - `quietHours`: a post while people sleep.
 */
export type Conflict = {
  readonly kind: 'sameTime' | 'tooClose' | 'duplicate' | 'embargo' | 'quietHours'
  /** In order of start. */
  readonly occurrences: readonly Occurrence[]
  readonly channel?: Channel
  readonly minutes?: number
}

/** The same text twice within so many days is pointed out. */
const DUPLICATE_DAYS = 7

const isTimed = (one: Occurrence) => one.slot.time.kind === 'timed'

const inOrder = (a: Occurrence, b: Occurrence) =>
  a.start - b.start || (a.slot.id < b.slot.id ? -1 : a.slot.id > b.slot.id ? 1 : a.day < b.day ? -1 : 1)

/** Lists that keep the order of what is put into them. */
function groupBy<Key, Item>(items: Iterable<readonly [Key, Item]>): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const [key, item] of items) {
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** The posts of a channel, sorted, are put together by instant; each group is then compared with its neighbour. */
function crowding(channel: Channel, posts: readonly Occurrence[], minGap: number): readonly Conflict[] {
  const found: Conflict[] = []
  let before: readonly Occurrence[] = []
  for (const [start, together] of groupBy(posts.filter(isTimed).map((one) => [one.start, one]))) {
    if (together.length > 1) found.push({ kind: 'sameTime', channel, occurrences: together })
    const minutes = before[0] === undefined ? Number.POSITIVE_INFINITY : (start - before[0].start) / 60_000
    if (minutes < minGap) {
      found.push({ kind: 'tooClose', channel, minutes, occurrences: [...before, ...together] })
    }
    before = together
  }
  return found
}

/** A series says the same words each time on purpose, and so does the occurrence that was moved out of it. */
const comesAgain = (one: Occurrence) => one.slot.repeat !== null || one.slot.partOf !== null

function textKeys(one: Occurrence): readonly string[] {
  const title = foldForSearch(one.slot.title).replace(/\s+/g, ' ').trim()
  const keys = title === '' ? [] : [`title ${title}`]
  return one.slot.draft === null ? keys : [...keys, `draft ${one.slot.draft}`]
}

/** Same words or same draft: only neighbours are compared, which names every post that has a double. */
function duplicates(channel: Channel, posts: readonly Occurrence[], zone: string): readonly Conflict[] {
  const found = new Map<Occurrence, Set<Occurrence>>()
  const keyed = posts.flatMap((one) => textKeys(one).map((key) => [key, one] as const))
  for (const alike of groupBy(keyed).values()) {
    alike.forEach((one, index) => {
      const before = alike[index - 1]
      if (!before || (comesAgain(before) && comesAgain(one))) return
      if (daysBetween(localDay(before.start, zone), localDay(one.start, zone)) > DUPLICATE_DAYS) return
      found.set(before, (found.get(before) ?? new Set()).add(one))
    })
  }
  return [...found].flatMap(([before, later]) =>
    [...later].map((one) => ({ kind: 'duplicate' as const, channel, occurrences: [before, one] })),
  )
}

/** A whole day may wait for the hour at which its embargo ends. */
function breaksEmbargo(one: Occurrence): boolean {
  const embargo = parseInstant(one.slot.embargo)
  if (embargo === null) return false
  return isTimed(one) ? one.start < embargo : one.end <= embargo
}

/** Whether a wall clock, in minutes after midnight, lies in the newsroom’s quiet hours. */
export function isQuiet(minutes: number, settings: CalendarSettings): boolean {
  const { quietFrom, quietTo } = settings
  if (quietFrom === null || quietTo === null) return false
  return quietFrom <= quietTo
    ? minutes >= quietFrom && minutes < quietTo
    : minutes >= quietFrom || minutes < quietTo
}

const wakesPeople = (one: Occurrence, settings: CalendarSettings) =>
  isTimed(one) &&
  one.slot.channels.some(isPublic) &&
  isQuiet(localTime(one.start, settings.zone).minutes, settings)

/** All that is worth a second look among some occurrences, in time that grows with their number (and a sort). */
export function conflicts(
  occurrences: readonly Occurrence[],
  settings: CalendarSettings,
): readonly Conflict[] {
  const sorted = [...occurrences].sort(inOrder)
  const onChannels = sorted.flatMap((one) => [...new Set(one.slot.channels)].map((to) => [to, one] as const))
  const found: Conflict[] = []
  for (const [channel, posts] of groupBy(onChannels)) {
    if (!isPublic(channel)) continue
    found.push(...crowding(channel, posts, settings.minGapMinutes))
    found.push(...duplicates(channel, posts, settings.zone))
  }
  for (const one of sorted) {
    if (breaksEmbargo(one)) found.push({ kind: 'embargo', occurrences: [one] })
    if (wakesPeople(one, settings)) found.push({ kind: 'quietHours', occurrences: [one] })
  }
  return found
}
