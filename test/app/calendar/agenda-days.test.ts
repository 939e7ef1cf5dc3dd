import { describe, expect, test } from 'vitest'
import { type Stretch, stretches } from '#app/(newsroom)/calendar/_components/agenda/agenda-days.ts'
import { nextLine } from '#app/(newsroom)/calendar/_components/agenda/agenda-keys.ts'
import { planned, slot, weekly, ZONE } from './planned.ts'

const told = (found: readonly Stretch[]) =>
  found.map((one) =>
    one.kind === 'empty'
      ? `${one.from}…${one.to} (${one.days})`
      : `${one.day}: ${one.entries.map(({ occurrence, part }) => `${occurrence.slot.title}${part ? ` ${part.index}/${part.of}` : ''}`).join(', ')}`,
  )

const days = (slots: Parameters<typeof planned>[0], from: string, to: string, today: string) =>
  told(stretches(planned(slots, from, '2026-12-31'), from, to, today, ZONE))

describe('the days of the agenda', () => {
  test('are told with what is on them, and empty ones in a row are one stretch', () => {
    const slots = [
      slot(1, '2026-11-23', '09:00'),
      slot(2, '2026-11-23', '20:30'),
      slot(3, '2026-11-27', '12:00'),
    ]
    expect(days(slots, '2026-11-22', '2026-11-30', '2026-10-01')).toEqual([
      '2026-11-22…2026-11-22 (1)',
      '2026-11-23: Créneau 1, Créneau 2',
      '2026-11-24…2026-11-26 (3)',
      '2026-11-27: Créneau 3',
      '2026-11-28…2026-11-30 (3)',
    ])
  })

  test('always show today, though nothing is on it', () => {
    expect(days([], '2026-11-20', '2026-11-24', '2026-11-22')).toEqual([
      '2026-11-20…2026-11-21 (2)',
      '2026-11-22: ',
      '2026-11-23…2026-11-24 (2)',
    ])
  })

  test('have a slot of several whole days on each, before what has an hour', () => {
    const slots = [slot(1, '2026-11-24', '06:00'), slot(2, '2026-11-23', null, { days: 3 })]
    expect(days(slots, '2026-11-22', '2026-11-25', '2026-10-01').slice(1)).toEqual([
      '2026-11-23: Créneau 2 1/3',
      '2026-11-24: Créneau 2 2/3, Créneau 1',
      '2026-11-25: Créneau 2 3/3',
    ])
  })

  test('do not show the days of a slot that lie outside of the list', () => {
    const slots = [slot(1, '2026-11-21', null, { days: 3 })]
    const found = told(
      stretches(planned(slots, '2026-11-22', '2026-11-30'), '2026-11-22', '2026-11-22', 'x', ZONE),
    )
    expect(found).toEqual(['2026-11-22: Créneau 1 2/3'])
  })

  test('are those of the newsroom’s clocks: 23 h 30 in Toronto is the day after in UTC', () => {
    expect(days([slot(1, '2026-11-23', '23:30')], '2026-11-23', '2026-11-23', 'x')).toEqual([
      '2026-11-23: Créneau 1',
    ])
  })

  test('have a series on each of its days', () => {
    const friday = slot(1, '2026-11-06', '12:00', { repeat: weekly })
    const shown = days([friday], '2026-11-20', '2026-11-27', 'x').filter((line) => line.includes('Créneau'))
    expect(shown).toEqual(['2026-11-20: Créneau 1', '2026-11-27: Créneau 1'])
  })
})

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 0, 0],
  ['ArrowUp', 3, 2],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['a', 1, null],
])('%s on line %i of five leads to %s', (key, at, to) => {
  expect(nextLine(key, at, 5)).toBe(to)
})
