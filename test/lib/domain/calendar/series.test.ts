import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aligned } from '#lib/domain/calendar/begin.ts'
import { addDays } from '#lib/domain/calendar/days.ts'
import { occurrences, occurrencesOf, remainingDays } from '#lib/domain/calendar/recurrence.ts'
import type { SlotChange } from '#lib/domain/calendar/reshape.ts'
import { type Plan, planDelete, planEdit, SCOPES, type Scope } from '#lib/domain/calendar/series.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { slotProblem } from '#lib/domain/calendar/slot-problem.ts'
import { clockOf, dayOf, moveByDays, timedAt } from '#lib/domain/calendar/time.ts'
import { instantOf } from '#lib/domain/calendar/zone.ts'
import { applyPlan, seriesOf } from './apply-plan.ts'
import { clocks, repeat, repeats, slot, slotId, times, weekly } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const FROM = Date.parse('1999-01-01')
const TO = Date.parse('2031-01-01')
/** Occurrences are picked before it, so that wherever they go the window still shows them. */
const PICKED = Date.parse('2030-06-01')
const planner = (number: number) => ({ newId: slotId(number), by: null, zone: TORONTO })
const iso = (time: number) => new Date(time).toISOString().slice(0, 16)

const all = (slots: readonly Slot[]) => occurrencesOf(slots, FROM, TO, TORONTO)
const line = (one: Occurrence) => `${iso(one.start)} ${iso(one.end)} ${one.slot.title}`
const lines = (slots: readonly Slot[]) => all(slots).map(line).sort()

function make(slots: readonly Slot[], plan: Plan | null): readonly Slot[] {
  if (plan === null) throw new Error('no such occurrence')
  return applyPlan(slots, plan)
}

const edit = (slots: readonly Slot[], of: Slot, day: PlainDay, change: SlotChange, scope: Scope, id = 9) =>
  make(slots, planEdit(seriesOf(of, slots), day, change, scope, planner(id)))

const remove = (slots: readonly Slot[], of: Slot, day: PlainDay, scope: Scope) =>
  make(slots, planDelete(seriesOf(of, slots), day, scope))

/** A series; which of its occurrences were given an own title, or an own hour, or were taken out, comes as `past`. */
const lived = fc
  .record({
    time: times('2026-01-01', '2027-06-01'),
    rule: repeats('2027-06-01', '2029-01-01'),
    past: fc.array(fc.record({ pick: fc.nat(30), how: fc.constantFrom('title', 'hour', 'skip') }), {
      maxLength: 5,
    }),
  })
  .map(({ time, rule, past }) => {
    const begun = aligned(time, rule)
    const first = slot({ ...begun, skipped: begun.skipped })
    return past.reduce<readonly Slot[]>(
      (slots, { pick, how }, index) => {
        const series = slots.find((one) => one.id === first.id)
        if (!series || series.repeat === null) return slots
        const some = occurrences(series, FROM, PICKED, TORONTO).slice(0, 40)
        const one = some[pick % some.length]
        if (!one || some.length < 2) return slots
        if (how === 'skip') return remove(slots, series, one.day, 'this')
        const change: SlotChange =
          how === 'title' ? { title: `à part ${index}` } : { time: moveByDays(slot().time, index) }
        return edit(slots, series, one.day, change, 'this', 50 + index)
      },
      [first],
    )
  })

/** A lived series and one of its occurrences. */
const scene = fc.tuple(lived, fc.nat(50)).map(([slots, pick]) => {
  const series = slots.find((one) => one.id === slotId(1)) ?? slot()
  const some = occurrences(series, FROM, PICKED, TORONTO).slice(0, 60)
  return { slots, series, day: some[pick % some.length]?.day ?? dayOf(series.time) }
})

