import type { SlotFields } from '#lib/documents/calendar/fields.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'

/** What every field of the sheet is given. */
export type FieldProps = {
  readonly slot: Slot
  /** Whoever reads, and everybody in the archive, changes nothing. */
  readonly editable: boolean
  /** Writes fields of the whole slot; a change that shows by itself. */
  readonly write: (fields: Partial<SlotFields>) => void
}

/** What fields are given that place the slot: a lock holds them. */
export type PlaceProps = FieldProps & {
  /** The occurrence on show, by its original day. */
  readonly day: PlainDay
  readonly movable: boolean
}
