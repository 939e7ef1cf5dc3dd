import type * as Y from 'yjs'
import type { Plan } from '#lib/domain/calendar/series.ts'
import { putSlot, removeSlot, setFields, skipDay } from './edits.ts'

/** Writes what a plan for a series says. Inside one transaction it is one step, to others and to undo. */
export function applyPlan(doc: Y.Doc, plan: Plan): void {
  for (const { id, fields } of plan.set) setFields(doc, id, fields)
  for (const slot of plan.create) putSlot(doc, slot)
  for (const { id, day } of plan.skip) skipDay(doc, id, day)
  for (const { id, day } of plan.unskip) skipDay(doc, id, day, false)
  for (const id of plan.remove) removeSlot(doc, id)
}
