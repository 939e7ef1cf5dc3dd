import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { aligned } from '#lib/domain/calendar/begin.ts'
import { addDays, dayNumber } from '#lib/domain/calendar/days.ts'
import {
  firstDay,
  isRuleDay,
  lastDay,
  nextOccurrence,
  occurrenceOn,
  occurrences,
  occurrencesOf,
  remainingDays,
} from '#lib/domain/calendar/recurrence.ts'
import type { Occurrence, PlainDay, Repeat, Slot } from '#lib/domain/calendar/slot.ts'
import { clockOf, dayOf, startOf, timedAt } from '#lib/domain/calendar/time.ts'
import { instantOf, startOfDay } from '#lib/domain/calendar/zone.ts'
import { days, repeat, repeats, slot, slotId, times, weekly } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const ms = (text: string) => Date.parse(text)
const iso = (time: number) => new Date(time).toISOString().slice(0, 16)

const starts = (one: Slot, from: string, to: string) =>
  occurrences(one, ms(from), ms(to), TORONTO).map((each) => iso(each.start))

function rrule(rule: Repeat): string {
  const parts = [`FREQ=${rule.freq.toUpperCase()}`, `INTERVAL=${rule.every}`]
  if (rule.freq === 'weekly' && rule.weekdays.length > 0) parts.push(`BYDAY=${rule.weekdays.join(',')}`)
  if (rule.freq === 'monthly' && rule.nth !== null) parts.push(`BYDAY=${rule.nth}${rule.weekdays[0]}`)
  if (rule.end && 'count' in rule.end) parts.push(`COUNT=${rule.end.count}`)
  if (rule.end && 'until' in rule.end) parts.push(`UNTIL=${rule.end.until.replaceAll('-', '')}`)
  return parts.join(';')
}

/** Days from the start to `to`, as ical.js expands them, in dates without any zone. */
function oracle(one: Slot, to: PlainDay): readonly PlainDay[] {
  if (one.repeat === null) return [dayOf(one.time)]
  const component = ICAL.Component.fromString(
    [
      'BEGIN:VEVENT',
      `DTSTART;VALUE=DATE:${dayOf(one.time).replaceAll('-', '')}`,
      `RRULE:${rrule(one.repeat)}`,
      ...one.skipped.map((day) => `EXDATE;VALUE=DATE:${day.replaceAll('-', '')}`),
      'END:VEVENT',
    ].join('\r\n'),
  )
  const expansion = new ICAL.RecurExpansion({ component, dtstart: ICAL.Time.fromDateString(dayOf(one.time)) })
  const found: PlainDay[] = []
  for (;;) {
    const next = expansion.next()
    const day = next?.toString().slice(0, 10)
    if (day === undefined || day > to) return found
    found.push(day)
  }
}

const FROM = '2026-01-01'
const TO = '2029-12-31'

/** Slots whose start fits their rule, as calendars exchange them, some of their days taken out. */
const series = fc
  .record({ time: times(FROM, '2027-12-31'), rule: repeats('2026-06-01', TO), taken: fc.array(fc.nat(40)) })
  .map(({ time, rule, taken }) => {
    const weekdays = rule.freq === 'monthly' && rule.weekdays.length === 0 ? ['FR' as const] : rule.weekdays
    const named = { ...rule, weekdays }
    const begun = slot({ time: aligned(time, { ...named, end: null }).time, repeat: named })
    const known = remainingDays({ ...begun, repeat: { ...named, end: named.end ?? { count: 60 } } })
    const skipped = [...new Set(taken)].flatMap((index) => known[index] ?? []).sort()
    return { ...begun, repeat: named, skipped }
  })
  .filter(
    (one) =>
      one.repeat.end === null || !('until' in one.repeat.end) || one.repeat.end.until >= dayOf(one.time),
  )

const everything = (one: Slot) => occurrences(one, ms('1999-01-01'), ms('2031-01-01'), TORONTO)

const spans = (found: readonly Occurrence[]) => found.map((each) => [each.day, each.start, each.end])

