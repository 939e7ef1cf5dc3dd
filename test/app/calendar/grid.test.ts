import { describe, expect, test } from 'vitest'
import {
  eventOf,
  keyOf,
  parseKey,
  sameEvents,
} from '#app/(newsroom)/calendar/_components/grid/grid-events.ts'
import {
  firstWeekday,
  periodOf,
  periodTitle,
  stepped,
} from '#app/(newsroom)/calendar/_components/grid/grid-period.ts'
import {
  fromWall,
  instantOfWall,
  targetOf,
  wallOf,
} from '#app/(newsroom)/calendar/_components/grid/grid-wall.ts'
import { clockWords } from '#app/(newsroom)/calendar/_components/grid/grid-words.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { moveTo } from '#lib/domain/calendar/time.ts'
import { planned, slot, weekly, ZONE } from './planned.ts'

const DAY = '2026-11-24'
const always = () => true
const eventsOf = (one: Slot, from: string, to: string) =>
  planned([one], from, to).map((occurrence) => eventOf(occurrence, ZONE, always))

describe('an event of the grids', () => {
  test('stands on the newsroom’s wall, whatever the zone of the browser', () => {
    expect(eventsOf(slot(1, DAY, '20:30'), DAY, '2026-11-25')).toMatchObject([
      { start: '2026-11-24T20:30:00', end: '2026-11-24T21:00:00', allDay: false },
    ])
  })

  test('ends after it begins also in the night when the clocks go back', () => {
    // 1:50, the first of two, until 1:20, the second.
    const [event] = eventsOf(slot(1, '2026-11-01', '01:50'), '2026-11-01', '2026-11-02')
    expect(event).toMatchObject({ start: '2026-11-01T01:50:00', end: '2026-11-01T02:05:00' })
  })

  test('at 2:30 in the night that has no 2:30 stands an hour later', () => {
    const [event] = eventsOf(slot(1, '2026-03-08', '02:30'), '2026-03-08', '2026-03-09')
    expect(event?.start).toBe('2026-03-08T03:30:00')
  })

  test('of whole days ends with the first day that is no longer its own', () => {
    const [event] = eventsOf(slot(1, DAY, null, { days: 3 }), DAY, '2026-11-28')
    expect(event).toMatchObject({ start: DAY, end: '2026-11-27', allDay: true })
  })

  test('keeps its name when it moves, and each of a series has its own', () => {
    const once = slot(1, DAY, '12:00')
    expect(keyOf(once, DAY)).toBe(keyOf(once, '2026-12-01'))
    expect(parseKey(keyOf(once, DAY))).toEqual({ slot: once.id, day: null })
    const names = eventsOf(slot(2, DAY, '12:00', { repeat: weekly }), DAY, '2026-12-09').map(({ id }) => id)
    expect(new Set(names).size).toBe(3)
    expect(parseKey(names[1] ?? '')?.day).toBe('2026-12-01')
    expect(parseKey('new')).toBeNull()
  })

  test('is the same for the grid when only its words changed, and another one when it moved or was locked', () => {
    const event = (clock: string, title: string, movable: boolean) =>
      planned([slot(1, DAY, clock, { title })], DAY, '2026-11-25').map((one) =>
        eventOf(one, ZONE, () => movable),
      )
    expect(sameEvents(event('12:00', 'A', true), event('12:00', 'B', true))).toBe(true)
    expect(sameEvents(event('12:00', 'A', true), event('12:15', 'A', true))).toBe(false)
    expect(sameEvents(event('12:00', 'A', true), event('12:00', 'A', false))).toBe(false)
    expect(sameEvents(event('12:00', 'A', true), [])).toBe(false)
  })
})

describe('what a hand puts down', () => {
  const dropped = new Date('2026-11-26T09:15:00Z')

  test('on a day of the month keeps the hour that the slot has now', () => {
    const { time } = slot(1, DAY, '20:30')
    expect(targetOf(dropped, false, false)).toEqual({ day: '2026-11-26' })
    expect(moveTo(time, targetOf(dropped, false, false), ZONE)).toEqual(slot(1, '2026-11-26', '20:30').time)
  })

  test('on an hour takes it, and in the row of whole days has none', () => {
    expect(targetOf(dropped, false, true)).toEqual({ day: '2026-11-26', clock: '09:15' })
    expect(targetOf(dropped, true, true)).toEqual({ day: '2026-11-26', wholeDay: true })
  })

  test('is read back from the wall as it was written on it, on every hour of a year', () => {
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 3_600_000) {
      const wall = new Date(`${wallOf(ms, ZONE)}Z`)
      const back = instantOfWall(wall, false, ZONE)
      // The second of two equal hours reads as the first.
      expect([0, 3_600_000]).toContain(ms - back)
    }
    expect(fromWall(dropped)).toEqual({ day: '2026-11-26', clock: '09:15' })
  })
})

describe('the days of a view', () => {
  test('begin on Sunday, in Canada’s two languages', () => {
    expect([firstWeekday('fr'), firstWeekday('en')]).toEqual([0, 0])
  })

  test.each([
    ['month', { from: '2026-11-01', to: '2026-12-05' }],
    ['week', { from: '2026-11-22', to: '2026-11-28' }],
    ['day', { from: DAY, to: DAY }],
  ] as const)('of a %s are whole weeks around it', (view, period) => {
    expect(periodOf(view, DAY, 0)).toEqual(period)
  })

  test('begin on Monday where weeks do', () => {
    expect(periodOf('week', '2026-11-22', 1)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  })

  test.each([
    ['month', '2027-01-31', 1, '2027-02-28'],
    ['month', '2026-12-15', 1, '2027-01-15'],
    ['month', '2027-03-31', -1, '2027-02-28'],
    ['week', DAY, -1, '2026-11-17'],
    ['day', '2026-11-30', 1, '2026-12-01'],
    ['agenda', DAY, 2, '2026-12-08'],
  ] as const)('of a %s, from %s %i pages on, are around %s', (view, from, pages, to) => {
    expect(stepped(view, from, pages)).toBe(to)
  })

  test.each([
    ['month', 'novembre 2026'],
    ['week', '22 – 28 novembre 2026'],
    ['day', 'mardi 24 novembre 2026'],
  ] as const)('of a %s are named in French', (view, words) => {
    expect(periodTitle(view, DAY, 0, 'fr').replaceAll('\u00a0', ' ')).toBe(words)
  })
})

test('a whole hour is written without its minutes', () => {
  const at = (clock: string, locale: 'fr' | 'en') =>
    clockWords(Date.parse(`2026-11-24T${clock}:00Z`), locale, 'UTC').replace(/\s/g, ' ')
  expect([at('20:30', 'fr'), at('20:00', 'fr'), at('00:00', 'fr')]).toEqual(['20 h 30', '20 h', '0 h'])
  expect([at('20:30', 'en'), at('20:00', 'en')]).toEqual(['8:30 p.m.', '8 p.m.'])
})
