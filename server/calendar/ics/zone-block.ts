import { Temporal } from 'temporal-polyfill'
import { WEEKDAYS } from '#lib/domain/calendar/slot.ts'
import { type JComponent, type JProperty, property } from './jcal.ts'

/** A change of the clocks. `local` is what they showed just before it; offsets in seconds. */
type Change = {
  readonly local: Temporal.PlainDateTime
  readonly from: number
  readonly to: number
  readonly name: string
}

/** Beyond this year a zone keeps the rule that it then follows. */
const HORIZON = 2045
/** A rule is trusted where it has held for so many years; fewer changes than that are listed one by one. */
const PROVEN_YEARS = 12

const cached = new Map<string, JComponent>()

/**
 * The VTIMEZONE of a zone, true from the first of January of a year on. Where the zone changes its clocks by the
 * same rule each year, the block says it as an RRULE; changes that follow no rule are listed (RDATE).
 */
export function zoneBlock(zone: string, fromYear: number): JComponent {
  const key = `${zone} ${fromYear}`
  const known = cached.get(key)
  if (known) return known
  const block: JComponent = ['vtimezone', [property('tzid', 'text', zone)], observances(zone, fromYear)]
  cached.set(key, block)
  return block
}

function observances(zone: string, fromYear: number): readonly JComponent[] {
  const begin = Temporal.PlainDateTime.from({ year: fromYear, month: 1, day: 1 })
  const start = begin.toZonedDateTime(zone)
  const offset = start.offsetNanoseconds / 1e9
  const initial: Change = {
    local: begin,
    from: offset,
    to: offset,
    name: nameAt(zone, start.epochMilliseconds),
  }
  const changes = changesOf(zone, start)
  const standard = Math.min(offset, ...changes.map((change) => change.to))
  const { listed, ruled } = splitByRule(changes)
  const kind = (change: Change) => (change.to > standard ? 'daylight' : 'standard')
  return [
    observance(kind(initial), initial, []),
    ...grouped(listed).map((group) => observance(kind(group[0]), group[0], listedDates(group))),
    ...ruled.map(({ first, rule }) => observance(kind(first), first, [property('rrule', 'recur', rule)])),
  ]
}

function changesOf(zone: string, start: Temporal.ZonedDateTime): readonly Change[] {
  const changes: Change[] = []
  for (let at = start.getTimeZoneTransition('next'); at; at = at.getTimeZoneTransition('next')) {
    if (at.year > HORIZON) break
    const before = at.subtract({ milliseconds: 1 })
    const [from, to] = [before.offsetNanoseconds / 1e9, at.offsetNanoseconds / 1e9]
    const local = at.toInstant().toZonedDateTimeISO('UTC').toPlainDateTime().add({ seconds: from })
    changes.push({ local, from, to, name: nameAt(zone, at.epochMilliseconds) })
  }
  return changes
}

/** The first too, which DTSTART has said: where there is a list, some programs look at nothing else. */
const listedDates = (group: Group): readonly JProperty[] =>
  group.length === 1 ? [] : group.map(({ local }) => property('rdate', 'date-time', localText(local)))

type Group = readonly [Change, ...Change[]]

/** Changes that differ in nothing but their date, each group in order. */
function grouped(changes: readonly Change[]): readonly Group[] {
  const groups = new Map<string, [Change, ...Change[]]>()
  for (const change of changes) {
    const key = [change.from, change.to, change.name, change.local.toPlainTime()].join(' ')
    const group = groups.get(key)
    if (group) group.push(change)
    else groups.set(key, [change])
  }
  return [...groups.values()]
}

type Ruled = { readonly first: Change; readonly rule: object }

/** The changes of the last years as yearly rules, as far back as they hold; those before it are listed. */
function splitByRule(changes: readonly Change[]): {
  readonly listed: readonly Change[]
  readonly ruled: readonly Ruled[]
} {
  const none = { listed: changes, ruled: [] }
  const tail = grouped(changes.filter(({ local }) => local.year > HORIZON - PROVEN_YEARS))
  const rules = tail.map((group) => yearlyRule(group, PROVEN_YEARS))
  if (tail.length === 0 || rules.some((rule) => rule === null)) return none
  const follows = (change: Change) =>
    rules.some((rule, at) => {
      const model = tail[at]?.[0]
      return rule !== null && model !== undefined && alike(change, model) && rule.covers(change.local)
    })
  const lastIrregular = changes.findLastIndex((change) => !follows(change))
  const regular = changes.slice(lastIrregular + 1)
  return {
    listed: changes.slice(0, lastIrregular + 1),
    ruled: grouped(regular).flatMap(([first]) => {
      const at = tail.findIndex(([model]) => alike(first, model))
      const rule = rules[at]
      return rule ? [{ first, rule: rule.recur }] : []
    }),
  }
}

const alike = (one: Change, other: Change) =>
  one.from === other.from &&
  one.to === other.to &&
  one.name === other.name &&
  one.local.toPlainTime().equals(other.local.toPlainTime())

type YearlyRule = { readonly recur: object; readonly covers: (local: Temporal.PlainDateTime) => boolean }

/** One change a year, on one weekday of one month, within the same seven days of it. */
function yearlyRule(group: Group, years: number): YearlyRule | null {
  const [{ local: model }] = group
  const same = group.every(({ local }) => local.month === model.month && local.dayOfWeek === model.dayOfWeek)
  const once = new Set(group.map(({ local }) => local.year)).size === years && group.length === years
  if (!same || !once) return null
  const days = group.map(({ local }) => local.day)
  const isLast = group.every(({ local }) => local.day > local.daysInMonth - 7)
  const least = Math.min(...days)
  if (!isLast && Math.max(...days) - least > 6) return null
  const weekday = WEEKDAYS[model.dayOfWeek - 1] ?? 'SU'
  const nth = Math.ceil(least / 7)
  const isNth = days.every((day) => Math.ceil(day / 7) === nth)
  const month = { freq: 'YEARLY', bymonth: [model.month] }
  const covered = (local: Temporal.PlainDateTime) =>
    local.month === model.month && local.dayOfWeek === model.dayOfWeek
  if (isLast) {
    return {
      recur: { ...month, byday: [`-1${weekday}`] },
      covers: (local) => covered(local) && local.day > local.daysInMonth - 7,
    }
  }
  const window = isNth ? nth * 7 - 6 : least
  const covers = (local: Temporal.PlainDateTime) =>
    covered(local) && local.day >= window && local.day < window + 7
  if (isNth) return { recur: { ...month, byday: [`${nth}${weekday}`] }, covers }
  const bymonthday = Array.from({ length: 7 }, (_, at) => window + at)
  return { recur: { ...month, bymonthday, byday: [weekday] }, covers }
}

function observance(kind: string, first: Change, more: readonly JProperty[]): JComponent {
  return [
    kind,
    [
      property('dtstart', 'date-time', localText(first.local)),
      property('tzoffsetfrom', 'utc-offset', offsetText(first.from)),
      property('tzoffsetto', 'utc-offset', offsetText(first.to)),
      property('tzname', 'text', first.name),
      ...more,
    ],
    [],
  ]
}

const localText = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: 'second' })

const two = (number: number) => String(number).padStart(2, '0')

function offsetText(seconds: number): string {
  const whole = Math.abs(seconds)
  const rest = whole % 60 === 0 ? '' : `:${two(whole % 60)}`
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}${rest}`
}

/** «EST» where there is such a name, else the offset. */
function nameAt(zone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, timeZoneName: 'short' }).formatToParts(ms)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
