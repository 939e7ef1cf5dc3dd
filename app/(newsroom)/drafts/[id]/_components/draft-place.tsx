import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { DraftSummary, PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { TextSkeleton } from './desk-skeleton.tsx'

export type DraftPageProps = {
  draft: DraftSummary
  access: 'write' | 'read'
  person: PersonHere
  may: { create: boolean; archive: boolean; plan: boolean }
  /** Its places in the plan, told by the clocks of `zone`. */
  planned: { slots: readonly Slot[]; zone: string }
  review: ReviewView | null
  /** Keep the page for when there is no connection; not while developing. */
  keepOffline: boolean
}

/** Where a draft will be: nothing that could be taken for its text. */
export const DraftPlace = ({ title }: { title: string }) => (
  <>
    <div className="h-14 border-rule border-b" />
    <TextSkeleton title={title} />
  </>
)
