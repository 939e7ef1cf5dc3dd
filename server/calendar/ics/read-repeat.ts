import { addDays, dayNumber, dayOfMonth, parseDay, weekdayOf } from '#lib/domain/calendar/days.ts'
import {
  LIMITS,
  type PlainDay,
  type Repeat,
  type Slot,
  WEEKDAYS,
  type Weekday,
} from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { instantOf, localTime } from '#lib/domain/calendar/zone.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { SkipReason } from '../types.ts'

type RepeatProblem = Extract<SkipReason, 'repeatTooOften' | 'repeatNotKnown' | 'repeatNever'>
type Outcome = Result<Repeat | null, RepeatProblem>
type Rule = ReadonlyMap<string, string>

const MOST_TIMES = 1000
const MOST_APART = 99

/** A rule of RFC 5545, 3.3.10, where a slot can repeat so; `null`: it takes place once. */
export function readRepeat(rules: readonly string[], time: Slot['time']): Outcome {
  const [text] = rules
  if (text === undefined) return ok(null)
  if (rules.length > 1) return fail('repeatNotKnown')
  const rule = partsOf(text)
  const pace = paceProblem(rule, time)
  if (pace !== null) return fail(pace)
  const every = count(rule.get('INTERVAL') ?? '1')
  if (every === null || every < 1) return fail('repeatNotKnown')
  const shape = shapeOf(rule, every, time)
  if (shape === null || shape.every > MOST_APART) return fail('repeatNotKnown')
  const end = endOf(rule, time)
  if (!end.ok) return end
  if (end.value !== null && 'count' in end.value && end.value.count === 1) return ok(null)
  return ok({ ...shape, end: end.value })
}

const partsOf = (text: string): Rule =>
  new Map(
    text
      .trim()
      .toUpperCase()
      .split(';')
      .filter(Boolean)
      .map((part) => {
        const [name = '', value = ''] = part.split('=')
        return [name.trim(), value.trim()]
      }),
  )

/** A whole number of at most nine digits, or null. */
const count = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null)

/** A slot takes place once a day at most, and a thousand times. */
function paceProblem(rule: Rule, time: Slot['time']): RepeatProblem | null {
  if (/^(SECONDLY|MINUTELY|HOURLY)$/.test(rule.get('FREQ') ?? '')) return 'repeatTooOften'
  const clock = time.kind === 'timed' ? localTime(Date.parse(time.at), time.zone).minutes : 0
  // Some programs repeat the hour of the start; any other hour would make a second occurrence that day.
  const own: Readonly<Record<string, number>> = {
    BYHOUR: Math.floor(clock / 60),
    BYMINUTE: clock % 60,
    BYSECOND: 0,
  }
  for (const [name, value] of Object.entries(own)) {
    const given = rule.get(name)
    if (given !== undefined && count(given) !== value) return 'repeatTooOften'
  }
  const times = rule.get('COUNT')
  return times !== undefined && /^\d+$/.test(times) && Number(times) > MOST_TIMES ? 'repeatTooOften' : null
}

const ALWAYS_ALLOWED = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYHOUR', 'BYMINUTE', 'BYSECOND']
const allows = (rule: Rule, ...names: string[]) =>
  [...rule.keys()].every((name) => ALWAYS_ALLOWED.includes(name) || names.includes(name))

type Shape = Omit<Repeat, 'end'>

function shapeOf(rule: Rule, every: number, time: Slot['time']): Shape | null {
  const start = dayOf(time)
  switch (rule.get('FREQ')) {
    case 'DAILY':
      return daily(rule, every)
    case 'WEEKLY':
      return weekly(rule, every, start)
    case 'MONTHLY':
      return allows(rule, 'BYDAY', 'BYMONTHDAY', 'BYSETPOS') ? monthly(rule, every, start) : null
    case 'YEARLY':
      return yearly(rule, every, start)
    default:
      return null
  }
}

const plainShape = (freq: Repeat['freq'], every: number): Shape => ({ freq, every, weekdays: [], nth: null })

function daily(rule: Rule, every: number): Shape | null {
  if (!rule.has('BYDAY')) {
    if (!allows(rule)) return null
    return every > MOST_APART && every % 7 === 0
      ? plainShape('weekly', every / 7)
      : plainShape('daily', every)
  }
  const weekdays = weekdaysOf(rule)
  return every === 1 && allows(rule, 'BYDAY') && weekdays ? { ...plainShape('weekly', 1), weekdays } : null
}

