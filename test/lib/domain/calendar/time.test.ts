import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, parseDay, weekdayOf } from '#lib/domain/calendar/days.ts'
import type { SlotTime } from '#lib/domain/calendar/slot.ts'
import {
  clockOf,
  dayOf,
  endOf,
  instantText,
  inYears,
  moveByDays,
  moveByMinutes,
  moveTo,
  parseInstant,
  resizeFrom,
  resizeTo,
  snap,
  startOf,
  timedAt,
} from '#lib/domain/calendar/time.ts'
import { instantOf, localClock, localDay } from '#lib/domain/calendar/zone.ts'
import { clocks, days, slot, timedTimes, times, zones } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const noon = timedAt('2027-03-05', '12:00', TORONTO)
const at = (text: string): SlotTime => ({ kind: 'timed', at: text, zone: TORONTO })

describe('a slot that is moved', () => {
  it('begins at the hour at which it was put, in the zone on show, and keeps its own', () => {
    expect(moveTo(noon, { day: '2027-03-20', clock: '09:15' }, 'America/Vancouver')).toEqual(
      at('2027-03-20T16:15:00Z'),
    )
  })

  it('keeps its hour on another day, over a change of clocks', () => {
    const moved = moveTo(noon, { day: '2027-03-20' }, TORONTO)
    expect([dayOf(moved), clockOf(moved)]).toEqual(['2027-03-20', '12:00'])
    expect(moved).toEqual(at('2027-03-20T16:00:00Z'))
  })

  it('to the hour that a night leaves out goes forward, and to one that comes twice is the first', () => {
    expect(clockOf(moveTo(noon, { day: '2027-03-14', clock: '02:30' }, TORONTO))).toBe('03:30')
    expect(moveTo(noon, { day: '2027-11-07', clock: '01:30' }, TORONTO)).toEqual(at('2027-11-07T05:30:00Z'))
  })

  it('back to where it was does not move, though that hour comes twice', () => {
    const second = at('2027-11-07T06:30:00Z')
    expect(moveTo(second, { day: '2027-11-07', clock: '01:30' }, TORONTO)).toEqual(second)
    expect(moveTo(second, { day: '2027-11-07' }, TORONTO)).toEqual(second)
  })

  it('becomes a whole day, and a whole day an hour in the zone on show', () => {
    const whole: SlotTime = { kind: 'allDay', date: '2027-03-20' }
    expect(moveTo(noon, { day: '2027-03-20', wholeDay: true }, TORONTO)).toEqual(whole)
    expect(moveTo(whole, { day: '2027-03-21' }, TORONTO)).toEqual({ kind: 'allDay', date: '2027-03-21' })
    expect(moveTo(whole, { day: '2027-03-21', clock: '08:00' }, TORONTO)).toEqual(at('2027-03-21T12:00:00Z'))
  })

  it('shows the day and hour at which it was put, but for hours that do not exist', () => {
    fc.assert(
      fc.property(
        timedTimes('2026-01-01', '2028-01-01'),
        days('2026-01-01', '2028-01-01'),
        clocks,
        zones,
        (time, day, clock, zone) => {
          const start = startOf(moveTo(time, { day, clock }, zone), zone)
          expect(start).toBe(instantOf(day, clock, zone))
        },
      ),
    )
  })

  it('by days and back is where it was, but for hours that a night leaves out or gives twice', () => {
    fc.assert(
      fc.property(times('2026-01-01', '2028-01-01'), fc.integer({ min: -400, max: 400 }), (time, by) => {
        const there = moveByDays(time, by)
        expect(daysBetween(dayOf(time), dayOf(there))).toBe(by)
        const back = moveByDays(there, -by)
        expect(dayOf(back)).toBe(dayOf(time))
        if (clockOf(there) === clockOf(time)) expect(clockOf(back)).toBe(clockOf(time))
      }),
    )
  })

  it('by minutes passes through both hours of an autumn night', () => {
    expect(moveByMinutes(at('2027-11-07T05:30:00Z'), 60)).toEqual(at('2027-11-07T06:30:00Z'))
    expect(moveByMinutes({ kind: 'allDay', date: '2027-11-07' }, 60)).toEqual({
      kind: 'allDay',
      date: '2027-11-07',
    })
  })
})

