import { putSlot } from '#lib/documents/calendar/edits.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import type { Clock } from '#lib/domain/calendar/zone.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { plainSlot } from '../drafts/unplanned-slot.ts'
import type { CalendarModel } from '../model.ts'
import { newSlotId } from '../move/scope-dialog-acts.ts'
import { EVENING } from './grid-places.ts'

type DroppedDraft = {
  readonly draft: DraftId
  readonly title: string
  readonly day: PlainDay
  readonly clock: Clock
  readonly allDay: boolean
  readonly hours: boolean
}

/** A draft that was let go over a day or an hour is planned there: one act, one step of undo. */
export function planDropped(model: CalendarModel, drop: DroppedDraft, say: (title: string) => string): void {
  const { draft, title, day, clock, allDay, hours } = drop
  const { zone } = model.settings
  const wholeDay = hours && allDay
  const slot = plainSlot(newSlotId(), {
    title,
    draft,
    channels: [],
    time: wholeDay ? { kind: 'allDay', date: day } : timedAt(day, hours ? clock : EVENING, zone),
    by: model.actor.volunteerId,
  })
  model.edit(say(title), (doc) => putSlot(doc, slot))
  model.wantDrafts([draft])
  model.focusSlot(slot.id, day)
}
