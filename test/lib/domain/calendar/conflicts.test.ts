import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Conflict, conflicts, isQuiet } from '#lib/domain/calendar/conflicts.ts'
import { daysBetween } from '#lib/domain/calendar/days.ts'
import { occurrencesOf } from '#lib/domain/calendar/recurrence.ts'
import { type CalendarSettings, DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { Occurrence, Slot } from '#lib/domain/calendar/slot.ts'
import { instantText, timedAt } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import { channels, draftId, repeat, slot, slotId, weekly } from './arbitraries.ts'

const TORONTO = 'America/Toronto'
const loud: CalendarSettings = { ...DEFAULT_SETTINGS, quietFrom: null, quietTo: null }

const at = (number: number, day: string, clock: string, fields: Partial<Slot> = {}): Slot =>
  slot({ id: slotId(number), title: `Titre ${number}`, time: timedAt(day, clock, TORONTO), ...fields })

const all = (slots: readonly Slot[]) =>
  occurrencesOf(slots, Date.parse('2027-01-01'), Date.parse('2027-12-31'), TORONTO)

const found = (slots: readonly Slot[], settings = loud) =>
  conflicts(all(slots), settings).map(
    (one) => `${one.kind} ${one.occurrences.map((each) => Number(each.slot.id.slice(-2))).join(',')}`,
  )

/** What the words of the rules say, comparing every post with every other. */
function naive(occurrences: readonly Occurrence[], settings: CalendarSettings): readonly string[] {
  const posts = [...occurrences].sort(
    (a, b) => a.start - b.start || (`${a.slot.id} ${a.day}` < `${b.slot.id} ${b.day}` ? -1 : 1),
  )
  const lines: string[] = []
  const timed = (one: Occurrence) => one.slot.time.kind === 'timed'
  for (const channel of ['facebook', 'x', 'instagram', 'youtube', 'blog'] as const) {
    const mine = posts.filter((one) => one.slot.channels.includes(channel))
    const hours = mine.filter(timed)
    for (const start of new Set(hours.map((one) => one.start))) {
      const together = hours.filter((one) => one.start === start)
      if (together.length > 1) lines.push(name('sameTime', together, channel))
      const next = Math.min(...hours.filter((one) => one.start > start).map((one) => one.start))
      if (next - start < settings.minGapMinutes * 60_000) {
        const near = [...together, ...hours.filter((one) => one.start === next)]
        lines.push(name('tooClose', near, channel, (next - start) / 60_000))
      }
    }
    mine.forEach((a, i) => {
      mine.slice(i + 1).forEach((b, j) => {
        const between = mine.slice(i + 1, i + 1 + j)
        const neighbours =
          (sameTitle(a, b) && !between.some((one) => sameTitle(a, one))) ||
          (sameDraft(a, b) && !between.some((one) => sameDraft(a, one)))
        if (neighbours && !areSeries(a, b) && isNear(a, b)) lines.push(name('duplicate', [a, b], channel))
      })
    })
  }
  return lines
}

const sameTitle = (a: Occurrence, b: Occurrence) =>
  a.slot.title !== '' && foldForSearch(a.slot.title) === foldForSearch(b.slot.title)
const sameDraft = (a: Occurrence, b: Occurrence) => a.slot.draft !== null && a.slot.draft === b.slot.draft
const isNear = (a: Occurrence, b: Occurrence) =>
  daysBetween(localDay(a.start, TORONTO), localDay(b.start, TORONTO)) <= 7
const comesAgain = (one: Occurrence) => one.slot.repeat !== null || one.slot.partOf !== null
const areSeries = (a: Occurrence, b: Occurrence) => comesAgain(a) && comesAgain(b)

const name = (kind: string, occurrences: readonly Occurrence[], channel?: string, minutes?: number) =>
  `${kind} ${channel} ${minutes} ${occurrences.map((one) => `${one.slot.id} ${one.day}`).join(' + ')}`

const nameOf = (one: Conflict) => name(one.kind, one.occurrences, one.channel, one.minutes)

const crowd = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 20 * 24 * 6 }),
      wholeDay: fc.constantFrom(false, false, false, true),
      channels,
      title: fc.constantFrom('', 'Élection', 'election', 'Vote', 'Mème'),
      draft: fc.constantFrom(null, null, 1, 2),
      repeats: fc.constantFrom(false, false, true),
    }),
    { maxLength: 25 },
  )
  .map((specs) =>
    specs.map((spec, index) => {
      const instant = instantText(Date.parse('2027-03-05T05:00:00Z') + spec.minute * 600_000)
      return slot({
        id: slotId(index + 1),
        time: spec.wholeDay
          ? { kind: 'allDay', date: instant.slice(0, 10) }
          : { kind: 'timed', at: instant, zone: TORONTO },
        channels: spec.channels,
        title: spec.title,
        draft: spec.draft === null ? null : draftId(spec.draft),
        repeat: spec.repeats ? repeat({ freq: 'daily', every: 3, end: { count: 3 } }) : null,
      })
    }),
  )