/** Whether an occurrence belongs to the series from `day` on, by its own day or the one it stands for. */
const inScope = (one: Occurrence, series: Slot, day: PlainDay, scope: Scope): boolean => {
  const key =
    one.slot.id === series.id ? one.day : one.slot.partOf?.slot === series.id ? one.slot.partOf.day : null
  if (key === null) return false
  if (scope === 'this') return one.slot.id === series.id && key === day
  return scope === 'all' || key >= day
}

const runs = { numRuns: 150 }

describe('another title', () => {
  it.each(SCOPES)('for %s changes the words there, and no occurrence comes, goes or moves', (scope) => {
    fc.assert(
      fc.property(scene, ({ slots, series, day }) => {
        const expected = all(slots).map((one) => {
          const renamed = inScope(one, series, day, scope) && one.slot.title === series.title
          return `${iso(one.start)} ${iso(one.end)} ${renamed ? 'Neuf' : one.slot.title}`
        })
        expect(lines(edit(slots, series, day, { title: 'Neuf' }, scope))).toEqual(expected.sort())
      }),
      runs,
    )
  })
})

describe('taking away', () => {
  it.each(SCOPES)('%s leaves exactly the others', (scope) => {
    fc.assert(
      fc.property(scene, ({ slots, series, day }) => {
        const expected = all(slots).filter((one) => !inScope(one, series, day, scope))
        expect(lines(remove(slots, series, day, scope))).toEqual(expected.map(line).sort())
      }),
      runs,
    )
  })

  it('leaves no series without occurrences behind', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...SCOPES), ({ slots, series, day }, scope) => {
        for (const one of remove(slots, series, day, scope)) {
          expect(remainingDays(one).length).toBeGreaterThan(0)
        }
      }),
      runs,
    )
  })
})

describe('moving', () => {
  it('this one moves it alone', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: -40, max: 40 }), clocks, ({ slots, series, day }, by, clock) => {
        const time = timedAt(addDays(day, by), clock, TORONTO)
        const start = instantOf(addDays(day, by), clock, TORONTO)
        const expected = all(slots).map((one) => {
          if (!inScope(one, series, day, 'this')) return line(one)
          return `${iso(start)} ${iso(start + one.slot.minutes * 60_000)} ${one.slot.title}`
        })
        expect(within(lines(edit(slots, series, day, { time }, 'this')))).toEqual(within(expected.sort()))
      }),
      runs,
    )
  })

  it.each(['following', 'all'] as const)(
    '%s by days or weeks moves each as many days, to the new hour',
    (scope) => {
      const regular = scene.filter(
        ({ series }) => series.repeat !== null && (series.repeat.freq === 'daily' || isSimpleWeekly(series)),
      )
      fc.assert(
        fc.property(
          regular,
          fc.integer({ min: -20, max: 20 }),
          clocks,
          ({ slots, series, day }, by, clock) => {
            const only = slots.filter((one) => one.id === series.id)
            const time = timedAt(addDays(day, by), clock, TORONTO)
            const expected = all(only).map((one) => {
              if (!inScope(one, series, day, scope)) return line(one)
              const start = instantOf(addDays(one.day, by), clockOf(time) ?? clock, TORONTO)
              return `${iso(start)} ${iso(start + one.slot.minutes * 60_000)} ${one.slot.title}`
            })
            expect(within(lines(edit(only, series, day, { time }, scope)))).toEqual(within(expected.sort()))
          },
        ),
        runs,
      )
    },
  )

  it.each(SCOPES)('%s puts the occurrence where it was dropped, and no series breaks', (scope) => {
    fc.assert(
      fc.property(scene, fc.integer({ min: -40, max: 40 }), clocks, ({ slots, series, day }, by, clock) => {
        const time = timedAt(addDays(day, by), clock, TORONTO)
        const after = edit(slots, series, day, { time }, scope)
        expect(all(after).map((one) => iso(one.start))).toContain(
          iso(Date.parse(time.kind === 'timed' ? time.at : '')),
        )
        for (const one of after) expect(slotProblem(one)).toBeNull()
      }),
      runs,
    )
  })

  it('never loses which occurrence an override stands for', () => {
    fc.assert(
      fc.property(
        scene,
        fc.integer({ min: -9, max: 9 }),
        fc.constantFrom(...SCOPES),
        ({ slots, series, day }, by, scope) => {
          const change = { time: moveByDays(occurrenceTime(series, day), by) }
          const after = edit(slots, series, day, change, scope)
          for (const one of after) {
            if (one.partOf === null) continue
            const parent = after.find((other) => other.id === one.partOf?.slot)
            expect(parent?.skipped).toContain(one.partOf.day)
          }
        },
      ),
      runs,
    )
  })
})

