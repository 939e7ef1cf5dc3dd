import type { DateSpanApi, DropInfo, EventApi, EventDropInfo, EventResizeDoneInfo } from '@fullcalendar/react'
import { toast } from '#app/_ui/toast.ts'
import type { SlotChange } from '#lib/domain/calendar/reshape.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf, moveTo, resizeTo } from '#lib/domain/calendar/time.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { type CalendarModel, faceOf } from '../model.ts'
import { changeOccurrence } from '../move/scope-dialog-acts.ts'
import { parseKey } from './grid-events.ts'
import { fromWall, instantOfWall, targetOf } from './grid-wall.ts'

/** What a drop says, already in the reader’s language. */
export type DropWords = {
  readonly moved: (title: string) => string
  readonly resized: (title: string) => string
  readonly gone: string
}

/**
 * The slot that is held, as it is now, and which of its occurrences. One that does not repeat may have been moved to
 * another day meanwhile: it is still the one under the hand.
 */
function heldSlot(
  model: CalendarModel,
  event: Pick<EventApi, 'id'>,
): { readonly slot: Slot; readonly day: PlainDay } | null {
  const key = parseKey(event.id)
  const slot = key && model.live.get().get(key.slot)
  return slot ? { slot, day: key.day ?? dayOf(slot.time) } : null
}

/** A view has hours, or whole days only. */
export const hasHours = (view: string): boolean => view.startsWith('timeGrid')

async function change(
  model: CalendarModel,
  held: { readonly slot: Slot; readonly day: PlainDay },
  what: SlotChange,
  said: string,
  words: DropWords,
) {
  const made = await changeOccurrence(model, { id: held.slot.id, day: held.day }, what, said)
  if (!made.ok && made.error === 'gone') toast.failed(words.gone)
}

const titleOf = (model: CalendarModel, slot: Slot) => faceOf(slot, model.drafts.get()).title

/**
 * Writes what the hand did, and only that, on the slot as it is now: a day that was chosen in the month leaves the
 * hour that somebody else has just set; a length that was drawn leaves the beginning.
 */
export function dropped(model: CalendarModel, info: EventDropInfo, words: DropWords): void {
  const { event, view } = info
  info.revert()
  const held = heldSlot(model, event)
  if (!held || !event.start) {
    toast.failed(words.gone)
    return
  }
  const { zone } = model.settings
  const { slot, day } = held
  const target = targetOf(event.start, event.allDay, hasHours(view.type))
  const time = moveTo(timeAt(slot, day, zone), target, zone)
  void change(model, held, { time }, words.moved(titleOf(model, slot)), words)
}

export function resized(model: CalendarModel, info: EventResizeDoneInfo, words: DropWords): void {
  const { event } = info
  info.revert()
  const held = heldSlot(model, event)
  if (!held || !event.end) {
    toast.failed(words.gone)
    return
  }
  const { zone } = model.settings
  const { slot, day } = held
  const end = instantOfWall(event.end, event.allDay, zone)
  const { minutes, days } = resizeTo(
    { time: timeAt(slot, day, zone), minutes: slot.minutes, days: slot.days },
    end,
    zone,
  )
  const what = slot.time.kind === 'timed' ? { minutes } : { days }
  void change(model, held, what, words.resized(titleOf(model, slot)), words)
}

/**
 * Whether what is held may be put down here. FullCalendar asks at every step of the hand, and tells in no other way
 * where it is: the others hear of it from here.
 */
export function mayDrop(model: CalendarModel, span: DateSpanApi, event: EventApi | null): boolean {
  const held = event && heldSlot(model, event)
  // A draft from beside the calendar, or a new place that is drawn, has no slot yet.
  if (!held) return (event === null || !parseKey(event.id)) && model.rights.plan(fromWall(span.start).day)
  const { zone } = model.settings
  model.holdOut({
    slot: held.slot.id,
    start: instantOfWall(span.start, span.allDay, zone),
    end: instantOfWall(span.end, span.allDay, zone),
  })
  return model.rights.move(held.slot, fromWall(span.start).day)
}

/** The draft that was let go over the calendar, if it was one. */
export function draftDropped({ draggedEl, date, allDay, view }: DropInfo) {
  const { draftId = '', draftTitle: title = '' } = draggedEl.dataset
  const draft = parseDraftId(draftId)
  return draft && { draft, title, ...fromWall(date), allDay, hours: hasHours(view.type) }
}
