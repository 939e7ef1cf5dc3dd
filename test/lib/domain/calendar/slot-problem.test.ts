import { describe, expect, it } from 'vitest'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { slotProblem } from '#lib/domain/calendar/slot-problem.ts'
import { draftId, repeat, slot } from './arbitraries.ts'

const timed = (at: string, zone = 'America/Toronto'): Partial<Slot> => ({ time: { kind: 'timed', at, zone } })
const whole = (date: string, days = 1): Partial<Slot> => ({ time: { kind: 'allDay', date }, days })

describe('a slot', () => {
  it.each<[Partial<Slot>, string | null]>([
    [{}, null],
    [{ title: '  ' }, 'titleMissing'],
    [{ title: '', draft: draftId(1) }, null],
    [{ title: 'a'.repeat(301) }, 'titleTooLong'],
    [{ note: 'a'.repeat(10_001) }, 'noteTooLong'],
    [{ tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'tooManyTags'],
    [{ tags: ['a'.repeat(61)] }, 'tagTooLong'],
    [timed('demain'), 'badTime'],
    [timed('2027-02-30T12:00:00Z'), 'badTime'],
    [timed('2027-03-05T12:00:00Z', 'X/Y'), 'badZone'],
    [timed('0000-03-05T12:00:00Z'), 'outOfRange'],
    [timed('9999-12-31T23:59:00Z'), 'outOfRange'],
    [timed('2000-01-01T04:59:00Z'), 'outOfRange'],
    [timed('2000-01-01T05:00:00Z'), null],
    [{ ...timed('2101-01-01T04:30:00Z'), minutes: 30 }, null],
    [{ ...timed('2101-01-01T04:30:00Z'), minutes: 31 }, 'outOfRange'],
    [whole('2100-12-31'), null],
    [whole('2100-12-31', 2), 'outOfRange'],
    [whole('1999-12-31'), 'outOfRange'],
    [whole('2027-02-29'), 'badTime'],
    [{ minutes: 0 }, 'endsBeforeStart'],
    [{ minutes: -30 }, 'endsBeforeStart'],
    [{ minutes: Number.NaN }, 'endsBeforeStart'],
    [{ minutes: 10_081 }, 'tooLong'],
    [whole('2027-03-05', 0), 'endsBeforeStart'],
    [whole('2027-03-05', 367), 'tooLong'],
    [{ embargo: 'lundi' }, 'badEmbargo'],
    [{ embargo: '2027-03-05T12:00:00Z' }, null],
    [{ repeat: repeat({ every: 0 }) }, 'badRepeat'],
    [{ repeat: repeat({ every: 100 }) }, 'badRepeat'],
    [{ repeat: repeat({ end: { count: 0 } }) }, 'badRepeat'],
    [{ repeat: repeat({ end: { count: 1001 } }) }, 'badRepeat'],
    [{ repeat: repeat({ end: { until: '2027-13-01' } }) }, 'badRepeat'],
    [{ repeat: repeat({ end: { until: '2027-03-04' } }) }, 'repeatEndsBeforeStart'],
    [{ repeat: repeat({ end: { until: '2027-03-05' } }) }, null],
    [{ repeat: repeat({ end: { until: '2101-01-01' } }) }, 'outOfRange'],
  ])('with %j has the problem %j', (fields, problem) => {
    expect(slotProblem(slot(fields))).toBe(problem)
  })
})