const occurrenceTime = (series: Slot, day: PlainDay): Slot['time'] =>
  series.time.kind === 'allDay'
    ? { kind: 'allDay', date: day }
    : timedAt(day, clockOf(series.time) ?? '', series.time.zone)

const isSimpleWeekly = (series: Slot) =>
  series.repeat?.freq === 'weekly' && (series.repeat.every === 1 || series.repeat.weekdays.length < 2)

/** Both lists end at the edge of the window, which moves with the occurrences of an endless series. */
const within = (found: readonly string[]) => found.filter((one) => one > '2026-02' && one < '2030-06')

describe('a torn week', () => {
  it('of a fortnightly series loses no occurrence and gains none', () => {
    const fortnightly = scene.filter(
      ({ series }) => series.repeat?.freq === 'weekly' && series.repeat.every > 1,
    )
    fc.assert(
      fc.property(fortnightly, fc.integer({ min: -9, max: 9 }), ({ slots, series, day }, by) => {
        if (series.repeat === null || series.repeat.end === null) return
        const only = slots.filter((one) => one.id === series.id)
        const change = { time: moveByDays(occurrenceTime(series, day), by) }
        const [after] = edit(only, series, day, change, 'all')
        expect(after && remainingDays(after)).toHaveLength(remainingDays(series).length)
      }),
      runs,
    )
  })

  it('keeps Monday and Sunday together when they become Tuesday and Monday', () => {
    const rule = repeat({ every: 2, weekdays: ['MO', 'SU'], end: { count: 4 } })
    const one = slot({ time: timedAt('2027-03-01', '12:00', TORONTO), repeat: rule })
    const change = { time: timedAt('2027-03-02', '12:00', TORONTO) }
    expect(localDays(edit([one], one, '2027-03-01', change, 'all'))).toEqual([
      ...['2027-03-01', '2027-03-02', '2027-03-15', '2027-03-16'],
    ])
  })
})

const localDays = (slots: readonly Slot[]) => all(slots).map((one) => one.day)

describe('a series in the night of the changed clocks', () => {
  const nightly = slot({
    time: timedAt('2027-03-10', '02:30', TORONTO),
    repeat: repeat({ freq: 'daily', end: { count: 7 } }),
  })
  const starts = (slots: readonly Slot[]) => all(slots).map((one) => iso(one.start))

  it('that is divided on that night goes on at 02:30 the night after', () => {
    const after = edit([nightly], nightly, '2027-03-14', { title: 'Neuf' }, 'following')
    expect(starts(after)).toEqual(starts([nightly]))
    expect(lines(after).filter((one) => one.endsWith('Neuf'))).toEqual([
      ...['2027-03-14T07:30 2027-03-14T08:00 Neuf', '2027-03-15T06:30 2027-03-15T07:00 Neuf'],
      '2027-03-16T06:30 2027-03-16T07:00 Neuf',
    ])
  })

  it('that is moved so as to begin on that night keeps its 02:30', () => {
    const sundays = slot({ time: timedAt('2027-03-07', '02:30', TORONTO), repeat: weekly })
    const after = edit(
      [sundays],
      sundays,
      '2027-03-21',
      { time: timedAt('2027-03-28', '02:30', TORONTO) },
      'all',
    )
    expect(starts(after).slice(0, 3)).toEqual(['2027-03-14T07:30', '2027-03-21T06:30', '2027-03-28T06:30'])
  })

  it('that began at the second 01:30 of autumn keeps it through another title', () => {
    const second = slot({
      time: { kind: 'timed', at: '2027-11-07T06:30:00Z', zone: TORONTO },
      repeat: weekly,
    })
    const after = edit([second], second, '2027-11-14', { title: 'Neuf' }, 'all')
    expect(starts(after).slice(0, 2)).toEqual(['2027-11-07T06:30', '2027-11-14T06:30'])
  })
})

