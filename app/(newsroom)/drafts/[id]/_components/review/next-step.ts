import { can, type Who } from '#lib/domain/permissions.ts'
import { isHeld, isUnderReview } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'

/** What brings a draft on. `start`: takes up an idea. `judge`: reads and decides. */
export type ReviewStep = 'start' | 'ask' | 'judge' | 'schedule' | 'publish'

/** The stages of lib/domain/review/machine.ts, as far as buttons need them; the server decides. */
const isReworked = ({ stage, changedSincePublication }: ReviewView) =>
  stage === 'published' && changedSincePublication
/** It is a text, and is not out as it is. */
export const isInWork = (view: ReviewView) =>
  view.stage === 'drafting' || isUnderReview(view.stage) || isReworked(view)
export const mayBeAsked = (view: ReviewView) => view.stage === 'idea' || isInWork(view)
/** Nothing is missing: it may go out. */
export const isClear = (view: ReviewView) =>
  isHeld(view.stage) || (isInWork(view) && view.missing.length === 0 && view.stage !== 'changesRequested')

/** Whether a volunteer’s verdict speaks for the text as it is. */
const hasJudged = (view: ReviewView, who: Who): boolean =>
  view.verdicts.some(({ by, counts }) => by === who.volunteerId && counts)

type Place = { readonly archived: boolean; readonly planned: boolean }

/** Of all that could be done next, the one thing that this volunteer would do; null: others are to act. */
export function nextStep(view: ReviewView, who: Who, { archived, planned }: Place): ReviewStep | null {
  if (view.stage === 'idea') return can(who, 'draft.stage', { archived }) ? 'start' : null
  if (isClear(view)) {
    if (!can(who, 'review.release', { archived })) return null
    // Without a place in the plan there is no hour at which it would go out.
    return planned && view.stage !== 'scheduled' ? 'schedule' : 'publish'
  }
  if (view.stage === 'inReview') {
    const others = view.writers.includes(who.volunteerId) || hasJudged(view, who)
    return can(who, 'review.judge', { archived }) && !others ? 'judge' : null
  }
  return isInWork(view) && can(who, 'review.ask', { archived }) ? 'ask' : null
}
