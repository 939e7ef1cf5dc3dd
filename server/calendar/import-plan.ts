import { sameValue } from '#lib/documents/calendar/fields.ts'
import { disturbs, isHeld } from '#lib/documents/calendar/locks.ts'
import { isArchivable } from '#lib/domain/calendar/archive.ts'
import { isRuleDay } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import type { Authority } from '#server/volunteers/types.ts'
import type { Incoming, ReadCalendar } from './ics/incoming.ts'
import type { Known } from './import-known.ts'
import { keyOf, mergeInto, newSlot, sameSlot, slotIdFor } from './import-merge.ts'
import type { Skipped } from './types.ts'

/** One slot that an import writes. `merge` makes it anew of what the slot says when it is written. */
export type Step = {
  readonly id: SlotId
  readonly kind: 'add' | 'update'
  readonly slot: Slot
  /** Straight into the rows: its days are past, and it is not in the live calendar. */
  readonly archived: boolean
  readonly merge: (current: Slot) => Slot
}

export type ImportPlan = {
  readonly steps: readonly Step[]
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
}

export type PlanGround = {
  readonly by: Authority
  /** By the newsroom’s clock. */
  readonly today: PlainDay
  readonly zone: string
}

/** What an import would do. Every event of the file is in it once, whatever becomes of it. */
export function planImport(file: ReadCalendar, known: Known, ground: PlanGround): ImportPlan {
  const planner = new Planner(known, ground)
  for (const skipped of file.skipped) planner.skipped.push(skipped)
  // Series first: what stands for an occurrence names the slot of its series.
  for (const incoming of file.incoming) if (incoming.day === null) planner.take(incoming)
  for (const incoming of file.incoming) if (incoming.day !== null) planner.take(incoming)
  for (const { uid, day, title } of file.calledOff) planner.callOff(uid, day, title)
  return { steps: [...planner.steps.values()], unchanged: planner.unchanged, skipped: planner.skipped }
}

class Planner {
  readonly steps = new Map<SlotId, Step>()
  readonly skipped: Skipped[] = []
  unchanged = 0
  readonly #known: Known
  readonly #ground: PlanGround
  readonly #taken = new Set<SlotId>()
  /** Slots of the series of this file, by their UID. */
  readonly #series = new Map<string, Slot>()

  constructor(known: Known, ground: PlanGround) {
    this.#known = known
    this.#ground = ground
  }

  take(given: Incoming): void {
    const whole = given.day === null ? null : this.#wholeOf(given.uid)
    // An occurrence of a series that is nowhere stands for itself, under a name of its own.
    const incoming =
      given.day !== null && whole === null
        ? { ...given, uid: `${given.uid}/${given.day}`.slice(-500), day: null }
        : given
    const found = this.#find(incoming)
    const id = found?.slot.id ?? slotIdFor(incoming)
    // A slot takes place once a day: two events for one occurrence cannot both stand for it.
    if (this.#taken.has(id)) {
      this.#skip(given, 'repeatTooOften')
      return
    }
    this.#taken.add(id)
    const partOf = whole && incoming.day !== null ? { slot: whole.id, day: incoming.day } : null
    const slot = found
      ? mergeInto(found.slot, incoming.fields)
      : newSlot(incoming, id, { partOf, createdBy: authorOf(this.#ground.by) })
    if (incoming.day === null) this.#series.set(incoming.uid, slot)
    if (found && sameSlot(found.slot, slot)) this.unchanged += 1
    else if (!this.#may(found?.slot ?? null, slot)) this.#skip(given, 'locked')
    else {
      this.#step(found, slot, (current) => mergeInto(current, incoming.fields))
      if (partOf && whole) this.#leaveOut(whole, partOf.day)
    }
  }

  /** An occurrence was called off: its series, if it is here, leaves the day out. */
  callOff(uid: string, day: PlainDay, title: string): void {
    const whole = this.#wholeOf(uid)
    if (!whole || !isRuleDay(whole, day)) {
      this.skipped.push({ uid, title, reason: 'cancelled' })
    } else if (whole.skipped.includes(day)) this.unchanged += 1
    else if (!this.#leaveOut(whole, day)) this.skipped.push({ uid, title, reason: 'locked' })
  }

  #find({ uid, day, slot }: Incoming) {
    return (
      (slot && this.#known.byId(slot)) ??
      this.#known.byKey(keyOf(uid, day)) ??
      this.#known.byId(slotIdFor({ uid, day, slot: null }))
    )
  }

  #wholeOf(uid: string): Slot | null {
    const series = this.#series.get(uid) ?? this.#known.byKey(keyOf(uid, null))?.slot ?? null
    return series && (this.steps.get(series.id)?.slot ?? series)
  }

  /** A series of the file says so by itself; one that only the newsroom has must be told. */
  #leaveOut(whole: Slot, day: PlainDay): boolean {
    if (whole.repeat === null || whole.skipped.includes(day) || !isRuleDay(whole, day)) return true
    const found = this.#known.byId(whole.id)
    const without = (slot: Slot): Slot => ({
      ...slot,
      skipped: [...new Set([...slot.skipped, day])].toSorted(),
    })
    const before = this.steps.get(whole.id)
    if (!this.#may(whole, without(whole))) return false
    this.#step(found, without(whole), (current) => without(before ? before.merge(current) : current))
    return true
  }

  #step(found: { readonly slot: Slot; readonly archived: boolean } | null, slot: Slot, merge: Step['merge']) {
    const { today, zone } = this.#ground
    const archived = (found === null || found.archived) && isArchivable(slot, today, zone)
    this.steps.set(slot.id, { id: slot.id, kind: found ? 'update' : 'add', slot, archived, merge })
  }

  /** What a coordinator holds in its place stays there, whoever’s file says otherwise. */
  #may(before: Slot | null, after: Slot): boolean {
    const { by } = this.#ground
    if (by === 'operator') return true
    const { holds } = this.#known
    if (before === null) {
      const { partOf } = after
      const takesPlace = partOf !== null && (holds.slots.has(partOf.slot) || holds.days.has(partOf.day))
      return can(by, 'slot.plan', { locked: takesPlace || isHeld(holds, after) })
    }
    if (sameValue(placeOf(before), placeOf(after))) return true
    return can(by, 'slot.move', { locked: holds.slots.has(after.id) || disturbs(holds, before, after) })
  }

  #skip({ uid, fields }: Incoming, reason: Skipped['reason']): void {
    this.skipped.push({ uid, title: fields.title, reason })
  }
}

const placeOf = ({ time, minutes, days, channels, repeat, skipped }: Slot) => [
  ...[time, minutes, days],
  ...[channels, repeat, skipped],
]

const authorOf = (by: Authority) => (by === 'operator' ? null : by.volunteerId)