describe('a series by the month', () => {
  const monthly = (day: PlainDay, fields = {}) =>
    slot({ time: { kind: 'allDay', date: day }, repeat: repeat({ freq: 'monthly', ...fields }) })
  const moved = (one: Slot, day: PlainDay, to: PlainDay) =>
    edit([one], one, day, { time: { kind: 'allDay', date: to } }, 'all')

  it('goes to the day of the month on which one was put', () => {
    const one = monthly('2027-01-15', { end: { count: 3 } })
    expect(localDays(moved(one, '2027-02-15', '2027-02-17'))).toEqual([
      '2027-01-17',
      '2027-02-17',
      '2027-03-17',
    ])
  })

  it('goes a month further when one was put beyond the end of its month', () => {
    const one = monthly('2027-01-30', { end: { count: 3 } })
    expect(localDays(moved(one, '2027-01-30', '2027-02-01'))).toEqual([
      ...['2027-02-01', '2027-03-01', '2027-04-01', '2027-05-01'],
    ])
  })

  it('from the last Friday to the Thursday before becomes the last Thursday', () => {
    const one = monthly('2027-01-29', { weekdays: ['FR'], nth: -1, end: { count: 3 } })
    expect(localDays(moved(one, '2027-01-29', '2027-01-28'))).toEqual([
      '2027-01-28',
      '2027-02-25',
      '2027-03-25',
    ])
  })

  it('from a fifth Thursday to a Friday that begins the month still has the one that was moved', () => {
    const one = monthly('2026-01-29', { weekdays: ['TH'], nth: 5, end: { count: 2 } })
    expect(localDays(moved(one, '2026-04-30', '2026-05-01'))).toContain('2026-05-01')
  })
})

