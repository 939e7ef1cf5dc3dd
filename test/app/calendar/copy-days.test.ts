import { describe, expect, test } from 'vitest'
import { beginningIn, copyDays } from '#app/(newsroom)/calendar/_components/days/copy-days.ts'
import { firstDay } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { clockOf } from '#lib/domain/calendar/time.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { planned, slot, slotId, weekly, ZONE } from './planned.ts'

const ME = '22222222-0000-4000-8000-000000000001' as string as VolunteerId
const DRAFT = '11111111-0000-4000-8000-000000000001' as string as DraftId

function copy(
  slots: readonly Slot[],
  from: string,
  to: string,
  change: Partial<Parameters<typeof copyDays>[0]> = {},
) {
  let next = 100
  return copyDays({
    occurrences: planned(slots, from, '2027-12-31').filter((one) => one.day < '2026-11-29'),
    from,
    to,
    keepDrafts: false,
    titleOf: ({ title }) => title,
    newId: () => slotId(next++),
    by: ME,
    zone: ZONE,
    mayPlan: () => true,
    ...change,
  })
}
const placed = (slots: readonly Slot[]) =>
  slots.map((one) => `${firstDay(one, ZONE)} ${clockOf(one.time) ?? 'whole'}`)

describe('copying days', () => {
  test('keeps each slot’s day of the week and hour, over a change of clocks', () => {
    const slots = [slot(1, '2026-11-23', '20:30'), slot(2, '2026-11-25', null)]
    expect(placed(copy(slots, '2026-11-22', '2027-03-14').slots)).toEqual([
      '2027-03-15 20:30',
      '2027-03-17 whole',
    ])
  })

  test('makes new plans: no draft, no UID, no series, its own author', () => {
    const partOf = { slot: slotId(9), day: '2026-11-23' }
    const [made] = copy(
      [
        slot(1, '2026-11-23', '09:00', {
          draft: DRAFT,
          uid: 'u@x',
          partOf,
          stage: 'published',
          tags: ['été'],
        }),
      ],
      '2026-11-22',
      '2026-11-29',
      { titleOf: () => 'Le titre du brouillon' },
    ).slots
    expect(made).toMatchObject({
      draft: null,
      uid: null,
      partOf: null,
      repeat: null,
      stage: 'idea',
      createdBy: ME,
    })
    expect(made).toMatchObject({ tags: ['été'], channels: ['facebook'], title: 'Le titre du brouillon' })
    expect(made?.id).not.toBe(slotId(1))
  })

  test('keeps drafts where one says so', () => {
    const slots = [slot(1, '2026-11-23', '09:00', { draft: DRAFT })]
    expect(copy(slots, '2026-11-22', '2026-11-29', { keepDrafts: true }).slots[0]?.draft).toBe(DRAFT)
  })

  test('leaves out a series that takes place there already, and copies it to another weekday', () => {
    const friday = slot(1, '2026-11-06', '12:00', { repeat: weekly })
    expect(copy([friday], '2026-11-22', '2026-11-29')).toMatchObject({ slots: [], alreadyThere: 1 })
    expect(placed(copy([friday], '2026-11-27', '2026-11-28').slots)).toEqual(['2026-11-28 12:00'])
  })

  test('leaves out what would fall on a locked day, and says how many', () => {
    const slots = [slot(1, '2026-11-23', '09:00'), slot(2, '2026-11-24', '09:00')]
    const made = copy(slots, '2026-11-22', '2026-11-29', { mayPlan: (day) => day !== '2026-11-30' })
    expect(placed(made.slots)).toEqual(['2026-12-01 09:00'])
    expect(made.locked).toBe(1)
  })

  test('takes what begins on these days, not what reaches into them', () => {
    const slots = [slot(1, '2026-11-22', '23:45', { minutes: 60 }), slot(2, '2026-11-23', '09:00')]
    const found = beginningIn(planned(slots, '2026-11-23', '2026-11-24'), '2026-11-23', '2026-11-23', ZONE)
    expect(found.map((one) => one.slot.title)).toEqual(['Créneau 2'])
  })
})
