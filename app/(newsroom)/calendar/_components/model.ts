import { createContext, use } from 'react'
import type * as Y from 'yjs'
import type { Cell } from '#app/_collab/cell.ts'
import type { SavedView } from '#app/_collab/saved-state.ts'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import type { CalendarFilter, CalendarView } from '#lib/domain/calendar/filter.ts'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { PlainDay, Slot, SlotTime } from '#lib/domain/calendar/slot.ts'
import type { DraftId, SlotId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Locale } from '#lib/domain/permissions.ts'
import type { Stage } from '#lib/domain/review/stage.ts'

/** A volunteer, as the calendar names them. */
export type Person = { readonly id: VolunteerId; readonly name: string; readonly color: string }

/** What a slot shows of its draft: title and stage follow it. */
export type DraftFace = {
  readonly id: DraftId
  readonly title: string
  readonly stage: Stage
  readonly archived: boolean
}

/** Where somebody else is in the calendar; one entry per open page. */
export type Hand = {
  readonly client: number
  readonly person: Person
  readonly open: SlotId | null
  /** What they hold, and over which place it hovers: instants in milliseconds, or a day. */
  readonly drag: { readonly slot: SlotId; readonly start: number; readonly end: number } | null
}

/** What the server does not let this volunteer do is not offered; `can()` decided. */
export type Rights = {
  readonly write: boolean
  readonly lock: boolean
  readonly importFiles: boolean
  readonly configure: boolean
  /** Something new on this day. */
  readonly plan: (day: PlainDay) => boolean
  readonly move: (slot: Slot, to?: PlainDay) => boolean
  readonly remove: (slot: Slot) => boolean
}

/** What the main part of the page shows, and around which day. */
export type Shown = { readonly view: CalendarView; readonly day: PlainDay }

/** Where a new slot will be: a time, and where on the screen it was asked for. */
export type NewSlot = {
  readonly time: SlotTime
  readonly minutes: number
  readonly days: number
  /** In pixels of the window; null: in its middle. */
  readonly anchor: { readonly x: number; readonly y: number } | null
}

/**
 * The calendar as every part of the page sees it. Cells change without a render of the page: a part reads the
 * ones it shows with `useCell`.
 */
export type CalendarModel = {
  readonly actor: Pick<Actor, 'volunteerId' | 'role' | 'locale'>
  readonly locale: Locale
  readonly settings: CalendarSettings
  /** Everybody of the team, suspended ones too: their slots have a name. */
  readonly people: ReadonlyMap<VolunteerId, Person>
  readonly rights: Rights

  /** Slots of the shared document, live. */
  readonly live: Cell<ReadonlyMap<SlotId, Slot>>
  /** Slots of the archive, of the days that were asked for. Read-only until they are revived. */
  readonly past: Cell<ReadonlyMap<SlotId, Slot>>
  readonly drafts: Cell<ReadonlyMap<DraftId, DraftFace>>
  readonly locks: Cell<readonly Lock[]>
  readonly hands: Cell<readonly Hand[]>
  readonly loaded: Cell<boolean>
  readonly saved: Cell<SavedView>

  /** Which days, view and slots are shown: the address of the page. */
  readonly filter: Cell<CalendarFilter>
  setFilter(change: Partial<CalendarFilter>): void
  /** The address was changed by something else than this model. */
  readAddress(): void
  /** What is on the screen now: where the address says nothing, the view of this device and the day of today. */
  readonly shown: Cell<Shown>
  /** Today, by the newsroom’s clocks. */
  readonly today: Cell<PlainDay>
  /** The slot whose sheet is open, in the address too. `day`: the occurrence that was pressed. */
  readonly opened: Cell<{ readonly slot: SlotId; readonly day: PlainDay | null } | null>
  openSlot(slot: SlotId | null, day?: PlainDay | null): void
  /** The occurrence that keys act on; it stays the same while others change the calendar around it. */
  readonly focused: Cell<{ readonly slot: SlotId; readonly day: PlainDay } | null>
  focusSlot(slot: SlotId | null, day?: PlainDay): void
  /** A small form for a new slot at this place, beside `anchor`; null closes it. */
  readonly creating: Cell<NewSlot | null>
  createAt(place: NewSlot | null): void

  /**
   * One step of undo. `said`: the sentence of the toast with «Annuler» (already translated); null for a change
   * that shows by itself, such as typing.
   */
  edit(said: string | null, change: (doc: Y.Doc) => void): void
  undo(): void
  redo(): void
  readonly canUndo: Cell<boolean>
  readonly canRedo: Cell<boolean>
  /** Tells the others what is held over which place; null: let go. */
  holdOut(drag: Hand['drag']): void
  /** A slot or draft that is not known yet is asked for. */
  wantDrafts(ids: readonly DraftId[]): void
  /** The archive is asked for these days. */
  wantPast(from: PlainDay, to: PlainDay): void
}

export const CalendarContext = createContext<CalendarModel | null>(null)

export function useCalendar(): CalendarModel {
  const model = use(CalendarContext)
  if (!model) throw new Error('a part of the calendar stands outside of its page')
  return model
}

/** Every slot that is known. While one returns from the archive it is in both; the shared document is the truth. */
export function knownSlots(
  live: ReadonlyMap<SlotId, Slot>,
  past: ReadonlyMap<SlotId, Slot>,
): ReadonlyMap<SlotId, Slot> {
  return past.size === 0 ? live : new Map([...past, ...live])
}

/** Title and stage as everybody sees them. */
export function faceOf(
  slot: Slot,
  drafts: ReadonlyMap<DraftId, DraftFace>,
): { readonly title: string; readonly stage: Stage; readonly draft: DraftFace | null } {
  const draft = (slot.draft && drafts.get(slot.draft)) || null
  return { title: draft?.title || slot.title, stage: draft?.stage ?? slot.stage, draft }
}
