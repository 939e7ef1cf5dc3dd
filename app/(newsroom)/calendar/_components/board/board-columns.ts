import { dayNumber, dayText, firstOfMonth, monthIndex } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import { STAGES, type Stage } from '#lib/domain/review/stage.ts'
import { type DraftFace, faceOf } from '../model.ts'

export type Card = {
  /** The one that is told: the first of the period that is not over, or else its last. */
  readonly occurrence: Occurrence
  readonly title: string
  readonly stage: Stage
  readonly draft: DraftFace | null
  /** How many times it takes place in the period. */
  readonly times: number
}

export type Column = { readonly stage: Stage; readonly cards: readonly Card[] }

/** One card a slot, in the column of its stage, in order of time. `pending`: moves that have not come back yet. */
export function columnsOf(
  occurrences: readonly Occurrence[],
  drafts: ReadonlyMap<DraftId, DraftFace>,
  pending: ReadonlyMap<SlotId, Stage>,
  now: number,
): readonly Column[] {
  const bySlot = new Map<SlotId, Occurrence[]>()
  for (const one of occurrences) {
    const group = bySlot.get(one.slot.id)
    if (group) group.push(one)
    else bySlot.set(one.slot.id, [one])
  }
  const cards = [...bySlot.values()].flatMap((group): readonly Card[] => {
    const occurrence = group.find(({ end }) => end > now) ?? group.at(-1)
    if (!occurrence) return []
    const { title, stage, draft } = faceOf(occurrence.slot, drafts)
    return [
      { occurrence, title, draft, times: group.length, stage: pending.get(occurrence.slot.id) ?? stage },
    ]
  })
  cards.sort((a, b) => a.occurrence.start - b.occurrence.start)
  return STAGES.map((stage) => ({ stage, cards: cards.filter((card) => card.stage === stage) }))
}

/** First and last day of the month of a day. */
export function monthOf(day: PlainDay): { readonly from: PlainDay; readonly to: PlainDay } {
  const month = monthIndex(dayNumber(day))
  return { from: dayText(firstOfMonth(month)), to: dayText(firstOfMonth(month + 1) - 1) }
}

/** The first day of a month so many further. */
export const otherMonth = (day: PlainDay, months: number): PlainDay =>
  dayText(firstOfMonth(monthIndex(dayNumber(day)) + months))