describe('a slot that is resized', () => {
  const one = slot({ time: noon, minutes: 60 })
  const start = startOf(noon, TORONTO)

  it('ends where it was put, five minutes long at least and a week at most', () => {
    expect(resizeTo(one, start + 45 * 60_000, TORONTO).minutes).toBe(45)
    expect(resizeTo(one, start - 45 * 60_000, TORONTO).minutes).toBe(5)
    expect(resizeTo(one, start + 30 * 86_400_000, TORONTO).minutes).toBe(7 * 1440)
  })

  it('by its beginning keeps its end', () => {
    const longer = resizeFrom(one, start - 30 * 60_000, TORONTO)
    expect([longer.minutes, endOf(longer, TORONTO)]).toEqual([90, endOf(one, TORONTO)])
    const shortest = resizeFrom(one, start + 90 * 60_000, TORONTO)
    expect([shortest.minutes, endOf(shortest, TORONTO)]).toEqual([5, endOf(one, TORONTO)])
  })

  it('of whole days counts them, over a change of clocks', () => {
    const whole = slot({ time: { kind: 'allDay', date: '2027-03-13' }, days: 1 })
    const end = instantOf('2027-03-16', '00:00', TORONTO)
    expect(resizeTo(whole, end, TORONTO).days).toBe(3)
    expect(resizeTo(whole, instantOf('2027-03-01', '00:00', TORONTO), TORONTO).days).toBe(1)
    const both = resizeFrom({ ...whole, days: 3 }, instantOf('2027-03-12', '00:00', TORONTO), TORONTO)
    expect([both.time, both.days]).toEqual([{ kind: 'allDay', date: '2027-03-12' }, 4])
    const last = resizeFrom({ ...whole, days: 3 }, instantOf('2027-03-20', '00:00', TORONTO), TORONTO)
    expect([last.time, last.days]).toEqual([{ kind: 'allDay', date: '2027-03-15' }, 1])
  })
})

describe('an instant', () => {
  it('snaps to the clock of its zone', () => {
    const kathmandu = instantOf('2027-03-05', '10:52', 'Asia/Kathmandu')
    expect(localClock(snap(kathmandu, 30, 'Asia/Kathmandu'), 'Asia/Kathmandu')).toBe('11:00')
    expect(localClock(snap(instantOf('2027-03-05', '23:53', TORONTO), 15, TORONTO), TORONTO)).toBe('00:00')
  })

  it.each([
    ['2027-03-05T12:00:00Z', '2027-03-05T12:00:00Z'],
    ['2027-03-05T12:00Z', '2027-03-05T12:00:00Z'],
    ['2027-03-05T12:00:59.999Z', '2027-03-05T12:00:00Z'],
    ['2027-03-05T12:00:00-05:00', null],
    ['2027-03-05', null],
    ['2027-02-30T12:00:00Z', null],
    ['2027-03-05T24:00:00Z', null],
    ['', null],
    [12, null],
  ])('written %j is %j', (text, expected) => {
    const ms = parseInstant(text)
    expect(ms === null ? null : instantText(ms)).toBe(expected)
  })

  it('lies within the years of the calendar by local days', () => {
    const eve = Date.parse('2101-01-01T03:00:00Z')
    expect(inYears(eve, TORONTO)).toBe(true)
    expect(inYears(eve, 'UTC')).toBe(false)
    expect(inYears(Number.NaN, 'UTC')).toBe(false)
    expect(inYears(Number.POSITIVE_INFINITY, 'UTC')).toBe(false)
  })
})

describe('a slot', () => {
  it('begins and ends a whole day with the newsroom’s', () => {
    const whole = slot({ time: { kind: 'allDay', date: '2027-11-07' }, days: 1 })
    expect(endOf(whole, TORONTO) - startOf(whole.time, TORONTO)).toBe(25 * 3_600_000)
  })

  it('of an hour ends an hour later, also in the night that repeats one', () => {
    const vigil = slot({ time: timedAt('2027-11-07', '01:30', TORONTO), minutes: 60 })
    expect(localClock(endOf(vigil, TORONTO), TORONTO)).toBe('01:30')
    expect(localDay(endOf(vigil, TORONTO), TORONTO)).toBe('2027-11-07')
  })
})

describe('a day', () => {
  it.each(['2027-2-3', '2027-02-29', '0000-00-00', '2027-03-05T00:00', '', null, 20270305])(
    'is not %j',
    (text) => {
      expect(parseDay(text)).toBeNull()
    },
  )

  it('is counted through leap years and months', () => {
    expect(parseDay('2028-02-29')).toBe('2028-02-29')
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01')
    expect(daysBetween('2027-03-05', '2027-02-05')).toBe(-28)
    expect(weekdayOf('2027-03-14')).toBe('SU')
    expect(weekdayOf('1969-12-29')).toBe('MO')
  })
})
