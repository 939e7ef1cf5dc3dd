import type { DraftId, SlotId, ThreadId } from '../ids.ts'

type About = {
  readonly draftId: DraftId | null
  readonly slotId: SlotId | null
  readonly threadId: ThreadId | null
}

/** Where one goes to see what a notification is about; null where it is about nothing that has a page. */
export function placeOf({ draftId, slotId, threadId }: About): string | null {
  if (draftId) return `/drafts/${draftId}?${threadId ? `thread=${threadId}` : 'panel=review'}`
  if (slotId) return `/calendar?slot=${slotId}${threadId ? `&thread=${threadId}` : ''}`
  return null
}
