import type { PlainDay, Slot, SlotTime } from '#lib/domain/calendar/slot.ts'
import type { SlotId, VolunteerId } from '#lib/domain/ids.ts'

type Copy = {
  readonly id: SlotId
  readonly by: VolunteerId
  /** The name that the slot shows: that of its draft, where it has one. */
  readonly title: string
  readonly time: SlotTime
}

/** One occurrence as a new slot elsewhere. It begins its own way: no draft, no series, no file it came from. */
export const copyOf = (slot: Slot, { id, by, title, time }: Copy): Slot => ({
  ...slot,
  id,
  title,
  time,
  draft: null,
  stage: 'idea',
  repeat: null,
  skipped: [],
  partOf: null,
  uid: null,
  createdBy: by,
})

/** The address of the page with the sheet of a slot open; whoever of the team follows it sees the same. */
export function slotAddress(id: SlotId, day: PlainDay, repeats: boolean): string {
  const params = new URLSearchParams({ slot: id, ...(repeats ? { day } : {}), date: day })
  return `/calendar?${params}`
}