describe('conflicts', () => {
  it('are those that comparing every post with every other finds', () => {
    fc.assert(
      fc.property(crowd, fc.constantFrom(0, 10, 30, 120, 1440), (slots, minGapMinutes) => {
        const settings = { ...loud, minGapMinutes }
        const seen = conflicts(all(slots), settings).map(nameOf)
        expect(seen.sort()).toEqual([...naive(all(slots), settings)].sort())
      }),
      { numRuns: 200 },
    )
  })

  it('do not depend on the order of the occurrences', () => {
    fc.assert(
      fc.property(crowd, (slots) => {
        const one = conflicts(all(slots), DEFAULT_SETTINGS)
        expect(conflicts([...all(slots)].reverse(), DEFAULT_SETTINGS)).toEqual(one)
      }),
      { numRuns: 50 },
    )
  })

  it('grow with the number of posts and not with its square, when thousands meet in one minute', () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      at(index, '2027-03-05', '12:00', { title: 'Oui' }),
    )
    const seen = conflicts(all(many), loud)
    expect(seen).toHaveLength(1 + 4999)
    expect(seen.reduce((sum, one) => sum + one.occurrences.length, 0)).toBe(5000 + 2 * 4999)
  })
})

describe('posts on one channel', () => {
  it('closer than the smallest gap are pointed out, and exactly that far apart are not', () => {
    const slots = [at(1, '2027-03-05', '12:00'), at(2, '2027-03-05', '12:29'), at(3, '2027-03-05', '12:59')]
    expect(found(slots)).toEqual(['tooClose 1,2'])
    expect(conflicts(all(slots), loud)[0]).toMatchObject({ channel: 'facebook', minutes: 29 })
  })

  it('at one instant are pointed out even where no gap is asked for', () => {
    const slots = [at(1, '2027-03-05', '12:00'), at(2, '2027-03-05', '12:00')]
    expect(found(slots, { ...loud, minGapMinutes: 0 })).toEqual(['sameTime 1,2'])
  })

  it('may meet those of another channel, meetings and whole days', () => {
    expect(
      found([
        at(1, '2027-03-05', '12:00'),
        at(2, '2027-03-05', '12:00', { channels: ['x'] }),
        at(3, '2027-03-05', '12:00', { channels: ['other'] }),
        at(4, '2027-03-05', '12:00', { channels: ['other'] }),
        at(5, '2027-03-05', '12:00', { time: { kind: 'allDay', date: '2027-03-05' } }),
      ]),
    ).toEqual([])
  })

  it('meet on the night when 01:30 comes twice only if the instant is one', () => {
    const first = at(1, '2027-11-07', '01:30')
    const second = at(2, '2027-11-07', '01:30', {
      time: { kind: 'timed', at: '2027-11-07T06:30:00Z', zone: TORONTO },
    })
    expect(found([first, second])).toEqual([])
    expect(found([first, { ...first, id: slotId(3), title: 'Autre' }])).toEqual(['sameTime 1,3'])
  })
})

