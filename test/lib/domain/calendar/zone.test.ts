import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dayText } from '#lib/domain/calendar/days.ts'
import {
  clockText,
  instantOf,
  isZone,
  localClock,
  localDay,
  offsetAt,
  parseClock,
  startOfDay,
} from '#lib/domain/calendar/zone.ts'
import { clocks, days, zones } from './arbitraries.ts'

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)

describe('a wall clock as an instant', () => {
  it.each([
    [
      '02:30 of the night when clocks go forward is 03:30',
      '2027-03-14',
      '02:30',
      'America/Toronto',
      '2027-03-14T07:30',
    ],
    ['the hour before it is still winter’s', '2027-03-14', '01:30', 'America/Toronto', '2027-03-14T06:30'],
    ['01:30 that comes twice is the first', '2027-11-07', '01:30', 'America/Toronto', '2027-11-07T05:30'],
    ['the hour after it is winter’s', '2027-11-07', '02:00', 'America/Toronto', '2027-11-07T07:00'],
    ['Paris goes forward two weeks later', '2027-03-28', '02:30', 'Europe/Paris', '2027-03-28T01:30'],
    ['Paris goes back a week earlier', '2027-10-31', '02:30', 'Europe/Paris', '2027-10-31T00:30'],
    [
      'Lord Howe goes forward by half an hour',
      '2027-10-03',
      '02:15',
      'Australia/Lord_Howe',
      '2027-10-02T15:45',
    ],
    ['Lord Howe goes back by half an hour', '2027-04-04', '01:45', 'Australia/Lord_Howe', '2027-04-03T14:45'],
    [
      'Havana has no midnight when it goes forward',
      '2027-03-14',
      '00:00',
      'America/Havana',
      '2027-03-14T05:00',
    ],
    ['Phoenix never changes', '2027-03-14', '02:30', 'America/Phoenix', '2027-03-14T09:30'],
  ])('%s', (_, day, clock, zone, expected) => {
    expect(iso(instantOf(day, clock, zone))).toBe(expected)
  })

  it('is Temporal’s compatible instant in every zone', () => {
    fc.assert(
      fc.property(days('2000-01-01', '2100-12-31'), clocks, zones, (day, clock, zone) => {
        const expected = Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone)
        expect(instantOf(day, clock, zone)).toBe(expected.epochMilliseconds)
        expect(startOfDay(day, zone)).toBe(
          Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone }).epochMilliseconds,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('is Temporal’s on every hour around the changes of clocks', () => {
    for (const zone of ['America/Toronto', 'Europe/Paris', 'Australia/Lord_Howe', 'America/Havana']) {
      let at = Temporal.ZonedDateTime.from(`2027-01-01T00:00[${zone}]`)
      for (let change = 0; change < 2; change += 1) {
        at = at.getTimeZoneTransition('next') ?? at
        for (let quarter = -16; quarter < 16; quarter += 1) {
          const wall = at.toPlainDateTime().add({ minutes: 15 * quarter })
          const clock = clockText(wall.hour * 60 + wall.minute)
          const expected = wall.toZonedDateTime(zone).epochMilliseconds
          expect(instantOf(wall.toPlainDate().toString(), clock, zone), `${wall} ${zone}`).toBe(expected)
        }
      }
    }
  })

  it('refuses what is no time of day', () => {
    for (const clock of ['24:00', '7:30', '12:60', '', '12:00:00']) {
      expect(parseClock(clock)).toBeNull()
      expect(() => instantOf('2027-01-01', clock, 'UTC')).toThrow(RangeError)
    }
    expect(parseClock('23:59')).toBe(1439)
  })
})

describe('an instant on local clocks', () => {
  it('is what Temporal says in every zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 4_133_894_400 }), zones, (seconds, zone) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone)
        expect(localDay(seconds * 1000, zone)).toBe(expected.toPlainDate().toString())
        expect(localClock(seconds * 1000, zone)).toBe(expected.toPlainTime().toString().slice(0, 5))
      }),
      { numRuns: 1000 },
    )
  })

  it('changes exactly at the change of clocks', () => {
    const change = Date.parse('2027-03-14T07:00:00Z')
    expect(localClock(change - 60_000, 'America/Toronto')).toBe('01:59')
    expect(localClock(change, 'America/Toronto')).toBe('03:00')
    expect(offsetAt('America/Toronto', change - 1)).toBe(-5 * 3_600_000)
    expect(offsetAt('America/Toronto', change)).toBe(-4 * 3_600_000)
  })

  it('is known before a change also where the change itself was asked for first', () => {
    const change = Date.parse('2027-03-14T06:00:00Z')
    expect(offsetAt('America/Halifax', change)).toBe(-3 * 3_600_000)
    expect(offsetAt('America/Halifax', change - 1)).toBe(-4 * 3_600_000)
  })

  it('is read as UTC in a zone that this machine does not know', () => {
    expect(localClock(Date.parse('2027-07-01T12:00:00Z'), 'America/Rimouski')).toBe('12:00')
    expect(iso(instantOf('2027-07-01', '12:00', 'America/Rimouski'))).toBe('2027-07-01T12:00')
  })
})

describe('a zone', () => {
  it.each(['America/Toronto', 'America/Montreal', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'])(
    'is %s',
    (zone) => expect(isZone(zone)).toBe(true),
  )

  it.each(['', 'X/Y', '+05:00', 'america/toronto', 'America/Toronto ', 'Eastern Standard Time', 5, null])(
    'is not %j',
    (zone) => expect(isZone(zone)).toBe(false),
  )
})

describe('a day number', () => {
  it('counts from 1970 and back', () => {
    expect(dayText(0)).toBe('1970-01-01')
  })
})
