import { applyPlan } from '#lib/documents/calendar/apply-plan.ts'
import type { SlotChange } from '#lib/domain/calendar/reshape.ts'
import {
  type Plan,
  type Planner,
  planDelete,
  planEdit,
  SCOPES,
  type Scope,
} from '#lib/domain/calendar/series.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { CalendarModel } from '../model.ts'
import { askScope, type ScopeAct } from './scope-dialog.tsx'

export const newSlotId = (): SlotId => crypto.randomUUID() as string as SlotId

const overridesOf = (model: CalendarModel, id: SlotId): readonly Slot[] =>
  [...model.live.get().values()].filter((slot) => slot.partOf?.slot === id)

type Asked = { readonly act: ScopeAct; readonly offered: readonly Scope[] }

const scopeFor = (slot: Slot, { act, offered }: Asked): Promise<Scope | null> =>
  slot.repeat === null ? Promise.resolve('this') : askScope(act, offered)

/** A rule is that of several: one occurrence cannot have another. */
const askedOf = (change: SlotChange): Asked =>
  'repeat' in change
    ? { act: 'change', offered: ['following', 'all'] }
    : { act: 'time' in change ? 'move' : 'change', offered: SCOPES }

/** Why nothing came of it. `gone`: somebody else took the occurrence away while one was asked. */
type Unmade = 'cancelled' | 'gone'
/** `id`: the slot that carries the change: the slot itself, or one that was made for it. */
export type Made = { readonly ok: true; readonly id: SlotId } | { readonly ok: false; readonly error: Unmade }

async function make(
  model: CalendarModel,
  id: SlotId,
  question: Asked,
  said: string | null,
  plan: (slot: Slot, scope: Scope, planner: Planner) => Plan | null,
): Promise<Made> {
  const asked = model.live.get().get(id)
  const scope = asked ? await scopeFor(asked, question) : null
  if (asked && scope === null) return { ok: false, error: 'cancelled' }
  // As it is now: others may have changed it while the question stood.
  const slot = model.live.get().get(id)
  const { volunteerId: by } = model.actor
  const planner = { newId: newSlotId(), by, zone: model.settings.zone }
  const planned = slot && scope !== null ? plan(slot, scope, planner) : null
  if (!planned) return { ok: false, error: 'gone' }
  model.edit(said, (doc) => applyPlan(doc, planned))
  return { ok: true, id: planned.create[0]?.id ?? id }
}

type Occurrence = { readonly id: SlotId; readonly day: PlainDay }

/**
 * Changes one occurrence and, where the slot repeats, as many others as the person says. One step of undo.
 * @param said the toast’s sentence; null for a change that shows by itself
 */
export const changeOccurrence = (
  model: CalendarModel,
  { id, day }: Occurrence,
  change: SlotChange,
  said: string | null,
): Promise<Made> =>
  make(model, id, askedOf(change), said, (slot, scope, planner) =>
    planEdit({ slot, overrides: overridesOf(model, id) }, day, change, scope, planner),
  )

/** Makes of one occurrence a slot of its own, without asking. */
export async function detachOccurrence(
  model: CalendarModel,
  { id, day }: Occurrence,
  said: string | null,
): Promise<Made> {
  const slot = model.live.get().get(id)
  const planner = { newId: newSlotId(), by: model.actor.volunteerId, zone: model.settings.zone }
  const plan = slot && planEdit({ slot, overrides: overridesOf(model, id) }, day, {}, 'this', planner)
  if (!plan) return { ok: false, error: 'gone' }
  model.edit(said, (doc) => applyPlan(doc, plan))
  return { ok: true, id: plan.create[0]?.id ?? id }
}

/** Takes one occurrence away, or more of its series. Drafts stay. */
export const removeOccurrence = (
  model: CalendarModel,
  { id, day }: Occurrence,
  said: string | null,
): Promise<Made> =>
  make(model, id, { act: 'remove', offered: SCOPES }, said, (slot, scope) =>
    planDelete({ slot, overrides: overridesOf(model, id) }, day, scope),
  )