describe('the same words twice', () => {
  const pair = (day: string, fields: Partial<Slot> = {}, other: Partial<Slot> = {}) =>
    found([
      at(1, '2027-03-05', '12:00', { title: 'L’Élection', ...fields }),
      at(2, day, '18:00', { title: 'l’election ', ...other }),
    ])

  it('on one channel within a week are pointed out, accents and capitals apart', () => {
    expect(pair('2027-03-06')).toEqual(['duplicate 1,2'])
    expect(pair('2027-03-12')).toEqual(['duplicate 1,2'])
    expect(pair('2027-03-13')).toEqual([])
  })

  it('are no double on another channel, nor without words', () => {
    expect(pair('2027-03-06', {}, { channels: ['x'] })).toEqual([])
    expect(pair('2027-03-06', { title: ' ' }, { title: '' })).toEqual([])
  })

  it('are doubles by their draft too, and once only when title and draft agree', () => {
    const draft = draftId(1)
    expect(pair('2027-03-06', { title: 'Un', draft }, { title: 'Deux', draft })).toEqual(['duplicate 1,2'])
    expect(pair('2027-03-06', { draft }, { draft })).toEqual(['duplicate 1,2'])
  })

  it('are on purpose in a series, in an occurrence moved out of it, and in a series that goes on', () => {
    const series = at(1, '2027-03-05', '12:00', { title: '#FF', repeat: weekly, skipped: ['2027-03-19'] })
    const moved = at(2, '2027-03-20', '12:00', {
      title: '#FF',
      partOf: { slot: series.id, day: '2027-03-19' },
    })
    const tail = at(3, '2027-03-23', '12:00', { title: '#FF', repeat: weekly })
    expect(found([series, moved, tail])).toEqual([])
    expect(found([series, at(4, '2027-12-28', '12:00', { title: '#ff' })])).toEqual(['duplicate 1,4'])
  })
})

describe('an embargo', () => {
  const embargo = '2027-03-05T17:00:00Z'

  it('is broken by an hour before it, and kept by its very minute', () => {
    expect(found([at(1, '2027-03-05', '11:59', { embargo })])).toEqual(['embargo 1'])
    expect(found([at(1, '2027-03-05', '12:00', { embargo })])).toEqual([])
  })

  it('is broken by a whole day only when the day is over before it', () => {
    const day = (date: string) => at(1, date, '12:00', { embargo, time: { kind: 'allDay', date } })
    expect(found([day('2027-03-04')])).toEqual(['embargo 1'])
    expect(found([day('2027-03-05')])).toEqual([])
  })
})

describe('quiet hours', () => {
  it('reach over midnight, from their first minute to before their last', () => {
    const quiet = (clock: string) => found([at(1, '2027-03-05', clock)], DEFAULT_SETTINGS)
    expect(quiet('21:59')).toEqual([])
    expect(quiet('22:00')).toEqual(['quietHours 1'])
    expect(quiet('03:00')).toEqual(['quietHours 1'])
    expect(quiet('06:30')).toEqual([])
  })

  it('are the newsroom’s, wherever the slot’s clock hangs', () => {
    const paris = slot({ id: slotId(1), time: timedAt('2027-03-05', '10:00', 'Europe/Paris') })
    expect(found([paris], DEFAULT_SETTINGS)).toEqual(['quietHours 1'])
  })

  it('may lie within one day, and concern neither meetings nor whole days', () => {
    const siesta = { ...DEFAULT_SETTINGS, quietFrom: 13 * 60, quietTo: 14 * 60 }
    expect(isQuiet(13 * 60, siesta)).toBe(true)
    expect(isQuiet(14 * 60, siesta)).toBe(false)
    expect(found([at(1, '2027-03-05', '23:00', { channels: ['other'] })], DEFAULT_SETTINGS)).toEqual([])
    expect(found([at(1, '2027-03-05', '23:00', { channels: [] })], DEFAULT_SETTINGS)).toEqual([])
    const day = at(1, '2027-03-05', '23:00', { time: { kind: 'allDay', date: '2027-03-05' } })
    expect(found([day], DEFAULT_SETTINGS)).toEqual([])
  })
})