describe('the occurrences of a slot', () => {
  it('are the days that ical.js finds for the same rule', () => {
    fc.assert(
      fc.property(series, (one) => {
        const found = everything(one)
          .map((each) => each.day)
          .filter((day) => day <= TO)
        expect(found).toEqual(oracle(one, TO))
      }),
      { numRuns: 200 },
    )
  })

  it('begin at the wall clock of the start, each in its own zone', () => {
    fc.assert(
      fc.property(series, (one) => {
        for (const each of everything(one).slice(1, 60)) {
          const clock = clockOf(one.time)
          const expected =
            clock === null || one.time.kind === 'allDay'
              ? startOfDay(each.day, TORONTO)
              : instantOf(each.day, clock, one.time.zone)
          expect(each.start).toBe(expected)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('are the same through any window as all of them filtered', () => {
    fc.assert(
      fc.property(series, days(FROM, TO), fc.nat(100), (one, from, length) => {
        const begin = startOfDay(from, TORONTO) + 45 * 60_000
        const end = begin + length * 86_400_000
        const expected = everything(one).filter(
          (each) => each.start < end && (each.end > begin || each.start >= begin),
        )
        expect(spans(occurrences(one, begin, end, TORONTO))).toEqual(spans(expected))
      }),
      { numRuns: 200 },
    )
  })

  it('are the same decades later, whatever their age', () => {
    fc.assert(
      fc.property(series, days('2060-01-01', '2062-01-01'), (one, from) => {
        const all = occurrences(one, ms('1999-01-01'), ms('2101-01-01'), TORONTO)
        const begin = startOfDay(from, TORONTO)
        const end = begin + 40 * 86_400_000
        expect(spans(occurrences(one, begin, end, TORONTO))).toEqual(
          spans(all.filter((each) => each.start < end && each.end > begin)),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('are one where it does not repeat, touching the window by its end or its start', () => {
    const one = slot({ time: timedAt('2027-03-05', '12:00', TORONTO), minutes: 60 })
    expect(starts(one, '2027-03-05T17:59Z', '2027-03-06T00:00Z')).toEqual(['2027-03-05T17:00'])
    expect(starts(one, '2027-03-05T18:00Z', '2027-03-06T00:00Z')).toEqual([])
    expect(starts(one, '2027-03-01T00:00Z', '2027-03-05T17:00Z')).toEqual([])
    expect(starts(one, '2027-03-01T00:00Z', '2027-03-05T17:01Z')).toEqual(['2027-03-05T17:00'])
  })

  it('reach into a window from several days before it', () => {
    const festival = slot({
      time: { kind: 'allDay', date: '2027-06-01' },
      days: 10,
      repeat: repeat({ every: 4 }),
    })
    expect(starts(festival, '2027-07-07T12:00Z', '2027-07-08T12:00Z')).toEqual(['2027-06-29T04:00'])
  })

  it('of several days of hours reach into a window too', () => {
    const marathon = slot({
      time: timedAt('2027-06-01', '20:00', TORONTO),
      minutes: 4 * 1440,
      repeat: weekly,
    })
    expect(starts(marathon, '2027-06-12T12:00Z', '2027-06-12T13:00Z')).toEqual(['2027-06-09T00:00'])
  })

  it('stay within the years of the calendar, also through an endless window', () => {
    const daily = slot({ time: timedAt('2100-12-30', '12:00', 'UTC'), repeat: repeat({ freq: 'daily' }) })
    const found = occurrences(daily, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, TORONTO)
    expect(found.map((each) => each.day)).toEqual(['2100-12-30', '2100-12-31'])
  })

  it('of many slots come in order of start, the longer first', () => {
    const long = slot({ id: slotId(1), minutes: 90 })
    const short = slot({ id: slotId(2), minutes: 30 })
    const early = slot({ id: slotId(3), time: timedAt('2027-03-05', '08:00', TORONTO) })
    const found = occurrencesOf([short, long, early], ms('2027-03-05'), ms('2027-03-07'), TORONTO)
    expect(found.map((each) => each.slot.id)).toEqual([early.id, long.id, short.id])
  })
})

describe('a repeat over the change of clocks', () => {
  it('at 02:30 every day takes place at 03:30 on the night that has no 02:30', () => {
    const nightly = slot({ time: timedAt('2027-03-13', '02:30', TORONTO), repeat: repeat({ freq: 'daily' }) })
    expect(starts(nightly, '2027-03-13T00:00Z', '2027-03-16T00:00Z')).toEqual([
      ...['2027-03-13T07:30', '2027-03-14T07:30', '2027-03-15T06:30'],
    ])
  })

  it('at 01:30 every day takes place once on the night that has 01:30 twice, the first time', () => {
    const nightly = slot({ time: timedAt('2027-11-06', '01:30', TORONTO), repeat: repeat({ freq: 'daily' }) })
    expect(starts(nightly, '2027-11-06T00:00Z', '2027-11-09T00:00Z')).toEqual([
      ...['2027-11-06T05:30', '2027-11-07T05:30', '2027-11-08T06:30'],
    ])
  })

  it('keeps the second 01:30 for the occurrence that was put there', () => {
    const second = slot({
      time: { kind: 'timed', at: '2027-11-07T06:30:00Z', zone: TORONTO },
      repeat: weekly,
    })
    expect(starts(second, '2027-11-01T00:00Z', '2027-11-20T00:00Z')).toEqual([
      ...['2027-11-07T06:30', '2027-11-14T06:30'],
    ])
  })

  it.each([
    ['in Toronto', TORONTO, '2027-03-07', ['2027-03-07T17:00', '2027-03-14T16:00', '2027-03-21T16:00']],
    [
      'in Toronto in autumn',
      TORONTO,
      '2027-10-31',
      ['2027-10-31T16:00', '2027-11-07T17:00', '2027-11-14T17:00'],
    ],
    ['in Paris', 'Europe/Paris', '2027-03-21', ['2027-03-21T11:00', '2027-03-28T10:00', '2027-04-04T10:00']],
    [
      'in Phoenix never',
      'America/Phoenix',
      '2027-03-07',
      ['2027-03-07T19:00', '2027-03-14T19:00', '2027-03-21T19:00'],
    ],
    [
      'on Lord Howe',
      'Australia/Lord_Howe',
      '2027-09-26',
      ['2027-09-26T01:30', '2027-10-03T01:00', '2027-10-10T01:00'],
    ],
  ])('at noon every week stays at noon %s', (_, zone, day, expected) => {
    const one = slot({ time: timedAt(day, '12:00', zone), repeat: weekly })
    expect(occurrences(one, ms(day), ms(addDays(day, 20)), TORONTO).map((each) => iso(each.start))).toEqual(
      expected,
    )
  })

  it('lasts as many minutes on a night of 23 hours', () => {
    const vigil = slot({ time: timedAt('2027-03-13', '23:00', TORONTO), minutes: 360, repeat: weekly })
    const [night] = occurrences(vigil, ms('2027-03-13'), ms('2027-03-15'), TORONTO)
    expect(iso(night?.end ?? 0)).toBe('2027-03-14T10:00')
  })

  it('gives a whole day 23 or 25 hours in the newsroom’s zone', () => {
    const day = slot({ time: { kind: 'allDay', date: '2027-03-14' } })
    const [spring] = occurrences(day, ms('2027-03-14'), ms('2027-03-15'), TORONTO)
    expect([iso(spring?.start ?? 0), iso(spring?.end ?? 0)]).toEqual(['2027-03-14T05:00', '2027-03-15T04:00'])
  })
})

describe('a rule', () => {
  const found = (time: PlainDay, rule: Repeat, to: PlainDay) =>
    occurrences(
      slot({ time: { kind: 'allDay', date: time }, repeat: rule }),
      ms('2000-01-01'),
      ms(to),
      'UTC',
    ).map((each) => each.day)

  it('by the 31st skips the months without one', () => {
    expect(found('2027-01-31', repeat({ freq: 'monthly' }), '2027-08-01')).toEqual([
      ...['2027-01-31', '2027-03-31', '2027-05-31', '2027-07-31'],
    ])
  })

  it('of 29 February waits for leap years', () => {
    expect(found('2024-02-29', repeat({ freq: 'yearly' }), '2036-01-01')).toEqual([
      ...['2024-02-29', '2028-02-29', '2032-02-29'],
    ])
  })

  it('of the last Friday finds it in months of four and of five', () => {
    expect(found('2027-01-29', repeat({ freq: 'monthly', weekdays: ['FR'], nth: -1 }), '2027-05-01')).toEqual(
      [...['2027-01-29', '2027-02-26', '2027-03-26', '2027-04-30']],
    )
  })

  it('counts its start and what was taken out', () => {
    const rule = repeat({ end: { count: 3 } })
    const one = slot({ time: timedAt('2027-03-05', '12:00', TORONTO), repeat: rule, skipped: ['2027-03-12'] })
    expect(everything(one).map((each) => each.day)).toEqual(['2027-03-05', '2027-03-19'])
  })

  it('counts a start that it would not have chosen', () => {
    const tuesday = repeat({ weekdays: ['MO', 'WE'], end: { count: 3 } })
    expect(found('2027-03-02', tuesday, '2028-01-01')).toEqual(['2027-03-02', '2027-03-03', '2027-03-08'])
  })

  it('to which a start is brought begins in the nearest week, however seldom it comes', () => {
    const rule = repeat({ every: 4, weekdays: ['MO'] })
    expect(dayOf(aligned({ kind: 'allDay', date: '2027-03-02' }, rule).time)).toBe('2027-03-08')
    const over = repeat({ ...rule, end: { until: '2027-03-07' } })
    expect(dayOf(aligned({ kind: 'allDay', date: '2027-03-02' }, over).time)).toBe('2027-03-02')
  })

  it('shows a start that lies after its own end, so that somebody can put it right', () => {
    expect(found('2027-03-02', repeat({ end: { until: '2027-01-01' } }), '2028-01-01')).toEqual([
      '2027-03-02',
    ])
  })
})

describe('the next occurrence', () => {
  it('is the first of all that begin then or later', () => {
    fc.assert(
      fc.property(series, days(FROM, '2028-12-31'), (one, from) => {
        const begin = startOfDay(from, TORONTO)
        const all = occurrences(one, begin, ms('2101-01-02'), TORONTO)
        const expected = all.find((each) => each.start >= begin) ?? null
        expect(nextOccurrence(one, begin, TORONTO)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('is found across the decades of a rule that seldom holds', () => {
    const leap = slot({
      time: { kind: 'allDay', date: '2004-02-29' },
      repeat: repeat({ freq: 'yearly', every: 9 }),
    })
    expect(nextOccurrence(leap, ms('2027-01-01'), TORONTO)?.day).toBe('2040-02-29')
  })

  it('is none after the last', () => {
    expect(nextOccurrence(slot(), startOf(slot().time, TORONTO) + 1, TORONTO)).toBeNull()
  })
})

describe('an occurrence by its day', () => {
  it('exists on exactly the days that the slot has', () => {
    fc.assert(
      fc.property(series, days(FROM, TO), (one, day) => {
        const expected = everything(one).find((each) => each.day === day) ?? null
        expect(occurrenceOn(one, day, TORONTO)).toEqual(expected)
        expect(isRuleDay(one, day)).toBe(expected !== null || one.skipped.includes(day))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the last day of a slot', () => {
  it('is that on which its last occurrence ends, in the newsroom’s zone', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 3000 }), (one, minutes) => {
        const all = occurrences({ ...one, minutes }, ms('1999-01-01'), ms('2101-01-01'), TORONTO)
        const last = all.at(-1)
        if (one.repeat.end === null) expect(lastDay(one, TORONTO)).toBeNull()
        else if (last) {
          const day = lastDay({ ...one, minutes }, TORONTO)
          if (day === null) throw new Error('no last day')
          expect(last.end).toBeGreaterThan(startOfDay(day, TORONTO))
          expect(last.end).toBeLessThanOrEqual(startOfDay(addDays(day, 1), TORONTO))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is not the midnight at which it ends', () => {
    expect(lastDay(slot({ time: timedAt('2027-03-05', '23:00', TORONTO), minutes: 60 }), TORONTO)).toBe(
      '2027-03-05',
    )
    expect(lastDay(slot({ time: timedAt('2027-03-05', '23:00', TORONTO), minutes: 61 }), TORONTO)).toBe(
      '2027-03-06',
    )
    expect(lastDay(slot({ time: { kind: 'allDay', date: '2027-03-05' }, days: 3 }), TORONTO)).toBe(
      '2027-03-07',
    )
  })

  it('is told by the newsroom’s clocks where the slot lives by others', () => {
    const vancouver = slot({ time: timedAt('2027-03-05', '22:00', 'America/Vancouver') })
    expect([firstDay(vancouver, TORONTO), lastDay(vancouver, TORONTO)]).toEqual(['2027-03-06', '2027-03-06'])
    expect(lastDay(vancouver, 'America/Vancouver')).toBe('2027-03-05')
  })

  it('leaves out occurrences that were taken out, unless all were', () => {
    const thrice = slot({ repeat: repeat({ end: { count: 3 } }), skipped: ['2027-03-19'] })
    expect(lastDay(thrice, TORONTO)).toBe('2027-03-12')
    const none = { ...thrice, skipped: ['2027-03-05', '2027-03-12', '2027-03-19'] }
    expect(lastDay(none, TORONTO)).toBe('2027-03-19')
    expect(dayNumber('2027-03-19') - dayNumber('2027-03-05')).toBe(14)
  })
})