describe('a plan', () => {
  const counted = slot({ repeat: repeat({ end: { count: 6 } }), skipped: ['2027-03-12', '2027-04-02'] })

  it('divides the count of a series between its halves', () => {
    const plan = planEdit(
      { slot: counted, overrides: [] },
      '2027-03-26',
      { title: 'Neuf' },
      'following',
      planner(9),
    )
    expect(plan?.set).toEqual([{ id: counted.id, fields: { repeat: repeat({ end: { count: 3 } }) } }])
    expect(plan?.create.map((one) => [one.repeat?.end, one.skipped])).toEqual([
      [{ count: 3 }, ['2027-04-02']],
    ])
    expect(plan?.unskip).toEqual([{ id: counted.id, day: '2027-04-02' }])
  })

  it('names skipped days anew where all of a series moves', () => {
    const change = { time: timedAt('2027-03-06', '12:00', TORONTO) }
    const plan = planEdit({ slot: counted, overrides: [] }, '2027-03-05', change, 'all', planner(9))
    expect(plan?.skip.map((one) => one.day)).toEqual(['2027-03-13', '2027-04-03'])
    expect(plan?.unskip.map((one) => one.day)).toEqual(['2027-03-12', '2027-04-02'])
  })

  it('from the first occurrence on is one for all', () => {
    const series = { slot: counted, overrides: [] }
    const change = { title: 'Neuf' }
    expect(planEdit(series, '2027-03-05', change, 'following', planner(9))).toEqual(
      planEdit(series, '2027-03-05', change, 'all', planner(9)),
    )
    expect(planDelete(series, '2027-03-05', 'following')?.remove).toEqual([counted.id])
  })

  it('for the only occurrence that is left keeps the slot, and ends its series', () => {
    const last = slot({ repeat: repeat({ end: { count: 2 } }), skipped: ['2027-03-05'] })
    const [after, ...others] = edit([last], last, '2027-03-12', { title: 'Neuf' }, 'this')
    expect(others).toEqual([])
    expect(after).toEqual({
      ...last,
      title: 'Neuf',
      time: timedAt('2027-03-12', '12:00', TORONTO),
      repeat: null,
      skipped: [],
    })
    expect(planDelete({ slot: last, overrides: [] }, '2027-03-12', 'this')?.remove).toEqual([last.id])
  })

  it('is none for an occurrence that is not there (any more)', () => {
    const series = { slot: counted, overrides: [] }
    for (const scope of SCOPES) {
      expect(planEdit(series, '2027-03-06', { title: 'Neuf' }, scope, planner(9))).toBeNull()
      expect(planDelete(series, '2027-03-06', scope)).toBeNull()
    }
    expect(planEdit(series, '2027-03-12', { title: 'Neuf' }, 'this', planner(9))).toBeNull()
    expect(planDelete(series, '2027-03-12', 'this')).toBeNull()
  })

  it('for a slot that does not repeat changes or removes it, whatever the scope', () => {
    const one = slot()
    for (const scope of SCOPES) {
      const plan = planEdit({ slot: one, overrides: [] }, '2027-03-05', { title: 'Neuf' }, scope, planner(9))
      expect(plan?.set).toEqual([{ id: one.id, fields: { title: 'Neuf' } }])
      expect(planDelete({ slot: one, overrides: [] }, '2027-03-05', scope)?.remove).toEqual([one.id])
    }
  })

  it('writes nothing where a change changes nothing', () => {
    const time = timedAt('2027-03-26', '12:00', TORONTO)
    const plan = planEdit({ slot: counted, overrides: [] }, '2027-03-26', { time }, 'all', planner(9))
    expect(plan).toEqual({ set: [], create: [], remove: [], skip: [], unskip: [] })
  })

  it('for another rule begins on a day of that rule', () => {
    const change = { repeat: repeat({ weekdays: ['MO'], end: { count: 2 } }) }
    expect(localDays(edit([counted], counted, '2027-03-19', change, 'all'))).toEqual([
      '2027-03-08',
      '2027-03-15',
    ])
  })

  it('that ends the repeating keeps the occurrence that people look at, and no other', () => {
    const moved = edit([counted], counted, '2027-03-19', { title: 'À part' }, 'this')
    const after = edit(moved, moved[0] ?? counted, '2027-03-26', { repeat: null }, 'all', 10)
    expect(localDays(after)).toEqual(['2027-03-26'])
  })

  it('gives an override the new title where it had the old one, and its hour where it kept it', () => {
    const titled = edit([counted], counted, '2027-03-19', { title: 'À part' }, 'this', 7)
    const both = edit(
      titled,
      titled[0] ?? counted,
      '2027-03-26',
      { time: timedAt('2027-03-27', '08:00', TORONTO) },
      'this',
      8,
    )
    const series = both.find((one) => one.id === counted.id) ?? counted
    const change = { title: 'Neuf', time: timedAt('2027-03-05', '15:00', TORONTO) }
    const after = edit(both, series, '2027-03-05', change, 'all')
    expect(all(after).map((one) => `${iso(one.start)} ${one.slot.title}`)).toEqual([
      '2027-03-05T20:00 Neuf',
      '2027-03-19T19:00 À part',
      '2027-03-27T12:00 Neuf',
      '2027-04-09T19:00 Neuf',
    ])
  })

  it('never gives a new slot another’s calendar id', () => {
    const imported = { ...counted, uid: 'a@google.com' }
    expect(edit([imported], imported, '2027-03-19', { title: 'x' }, 'this')[1]?.uid).toBeNull()
    expect(edit([imported], imported, '2027-03-19', { title: 'x' }, 'following')[1]?.uid).toBeNull()
  })
})
