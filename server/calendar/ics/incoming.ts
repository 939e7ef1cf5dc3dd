import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Skipped } from '../types.ts'

/** What a file says of a slot. The rest of it is Pupitre’s own: draft, owner, embargo. */
export type IncomingFields = Pick<
  Slot,
  'title' | 'time' | 'minutes' | 'days' | 'channels' | 'tags' | 'stage' | 'note' | 'repeat' | 'skipped'
>

export type Incoming = {
  readonly uid: string
  /** The occurrence of the series of that UID for which it stands; null: the series, or what does not repeat. */
  readonly day: PlainDay | null
  /** The slot that it was written from, in a file of ours. */
  readonly slot: SlotId | null
  readonly fields: IncomingFields
}

/** An occurrence that was called off: all that is left of it is the gap in its series. */
export type CalledOff = { readonly uid: string; readonly day: PlainDay; readonly title: string }

export type ReadCalendar = {
  readonly incoming: readonly Incoming[]
  readonly calledOff: readonly CalledOff[]
  readonly skipped: readonly Skipped[]
}
