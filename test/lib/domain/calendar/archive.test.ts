import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { archivableBefore, isArchivable } from '#lib/domain/calendar/archive.ts'
import { occurrences } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { startOfDay } from '#lib/domain/calendar/zone.ts'
import { days, repeat, repeats, slot, times } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const isOld = (one: Slot, today: PlainDay) => isArchivable(one, today, TORONTO)

describe('the archive', () => {
  it.each([
    ['2027-03-05', '2027-02-01'],
    ['2027-03-31', '2027-02-01'],
    ['2027-01-01', '2026-12-01'],
  ])('on %s takes what ended before %s', (today, before) => {
    expect(archivableBefore(today)).toBe(before)
  })

  it('takes a slot the day after its last month ago, by the newsroom’s clocks', () => {
    const eve = slot({ time: timedAt('2027-01-31', '23:00', TORONTO), minutes: 60 })
    expect(isOld(eve, '2027-02-28')).toBe(false)
    expect(isOld(eve, '2027-03-01')).toBe(true)
    expect(isOld({ ...eve, minutes: 61 }, '2027-03-01')).toBe(false)
    const abroad = slot({ time: timedAt('2027-01-31', '23:00', 'America/Vancouver') })
    expect(isOld(abroad, '2027-03-01')).toBe(false)
  })

  it('never takes a series without an end, and one with an end after its last occurrence', () => {
    const series = (end: Slot['repeat']) =>
      slot({ time: timedAt('2020-01-03', '12:00', TORONTO), repeat: end })
    expect(isOld(series(repeat()), '2099-01-01')).toBe(false)
    expect(isOld(series(repeat({ end: { until: '2027-02-01' } })), '2027-03-01')).toBe(true)
    expect(isOld(series(repeat({ end: { until: '2027-02-05' } })), '2027-03-01')).toBe(false)
  })

  it('takes nothing that still has an occurrence after its border', () => {
    fc.assert(
      fc.property(
        times('2026-01-01', '2027-12-31'),
        repeats('2026-01-01', '2028-12-31'),
        days('2026-01-01', '2030-01-01'),
        (time, rule, today) => {
          const one = slot({ time, repeat: rule })
          if (!isOld(one, today)) return
          const border = startOfDay(archivableBefore(today), TORONTO)
          expect(occurrences(one, border, Date.parse('2101-01-01'), TORONTO)).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })
})
