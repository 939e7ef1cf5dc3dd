import { describe, expect, test } from 'vitest'
import { columnsOf, monthOf, otherMonth } from '#app/(newsroom)/calendar/_components/board/board-columns.ts'
import type { DraftFace } from '#app/(newsroom)/calendar/_components/model.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { planned, slot, slotId, weekly } from './planned.ts'

const DRAFT = '11111111-0000-4000-8000-000000000001' as string as DraftId
const faces = (stage: DraftFace['stage']) =>
  new Map([[DRAFT, { id: DRAFT, title: 'Du brouillon', stage, archived: false }]])
const NOW = Date.parse('2026-11-15T12:00:00Z')
const november = (slots: Parameters<typeof planned>[0]) => planned(slots, '2026-11-01', '2026-12-01')
const titles = (columns: ReturnType<typeof columnsOf>, stage: string) =>
  columns.find((column) => column.stage === stage)?.cards.map(({ title }) => title)

describe('the columns of the board', () => {
  test('put a slot under its own stage, and one with a draft under the draft’s, with its title', () => {
    const slots = [
      slot(1, '2026-11-20', '09:00', { stage: 'approved' }),
      slot(2, '2026-11-21', '09:00', { stage: 'idea', draft: DRAFT }),
    ]
    const columns = columnsOf(november(slots), faces('inReview'), new Map(), NOW)
    expect(titles(columns, 'approved')).toEqual(['Créneau 1'])
    expect(titles(columns, 'inReview')).toEqual(['Du brouillon'])
    expect(titles(columns, 'idea')).toEqual([])
  })

  test('keep a card where it was put until the answer comes', () => {
    const slots = [slot(1, '2026-11-21', '09:00', { draft: DRAFT })]
    const pending = new Map([[slotId(1), 'published' as const]])
    const columns = columnsOf(november(slots), faces('inReview'), pending, NOW)
    expect(titles(columns, 'published')).toEqual(['Du brouillon'])
    expect(titles(columns, 'inReview')).toEqual([])
  })

  test('have one card for a series: its next time, and how many there are', () => {
    const friday = slot(1, '2026-11-06', '12:00', { repeat: weekly })
    const [idea] = columnsOf(november([friday]), new Map(), new Map(), NOW)
    expect(idea?.cards).toMatchObject([{ times: 4, occurrence: { day: '2026-11-20' } }])
    const [after] = columnsOf(november([friday]), new Map(), new Map(), Date.parse('2027-02-01T00:00:00Z'))
    expect(after?.cards[0]?.occurrence.day).toBe('2026-11-27')
  })

  test('are in order of time', () => {
    const slots = [
      slot(1, '2026-11-22', '09:00'),
      slot(2, '2026-11-21', '09:00'),
      slot(3, '2026-11-21', null),
    ]
    const [idea] = columnsOf(november(slots), new Map(), new Map(), NOW)
    expect(idea?.cards.map(({ title }) => title)).toEqual(['Créneau 3', 'Créneau 2', 'Créneau 1'])
  })
})

test('a month goes from its first day to its last, and the next one follows over a new year', () => {
  expect(monthOf('2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(otherMonth('2026-12-31', 1)).toBe('2027-01-01')
  expect(otherMonth('2027-01-15', -1)).toBe('2026-12-01')
})
