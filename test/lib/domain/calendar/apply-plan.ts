import type { Plan, Series } from '#lib/domain/calendar/series.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'

/** What a plan makes of a calendar: the plainest reading of its words, to hold the real writers against. */
export function applyPlan(slots: readonly Slot[], plan: Plan): readonly Slot[] {
  const after = new Map(slots.map((one) => [one.id, one]))
  const change = (id: Slot['id'], how: (slot: Slot) => Slot) => {
    const was = after.get(id)
    if (!was) throw new Error(`the plan names a slot that is not there: ${id}`)
    after.set(id, how(was))
  }
  for (const { id, fields } of plan.set) change(id, (was) => ({ ...was, ...fields }))
  for (const one of plan.create) {
    if (after.has(one.id)) throw new Error(`the plan creates a slot that is there: ${one.id}`)
    after.set(one.id, one)
  }
  for (const { id, day } of plan.unskip) {
    change(id, (was) => ({ ...was, skipped: was.skipped.filter((one) => one !== day) }))
  }
  for (const { id, day } of plan.skip) {
    change(id, (was) => ({ ...was, skipped: [...was.skipped, day].sort() }))
  }
  for (const id of plan.remove) {
    if (!after.delete(id)) throw new Error(`the plan removes a slot that is not there: ${id}`)
  }
  return [...after.values()]
}

export const seriesOf = (slot: Slot, slots: readonly Slot[]): Series => ({
  slot,
  overrides: slots.filter((one) => one.partOf?.slot === slot.id),
})