function weekly(rule: Rule, every: number, start: PlainDay): Shape | null {
  if (!allows(rule, 'BYDAY')) return null
  const weekdays = rule.has('BYDAY') ? weekdaysOf(rule) : []
  if (!weekdays || (every > 1 && !sameWeeks(rule, [...weekdays, weekdayOf(start)]))) return null
  return { ...plainShape('weekly', every), weekdays }
}

/** Slots count weeks from Monday. Other weeks are the same to days that lie on one side of their beginning. */
function sameWeeks(rule: Rule, weekdays: readonly Weekday[]): boolean {
  const begin = WEEKDAYS.indexOf((rule.get('WKST') ?? 'MO') as Weekday)
  const before = weekdays.filter((weekday) => WEEKDAYS.indexOf(weekday) < begin)
  return before.length === 0 || before.length === weekdays.length
}

const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text)

/** @returns null for none, and for those that are counted («2TU») */
function weekdaysOf(rule: Rule): readonly Weekday[] | null {
  const given = new Set((rule.get('BYDAY') ?? '').split(','))
  const weekdays = WEEKDAYS.filter((weekday) => given.has(weekday))
  return weekdays.length === given.size ? weekdays : null
}

type Nth = NonNullable<Repeat['nth']>
const NTHS: readonly Nth[] = [-1, 1, 2, 3, 4, 5]

function monthly(rule: Rule, every: number, start: PlainDay): Shape | null {
  const day = rule.get('BYMONTHDAY')
  if (day !== undefined && count(day) !== dayOfMonth(dayNumber(start))) return null
  const byDay = rule.get('BYDAY')
  if (byDay === undefined) return rule.has('BYSETPOS') ? null : plainShape('monthly', every)
  if (day !== undefined) return null
  // «2TU», or the second of the Tuesdays.
  const [, number, weekday = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(byDay) ?? []
  const place = rule.get('BYSETPOS')
  if ((number === undefined) === (place === undefined)) return null
  const nth = NTHS.find((one) => one === Number(number ?? place))
  return nth !== undefined && isWeekday(weekday) ? { freq: 'monthly', every, weekdays: [weekday], nth } : null
}

function yearly(rule: Rule, every: number, start: PlainDay): Shape | null {
  if (!allows(rule, 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS')) return null
  const month = rule.get('BYMONTH')
  if (month !== undefined && count(month) !== Number(start.slice(5, 7))) return null
  if (rule.has('BYDAY')) return month === undefined ? null : monthly(rule, every * 12, start)
  if (rule.has('BYSETPOS')) return null
  const day = rule.get('BYMONTHDAY')
  if (day !== undefined && count(day) !== dayOfMonth(dayNumber(start))) return null
  return plainShape('yearly', every)
}

function endOf(rule: Rule, time: Slot['time']): Result<Repeat['end'], RepeatProblem> {
  const times = rule.get('COUNT')
  if (times !== undefined) {
    const number = count(times)
    if (number === null) return fail('repeatNotKnown')
    return number === 0 ? fail('repeatNever') : ok({ count: number })
  }
  const text = rule.get('UNTIL')
  if (text === undefined) return ok(null)
  const until = lastDayBefore(text, time)
  if (until === null) return fail('repeatNotKnown')
  // «9999» is how some programs write «for ever».
  if (Number(until.slice(0, 4)) > LIMITS.lastYear) return ok(null)
  return until < dayOf(time) ? fail('repeatNever') : ok({ until })
}

/** The last day on which an occurrence begins at or before UNTIL. */
function lastDayBefore(text: string, time: Slot['time']): PlainDay | null {
  const [, year, month, date, hours, minutes, utc] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?\d{2}(Z?))?$/.exec(text) ?? []
  const day = parseDay(`${year}-${month}-${date}`)
  if (day === null || hours === undefined || time.kind === 'allDay') return day
  const clock = `${hours}:${minutes}`
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) return null
  const until = instantOf(day, clock, utc ? 'UTC' : time.zone)
  const local = localTime(until, time.zone)
  const begins = localTime(Date.parse(time.at), time.zone).minutes
  const last = utc ? parseDay(new Date(local.day * 86_400_000).toISOString().slice(0, 10)) : day
  return last !== null && local.minutes < begins ? addDays(last, -1) : last
}
