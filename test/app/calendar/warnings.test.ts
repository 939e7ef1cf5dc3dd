import { describe, expect, test } from 'vitest'
import { warningsIn } from '#app/(newsroom)/calendar/_components/warnings/warnings.ts'
import { DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { planned, slot } from './planned.ts'

const WEEK = { from: '2026-11-22', to: '2026-11-28' }
const found = (slots: readonly Slot[], today: string, period = WEEK) =>
  warningsIn(planned(slots, '2026-10-20', '2027-01-10'), period, today, DEFAULT_SETTINGS, slots)

describe('what is worth a second look', () => {
  test('are the conflicts of the days on the screen', () => {
    const slots = [
      slot(1, '2026-11-24', '09:00'),
      slot(2, '2026-11-24', '09:10'),
      slot(3, '2026-12-03', '09:00'),
      slot(4, '2026-12-03', '09:10'),
    ]
    expect(found(slots, '2026-11-22').conflicts.map(({ kind, minutes }) => [kind, minutes])).toEqual([
      ['tooClose', 10],
    ])
  })

  test('is one whose neighbour lies outside of the screen', () => {
    const slots = [slot(1, '2026-11-28', '21:50'), slot(2, '2026-11-29', '00:10', { title: 'Créneau 1' })]
    expect(found(slots, '2026-11-22').conflicts.map(({ kind }) => kind)).toEqual(['duplicate'])
  })

  test('is nothing that is over', () => {
    const slots = [slot(1, '2026-11-23', '09:00'), slot(2, '2026-11-23', '09:10')]
    expect(found(slots, '2026-11-24').conflicts).toEqual([])
    expect(found(slots, '2027-02-01')).toEqual({ conflicts: [], gaps: [] })
  })

  test('is a silence on a channel that is used, as long as it is, though the screen shows a part of it', () => {
    const slots = [slot(1, '2026-11-22', '09:00'), slot(2, '2026-12-02', '09:00')]
    const [gap, ...others] = found(slots, '2026-11-22').gaps
    expect(gap).toMatchObject({
      channel: 'facebook',
      from: '2026-11-23',
      to: '2026-12-01',
      days: 9,
      others: 0,
    })
    expect(others).toEqual([])
  })

  test('is no silence on channels that nobody uses', () => {
    expect(found([slot(1, '2026-11-22', '09:00', { channels: ['other'] })], '2026-11-22').gaps).toEqual([])
  })
})
