import type { SlotId } from '#lib/domain/ids.ts'
import { type Masthead, type PlannedSlot, shownOf } from './export-rows.ts'

/** Everything that the calendar says of its slots, for programs; of people, nothing. */
export function writeJson(
  planned: readonly PlannedSlot[],
  { name, settings }: Masthead,
  linkTo: (id: SlotId) => string,
): string {
  const slots = planned.map((one) => {
    const { owner: _, createdBy: __, ...slot } = one.slot
    return { ...slot, ...shownOf(one), updatedAt: one.updatedAt.toISOString(), url: linkTo(slot.id) }
  })
  return `${JSON.stringify({ newsroom: name, zone: settings.zone, slots }, null, 2)}\n`
}
