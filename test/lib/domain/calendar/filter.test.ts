import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CalendarFilter,
  filterParams,
  isFiltering,
  matches,
  NO_FILTER,
  parseFilter,
  VIEWS,
} from '#lib/domain/calendar/filter.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { parseVolunteerId } from '#lib/domain/ids.ts'
import { STAGES } from '#lib/domain/review/stage.ts'
import { days, slot } from './arbitraries.ts'

const lea = parseVolunteerId('00000000-0000-4000-8000-000000000001')
const max = parseVolunteerId('00000000-0000-4000-8000-000000000002')

const filters: fc.Arbitrary<CalendarFilter> = fc.record({
  view: fc.option(fc.constantFrom(...VIEWS)),
  date: fc.option(days('2000-01-01', '2100-12-31')),
  channels: fc.subarray([...CHANNELS]),
  owners: fc.uniqueArray(fc.option(fc.uuid().map((id) => parseVolunteerId(id))), { maxLength: 4 }),
  stages: fc.subarray([...STAGES]),
  tags: fc
    .uniqueArray(
      fc
        .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
        .map((tag) => tag.trim().slice(0, 60).trim()),
      { maxLength: 4 },
    )
    .map((tags) => tags.filter((tag) => tag !== '')),
  text: fc.string({ maxLength: 100, unit: 'grapheme' }).map((text) => text.trim()),
})

const empty = parseFilter(new URLSearchParams())

describe('the address of the calendar', () => {
  it('says the same again after it was written and read', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const address = new URL(`https://pupitre.test/calendar?${filterParams(filter)}`)
        expect(parseFilter(address.searchParams)).toEqual(filter)
      }),
      { numRuns: 300 },
    )
  })

  it('is readable, and bare where nothing is chosen', () => {
    const filter: CalendarFilter = {
      ...empty,
      view: 'week',
      date: '2027-03-05',
      channels: ['facebook', 'x'],
      owners: [null],
      text: 'été',
    }
    expect(String(filterParams(filter))).toBe(
      'view=week&date=2027-03-05&channel=facebook&channel=x&owner=none&q=%C3%A9t%C3%A9',
    )
    expect(String(filterParams(empty))).toBe('')
  })

  it('leaves out whatever is unknown, and still opens', () => {
    const text =
      'view=year&date=2027-02-30&channel=tiktok&channel=x&channel=x&owner=Léa&status=done&status=idea&tag=&tag=%20a%20&utm=1'
    expect(parseFilter(new URLSearchParams(text))).toEqual({
      ...empty,
      channels: ['x'],
      stages: ['idea'],
      tags: ['a'],
    })
  })

  it('keeps a text within bounds', () => {
    expect(parseFilter(new URLSearchParams({ q: 'a'.repeat(9999) })).text).toHaveLength(300)
  })
})

describe('a filter', () => {
  const one = slot({
    title: 'Capsule d’été',
    channels: ['facebook', 'instagram'],
    owner: lea,
    stage: 'drafting',
    tags: ['Élections'],
    note: 'Demander la photo',
  })
  const shows = (filter: Partial<CalendarFilter>) => matches(one, { ...NO_FILTER, ...filter })

  it('that asks for nothing shows everything', () => {
    expect(shows({})).toBe(true)
    expect(isFiltering(NO_FILTER)).toBe(false)
    expect(isFiltering({ ...NO_FILTER, tags: ['a'] })).toBe(true)
  })

  it('shows a slot that meets any of each list', () => {
    expect(shows({ channels: ['instagram', 'blog'] })).toBe(true)
    expect(shows({ channels: ['blog'] })).toBe(false)
    expect(shows({ owners: [null, lea] })).toBe(true)
    expect(shows({ owners: [max] })).toBe(false)
    expect(shows({ owners: [null] })).toBe(false)
    expect(shows({ stages: ['drafting'] })).toBe(true)
    expect(shows({ tags: ['#elections', 'autre'] })).toBe(true)
    expect(shows({ tags: ['elect'] })).toBe(false)
  })

  it('hides a slot that fails one list of several', () => {
    expect(shows({ channels: ['facebook'], owners: [max] })).toBe(false)
  })

  it('finds every word anywhere, accents and capitals apart, also while it is being typed', () => {
    expect(shows({ text: 'ete CAPS' })).toBe(true)
    expect(shows({ text: 'photo élec' })).toBe(true)
    expect(shows({ text: 'capsule hiver' })).toBe(false)
    expect(shows({ text: ' « ! ' })).toBe(true)
  })

  it('goes by the draft’s stage and title where there is one', () => {
    const shown = { title: 'Grand titre', stage: 'approved' as const }
    expect(matches(one, { ...NO_FILTER, stages: ['approved'] }, shown)).toBe(true)
    expect(matches(one, { ...NO_FILTER, stages: ['drafting'] }, shown)).toBe(false)
    expect(matches(one, { ...NO_FILTER, text: 'grand' }, shown)).toBe(true)
  })
})
