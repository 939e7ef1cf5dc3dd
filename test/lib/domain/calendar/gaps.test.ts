import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import { gaps } from '#lib/domain/calendar/gaps.ts'
import { occurrencesOf } from '#lib/domain/calendar/recurrence.ts'
import { DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { instantOf, startOfDay } from '#lib/domain/calendar/zone.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import { slot } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const TODAY = '2027-03-08'
const now = instantOf(TODAY, '20:00', TORONTO)

const post = (day: PlainDay, channels: readonly Channel[] = ['instagram'], clock = '12:00'): Slot =>
  slot({ time: timedAt(day, clock, TORONTO), channels })

function silences(slots: readonly Slot[], until: PlainDay, silentDays = 3, only?: readonly Channel[]) {
  const end = startOfDay(until, TORONTO)
  const planned = occurrencesOf(slots, startOfDay(TODAY, TORONTO), end, TORONTO)
  return gaps(planned, { ...DEFAULT_SETTINGS, silentDays }, now, end, only ?? ['instagram'])
}

describe('the silence of a channel', () => {
  it('lies between two posts, their days not counted', () => {
    expect(silences([post('2027-03-08'), post('2027-03-12')], '2027-03-13')).toEqual([
      { channel: 'instagram', from: '2027-03-09', to: '2027-03-11', days: 3 },
    ])
    expect(silences([post('2027-03-08'), post('2027-03-11')], '2027-03-12')).toEqual([])
  })

  it('begins today and ends with the window where nothing is planned', () => {
    expect(silences([], '2027-03-15')).toEqual([
      { channel: 'instagram', from: '2027-03-08', to: '2027-03-14', days: 7 },
    ])
  })

  it('is not broken by posts elsewhere, nor by what lies in the past', () => {
    expect(silences([post('2027-03-09', ['facebook']), post('2027-03-07')], '2027-03-11')).toHaveLength(1)
  })

  it('is broken by what was posted this morning, and by each of several whole days', () => {
    expect(silences([post(TODAY, ['instagram'], '06:00')], '2027-03-11')).toEqual([])
    const festival = slot({ time: { kind: 'allDay', date: '2027-03-09' }, days: 3, channels: ['instagram'] })
    expect(silences([festival], '2027-03-13')).toEqual([])
  })

  it('is told for every public channel unless some are asked for', () => {
    const end = startOfDay('2027-03-15', TORONTO)
    expect(gaps([], DEFAULT_SETTINGS, now, end).map((one) => one.channel)).toEqual([
      ...['facebook', 'x', 'instagram', 'youtube', 'blog'],
    ])
  })

  it('is nobody’s concern where the newsroom says so', () => {
    expect(silences([], '2027-03-30', 0)).toEqual([])
  })

  it('counts days of the newsroom’s clocks over their change', () => {
    expect(
      silences(
        [post('2027-03-13', ['instagram'], '23:30'), post('2027-03-15', ['instagram'], '00:10')],
        '2027-03-16',
        1,
      ),
    ).toEqual([
      { channel: 'instagram', from: '2027-03-08', to: '2027-03-12', days: 5 },
      { channel: 'instagram', from: '2027-03-14', to: '2027-03-14', days: 1 },
    ])
  })

  it('covers exactly the days without a post, whatever is planned', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 21 }), (offsets, length) => {
        const until = addDays(TODAY, length)
        const silent = silences(
          offsets.map((offset) => post(addDays(TODAY, offset))),
          until,
          1,
        ).flatMap((one) =>
          Array.from({ length: daysBetween(one.from, one.to) + 1 }, (_, index) => addDays(one.from, index)),
        )
        const busy = new Set(offsets)
        const expected = Array.from({ length }, (_, index) => index).filter((index) => !busy.has(index))
        expect(silent).toEqual(expected.map((index) => addDays(TODAY, index)))
      }),
    )
  })
})
