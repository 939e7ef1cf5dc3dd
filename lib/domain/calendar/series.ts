import type { SlotId, VolunteerId } from '../ids.ts'
import { beginOn, hourOf } from './begin.ts'
import { addDays, dayNumber } from './days.ts'
import { isRuleDay, remainingDays } from './recurrence.ts'
import { type Reshaped, reshape, type SlotChange, timeAt } from './reshape.ts'
import { ruleDays } from './rule.ts'
import type { PlainDay, Repeat, Slot } from './slot.ts'
import { dayOf } from './time.ts'

/** What «this», «this and following» and «all» mean of a series. */
export const SCOPES = ['this', 'following', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/**
 * What to write, as plain data. Skipped days are single keys of the shared slot, so they are named one by one;
 * `fields` never holds them.
 */
export type Plan = {
  readonly set: readonly { readonly id: SlotId; readonly fields: SlotFields }[]
  readonly create: readonly Slot[]
  readonly remove: readonly SlotId[]
  readonly skip: readonly { readonly id: SlotId; readonly day: PlainDay }[]
  readonly unskip: readonly { readonly id: SlotId; readonly day: PlainDay }[]
}

type SlotFields = SlotChange & Partial<Pick<Slot, 'partOf'>>

/** A slot with the slots that stand for single occurrences of it (their `partOf` names it). */
export type Series = { readonly slot: Slot; readonly overrides: readonly Slot[] }

/** `newId` names the slot that a plan may create, `by` whoever plans; `zone` is the newsroom’s. */
export type Planner = { readonly newId: SlotId; readonly by: VolunteerId | null; readonly zone: string }

const NOTHING: Plan = { set: [], create: [], remove: [], skip: [], unskip: [] }

/**
 * The plan that gives the occurrence of `day` what `change` says, and `scope` with it. A new `time` is that of the
 * occurrence; it moves the others along (see retime). Null where the slot has no such occurrence any more.
 */
export function planEdit(
  series: Series,
  day: PlainDay,
  change: SlotChange,
  scope: Scope,
  planner: Planner,
): Plan | null {
  const { slot } = series
  if (!isRuleDay(slot, day)) return null
  if (slot.repeat === null) return editAll({ slot, overrides: [] }, day, change, 'all', planner.zone)
  if (scope === 'this') return editThis(series, day, change, planner)
  if (scope === 'all' || !livesBefore(slot, day)) return editAll(series, day, change, scope, planner.zone)
  return editFollowing(series, day, change, planner)
}

/** The plan that takes the occurrence of `day` away, and `scope` with it. Null where there is none any more. */
export function planDelete(series: Series, day: PlainDay, scope: Scope): Plan | null {
  const { slot, overrides } = series
  if (!isRuleDay(slot, day)) return null
  if (slot.repeat === null) return { ...NOTHING, remove: [slot.id] }
  if (scope === 'all') return { ...NOTHING, remove: [slot.id, ...overrides.map((one) => one.id)] }
  if (scope === 'this') {
    if (slot.skipped.includes(day)) return null
    if (!isOnly(slot, day)) return { ...NOTHING, skip: [{ id: slot.id, day }] }
    return { ...NOTHING, remove: [slot.id], set: overrides.map(alone) }
  }
  const gone = overrides.filter((one) => isFrom(one, day)).map((one) => one.id)
  if (livesBefore(slot, day)) return { ...endedBefore(slot, slot.repeat, day), remove: gone }
  const kept = overrides.filter((one) => !isFrom(one, day))
  return { ...NOTHING, remove: [slot.id, ...gone], set: kept.map(alone) }
}

const isFrom = (override: Slot, day: PlainDay) => override.partOf !== null && override.partOf.day >= day

/** An override whose series is gone is a slot like any other. */
const alone = (override: Slot) => ({ id: override.id, fields: { partOf: null } })

/** Days of the rule that begin before `day`, taken out or not. */
const ruleDaysBefore = (slot: Slot, repeat: Repeat, day: PlainDay): readonly number[] => {
  const first = dayNumber(dayOf(slot.time))
  return ruleDays(first, repeat, first, dayNumber(day) - 1)
}

/** Whether anything of the series is left before `day`: if not, «this and following» is all of it. */
function livesBefore(slot: Slot, day: PlainDay): boolean {
  if (slot.repeat === null) return false
  const skipped = new Set(slot.skipped.map(dayNumber))
  return ruleDaysBefore(slot, slot.repeat, day).some((one) => !skipped.has(one))
}

const isOnly = (slot: Slot, day: PlainDay) =>
  slot.repeat?.end !== null && remainingDays(slot).every((one) => one === day)

/** The series as it ends before `day`: a counted one keeps its count so far, others end the day before. */
function endedBefore(slot: Slot, repeat: Repeat, day: PlainDay): Plan {
  const counted = repeat.end !== null && 'count' in repeat.end
  const end = counted ? { count: ruleDaysBefore(slot, repeat, day).length } : { until: addDays(day, -1) }
  return {
    ...NOTHING,
    set: [{ id: slot.id, fields: { repeat: { ...repeat, end } } }],
    unskip: slot.skipped.filter((one) => one >= day).map((one) => ({ id: slot.id, day: one })),
  }
}

function editThis(series: Series, day: PlainDay, change: SlotChange, planner: Planner): Plan | null {
  const { slot, overrides } = series
  if (slot.skipped.includes(day)) return null
  const fields = { time: timeAt(slot, day, planner.zone), ...change, repeat: null }
  // The last one left of a series needs no series any more; it keeps its id, and links to it stay good.
  if (isOnly(slot, day)) {
    const unskip = slot.skipped.map((one) => ({ id: slot.id, day: one }))
    return { ...NOTHING, set: [{ id: slot.id, fields }, ...overrides.map(alone)], unskip }
  }
  const partOf = { slot: slot.id, day }
  const { newId: id, by: createdBy } = planner
  return {
    ...NOTHING,
    create: [{ ...slot, ...fields, id, createdBy, partOf, skipped: [], uid: null }],
    skip: [{ id: slot.id, day }],
  }
}

function editAll(series: Series, day: PlainDay, change: SlotChange, scope: Scope, zone: string): Plan {
  const { slot, overrides } = series
  const shaped = reshape(slot, day, change, zone)
  const later = overrides.filter((one) => scope === 'all' || isFrom(one, day))
  const earlier = overrides.filter((one) => !later.includes(one))
  const now = new Set(shaped.slot.skipped)
  const was = new Set(slot.skipped)
  const followers = followersOf(shaped, slot.id, later)
  return {
    ...NOTHING,
    set: [
      ...(Object.keys(shaped.fields).length === 0 ? [] : [{ id: slot.id, fields: shaped.fields }]),
      ...followers.set,
      ...(shaped.slot.repeat === null
        ? earlier.map(alone)
        : earlier.flatMap((one) => shaped.follow(one, slot.id, false))),
    ],
    remove: followers.remove,
    skip: [...now].filter((one) => !was.has(one)).map((one) => ({ id: slot.id, day: one })),
    unskip: [...was].filter((one) => !now.has(one)).map((one) => ({ id: slot.id, day: one })),
  }
}

/** Overrides go along with their series; where it becomes a single slot, they go as all its occurrences do. */
const followersOf = (
  shaped: Reshaped,
  id: SlotId,
  overrides: readonly Slot[],
): Pick<Plan, 'set' | 'remove'> =>
  shaped.slot.repeat === null
    ? { set: [], remove: overrides.map((one) => one.id) }
    : { set: overrides.flatMap((one) => shaped.follow(one, id, true)), remove: [] }

/** The series ends before `day`, and a new one goes on from there with what is changed. */
function editFollowing(series: Series, day: PlainDay, change: SlotChange, planner: Planner): Plan {
  const { slot, overrides } = series
  if (slot.repeat === null) return NOTHING
  const begun = beginOn(day, hourOf(slot.time), tailRule(slot, slot.repeat, day))
  const tail: Slot = {
    ...slot,
    ...begun,
    id: planner.newId,
    createdBy: planner.by,
    skipped: [...begun.skipped, ...slot.skipped.filter((one) => one >= day)],
    uid: null,
    partOf: null,
  }
  const shaped = reshape(tail, day, change, planner.zone)
  const followers = followersOf(
    shaped,
    tail.id,
    overrides.filter((one) => isFrom(one, day)),
  )
  const head = endedBefore(slot, slot.repeat, day)
  return {
    ...head,
    set: [...head.set, ...followers.set],
    remove: followers.remove,
    create: [shaped.slot],
  }
}

function tailRule(slot: Slot, repeat: Repeat, day: PlainDay): Repeat {
  if (repeat.end === null || !('count' in repeat.end)) return repeat
  return { ...repeat, end: { count: repeat.end.count - ruleDaysBefore(slot, repeat, day).length } }
}
