import { type Slot, UNSAID } from '#lib/domain/calendar/slot.ts'
import type { DraftId, SlotId, VolunteerId } from '#lib/domain/ids.ts'

/** Length of a post in a grid, in minutes: a target for a finger. */
const USUAL_MINUTES = 30

type New = Pick<Slot, 'title' | 'time' | 'channels'> & {
  readonly draft: DraftId | null
  /** Who plans it. */
  readonly by: VolunteerId
}

/** A slot with nothing said but where, what and when. */
export const plainSlot = (id: SlotId, { by, ...told }: New): Slot => ({
  ...UNSAID,
  id,
  minutes: USUAL_MINUTES,
  createdBy: by,
  ...told,
})
