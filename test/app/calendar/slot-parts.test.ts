import { describe, expect, test } from 'vitest'
import {
  fieldInstant,
  lengths,
  localField,
  timingChange,
  timingForm,
} from '#app/(newsroom)/calendar/_components/fields/slot-fields-timing.ts'
import { suggestedTags, withTag } from '#app/(newsroom)/calendar/_components/fields/tag-field-list.ts'
import { quickDay } from '#app/(newsroom)/calendar/_components/move/move-dialog-quick.ts'
import { copyOf, slotAddress } from '#app/(newsroom)/calendar/_components/slot/copy-slot.ts'
import { warningsOf } from '#app/(newsroom)/calendar/_components/slot/slot-sheet-conflicts.ts'
import { occurrenceDay } from '#app/(newsroom)/calendar/_components/slot/slot-sheet-occurrence.ts'
import { inOrder } from '#app/(newsroom)/drafts/[id]/_components/planned-slots.ts'
import { DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { parseDraftId, parseVolunteerId } from '#lib/domain/ids.ts'
import { slot, slotId, weekly, ZONE } from './planned.ts'

const DAY = '2026-11-24'
const draftId = parseDraftId('00000000-0000-4000-8000-0000000000d1')

describe('the fields of time', () => {
  const one = slot(1, DAY, '20:30')
  const form = timingForm(one, DAY, ZONE)

  test('show the clocks of the newsroom', () => {
    expect(form).toMatchObject({ date: DAY, clock: '20:30', wholeDay: false, minutes: 30 })
    const paris: Slot = { ...one, time: { kind: 'timed', at: '2026-11-25T01:30:00Z', zone: 'Europe/Paris' } }
    expect(timingForm(paris, '2026-11-25', ZONE)).toMatchObject({ date: DAY, clock: '20:30' })
  })

  test('change nothing where they say what the slot has', () => {
    expect(timingChange(form, one, DAY, ZONE)).toEqual({ change: {} })
  })

  test('change only what differs', () => {
    expect(timingChange({ ...form, minutes: 45 }, one, DAY, ZONE)).toEqual({ change: { minutes: 45 } })
    expect(timingChange({ ...form, clock: '21:00' }, one, DAY, ZONE)).toEqual({
      change: { time: timedAt(DAY, '21:00', ZONE) },
    })
  })

  test('move the occurrence that is on show, and not the first of its series', () => {
    const series = slot(1, DAY, '20:30', { repeat: weekly })
    const shown = timingForm(series, '2026-12-08', ZONE)
    expect(timingChange({ ...shown, date: '2026-12-09' }, series, '2026-12-08', ZONE)).toEqual({
      change: { time: timedAt('2026-12-09', '20:30', ZONE) },
    })
  })

  test.each([
    ['a date half typed', { date: '' }, 'badTime'],
    ['a year half typed', { date: '0202-11-24' }, 'badTime'],
    ['the year 9999', { date: '9999-11-24' }, 'badTime'],
    ['no hour', { clock: '' }, 'badTime'],
    ['no days', { wholeDay: true, days: '0' }, 'endsBeforeStart'],
    ['too many days', { wholeDay: true, days: '367' }, 'tooLong'],
  ] as const)('do not move anything to %s', (_what, part, problem) => {
    expect(timingChange({ ...form, ...part }, one, DAY, ZONE)).toEqual({ problem })
  })

  test('are no obstacle for a slot that has no title yet', () => {
    const unnamed = { ...one, title: '' }
    expect(timingChange({ ...form, minutes: 60 }, unnamed, DAY, ZONE)).toEqual({ change: { minutes: 60 } })
  })

  test('offer a length that nobody would have chosen, where the slot has it', () => {
    expect(lengths(37)).toContain(37)
    expect(lengths(37)).toEqual([...lengths(37)].sort((a, b) => a - b))
    expect(lengths(30)).toBe(lengths(60))
  })
})

describe('an embargo', () => {
  test('is written and read back by the clocks of the newsroom, on either side of a change of clocks', () => {
    for (const instant of ['2026-07-01T12:00:00Z', '2026-12-01T12:00:00Z']) {
      expect(fieldInstant(localField(instant, ZONE), ZONE)).toBe(instant)
    }
    expect(localField('2026-12-01T12:00:00Z', ZONE)).toBe('2026-12-01T07:00')
  })

  test.each(['', '2026-12-01', '2026-13-01T07:00', '0020-12-01T07:00', '2026-12-01T25:00'])(
    'is none where the field says «%s»',
    (text) => expect(fieldInstant(text, ZONE)).toBeNull(),
  )
})

describe('tags', () => {
  test('are kept once each, case, accents and the sign before them aside', () => {
    const tags = ['Santé', 'élections']
    expect(withTag(tags, '  #FF ')).toEqual(['Santé', 'élections', 'FF'])
    expect(withTag(tags, '#sante')).toBe(tags)
    expect(withTag(tags, '   ')).toBe(tags)
  })

  test('are no more than a slot may have', () => {
    const full = Array.from({ length: 20 }, (_, index) => `t${index}`)
    expect(withTag(full, 'un de plus')).toBe(full)
  })

  test('are suggested by how many slots have them, without those that are chosen', () => {
    const slots = [['a', 'b'], ['b', 'c'], ['b', 'a'], ['d']].map((tags) => ({ tags }))
    expect(suggestedTags(slots, ['d'])).toEqual(['b', 'a', 'c'])
  })
})

describe('the occurrence of a sheet', () => {
  const series = slot(1, DAY, '20:30', { repeat: weekly, skipped: ['2026-12-01'] })
  const now = Date.parse('2026-11-25T12:00:00Z')

  test('is the one that was pressed', () => {
    expect(occurrenceDay(series, '2026-12-15', now, ZONE)).toBe('2026-12-15')
  })

  test('is the next one where none was pressed, or where it was taken out', () => {
    expect(occurrenceDay(series, null, now, ZONE)).toBe('2026-12-08')
    expect(occurrenceDay(series, '2026-12-01', now, ZONE)).toBe('2026-12-08')
  })

  test('follows a slot that does not repeat to wherever others move it', () => {
    expect(occurrenceDay(slot(1, '2026-12-20', '20:30'), DAY, now, ZONE)).toBe('2026-12-20')
  })
})

describe('the warnings of a slot', () => {
  const among = (slots: readonly Slot[], drafts = new Map()) => ({
    slots: new Map(slots.map((one) => [one.id, one])),
    drafts,
    settings: { ...DEFAULT_SETTINGS, quietFrom: null, quietTo: null },
  })
  const here = slot(1, DAY, '12:00')
  const kinds = (found: ReturnType<typeof warningsOf>) => found.map(({ conflict }) => conflict.kind)

  test('are only those that concern it', () => {
    const others = [slot(2, DAY, '12:10'), slot(3, DAY, '18:00'), slot(4, DAY, '18:05')]
    const found = warningsOf(here, DAY, among([here, ...others]))
    expect(kinds(found)).toEqual(['tooClose'])
    expect(found[0]?.others.map(({ slot: other }) => other.id)).toEqual([slotId(2)])
  })

  test('are told of a place before the slot is put there', () => {
    const other = slot(2, '2026-11-26', '09:00')
    const all = among([here, other])
    expect(kinds(warningsOf(here, DAY, all))).toEqual([])
    expect(kinds(warningsOf(here, DAY, all, { time: timedAt('2026-11-26', '09:00', ZONE) }))).toEqual([
      'sameTime',
    ])
  })

  test('compare an occurrence with the others of its series', () => {
    const series = slot(1, DAY, '12:00', { repeat: { ...weekly, freq: 'daily' } })
    const all = among([series])
    expect(kinds(warningsOf(series, '2026-11-25', all))).toEqual([])
    const onto = { time: timedAt('2026-11-26', '12:05', ZONE) }
    expect(kinds(warningsOf(series, '2026-11-25', all, onto))).toEqual(['tooClose'])
  })

  test('know a slot by the title of its draft', () => {
    const drafted = slot(2, '2026-11-26', '09:00', { draft: draftId, title: 'Ancien titre' })
    const face = { id: draftId, title: 'CRÉNEAU 1', stage: 'drafting', archived: false }
    const all = among([here, drafted], new Map([[draftId, face]]))
    expect(kinds(warningsOf(here, DAY, all))).toEqual(['duplicate'])
    expect(kinds(warningsOf(here, DAY, among([here, drafted])))).toEqual([])
  })
})

describe('a copy', () => {
  const owner = parseVolunteerId('00000000-0000-4000-8000-0000000000a1')
  const by = parseVolunteerId('00000000-0000-4000-8000-0000000000a2')
  if (!owner || !by) throw new Error('ids')
  const series = slot(1, DAY, '20:30', {
    ...{ repeat: weekly, skipped: ['2026-12-01'], draft: draftId, stage: 'approved', uid: 'x@y', owner },
    tags: ['FF'],
  })
  const time = timedAt('2026-12-08', '20:30', ZONE)

  test('keeps what is said of a slot, and neither its draft, its series nor where it came from', () => {
    expect(copyOf(series, { id: slotId(9), by, title: 'Titre du brouillon', time })).toEqual(
      slot(9, '2026-12-08', '20:30', { title: 'Titre du brouillon', owner, tags: ['FF'], createdBy: by }),
    )
  })

  test('of a link opens the page on the day, and names the occurrence of a series', () => {
    expect(slotAddress(slotId(1), DAY, false)).toBe(`/calendar?slot=${slotId(1)}&date=${DAY}`)
    expect(slotAddress(slotId(1), DAY, true)).toBe(`/calendar?slot=${slotId(1)}&day=${DAY}&date=${DAY}`)
  })
})

describe('a quick choice', () => {
  test.each([
    ['tomorrow', '2026-11-30', '2026-12-01'],
    // On a Monday, next Monday is a week away.
    ['nextMonday', '2026-11-30', '2026-12-07'],
    ['nextMonday', '2026-11-29', '2026-11-30'],
    ['dayLater', '2026-11-30', '2026-12-25'],
    ['weekLater', '2026-11-30', '2026-12-31'],
    ['today', '2026-11-30', '2026-11-30'],
  ] as const)('«%s» on %s is %s', (quick, today, day) => {
    expect(quickDay(quick, today, '2026-12-24')).toBe(day)
  })
})

describe('the places of a draft', () => {
  test('come with the nearest to come first, and those that are over last', () => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    const slots = [
      slot(1, '2026-11-01', '09:00'),
      slot(2, '2026-12-05', '09:00'),
      slot(3, '2026-11-20', '09:00'),
      slot(4, '2026-10-29', '09:00', { repeat: weekly }),
    ]
    expect(inOrder(slots, now, ZONE).map(({ slot: { id }, day }) => [id, day])).toEqual([
      [slotId(4), '2026-11-26'],
      [slotId(2), '2026-12-05'],
      [slotId(3), '2026-11-20'],
      [slotId(1), '2026-11-01'],
    ])
  })
})
