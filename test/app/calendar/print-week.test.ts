import { describe, expect, test } from 'vitest'
import { daysOfWeek, density, weekOf } from '#app/(newsroom)/calendar/print/_components/print-week.ts'
import { planned, slot, ZONE } from './planned.ts'

describe('a printed week', () => {
  test('begins on Sunday, whatever its day', () => {
    expect(['2026-11-22', '2026-11-25', '2026-11-28', '2026-11-29'].map(weekOf)).toEqual([
      '2026-11-22',
      '2026-11-22',
      '2026-11-22',
      '2026-11-29',
    ])
  })

  test('has seven days: whole days on each of theirs and first, hours on the day they begin', () => {
    const slots = [
      slot(1, '2026-11-21', null, { days: 3 }),
      slot(2, '2026-11-22', '23:30', { minutes: 120 }),
      slot(3, '2026-11-28', '08:00'),
    ]
    const days = daysOfWeek('2026-11-22', planned(slots, '2026-11-22', '2026-11-29'), ZONE)
    expect(days.map(({ occurrences }) => occurrences.map((one) => one.slot.title))).toEqual([
      ['Créneau 1', 'Créneau 2'],
      ['Créneau 1'],
      [],
      [],
      [],
      [],
      ['Créneau 3'],
    ])
  })

  test('gets smaller letters the fuller its fullest day is', () => {
    const day = (count: number) => {
      const slots = Array.from({ length: count }, (_, index) => slot(index, '2026-11-24', '09:00'))
      return density(daysOfWeek('2026-11-22', planned(slots, '2026-11-22', '2026-11-29'), ZONE))
    }
    expect([day(0), day(7), day(8), day(14)]).toEqual(['roomy', 'roomy', 'dense', 'tight'])
  })
})
