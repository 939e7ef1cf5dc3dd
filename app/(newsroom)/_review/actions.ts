'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId, line, verdictId, volunteerId } from '#app/_gate/schemas.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { fail, ok } from '#lib/domain/result.ts'
import { REVIEW_MODES } from '#lib/domain/review/settings.ts'
import { STAGES } from '#lib/domain/review/stage.ts'

const draft = z.object({ id: draftId })
/** What goes with a decision: a few paragraphs at most. */
const words = z.string().max(4000)
/** `textHash` of what the page shows. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const mode = z.enum(REVIEW_MODES)
/** Whose page decides: nothing is approved in the name of somebody else who has signed in in that browser since. */
const as = volunteerId

/** Where a draft stands. */
export const viewReview = newsroomAction(draft, (actor, { id }, { reviews }) => reviews.view(actor, id))

export const askReview = newsroomAction(
  z.object({ draftId, note: words, reviewers: z.array(volunteerId).max(200) }),
  (actor, round, { reviews }) => reviews.ask(actor, { ...round, note: round.note.trim() }),
)

/** Takes the open round back. */
export const withdrawReview = newsroomAction(draft, (actor, { id }, { reviews }) =>
  reviews.withdraw(actor, id),
)

export const judgeDraft = newsroomAction(
  z.object({
    as,
    draftId,
    kind: z.enum(['approve', 'changes']),
    hash,
    reason: words,
    checked: z.array(line).max(100),
  }),
  async (actor, { as, ...verdict }, { reviews }) =>
    as === actor.volunteerId ? reviews.judge(actor, verdict) : fail('signedOut'),
)

/** A coordinator approves alone, for a reason. */
export const overrideReview = newsroomAction(
  z.object({ as, draftId, hash, reason: words }),
  async (actor, { as, ...verdict }, { reviews }) =>
    as === actor.volunteerId ? reviews.override(actor, verdict) : fail('signedOut'),
)

export const takeBackVerdict = newsroomAction(z.object({ id: verdictId }), (actor, { id }, { reviews }) =>
  reviews.takeBack(actor, id),
)

export const scheduleDraft = newsroomAction(draft, (actor, { id }, { reviews }) =>
  reviews.schedule(actor, id),
)

export const unscheduleDraft = newsroomAction(draft, (actor, { id }, { reviews }) =>
  reviews.unschedule(actor, id),
)

/** @returns the revision that is out */
export const publishDraft = newsroomAction(z.object({ draftId, hash }), (actor, published, { reviews }) =>
  reviews.publish(actor, published),
)

/** A draft is dragged to another stage. */
export const moveDraft = newsroomAction(
  z.object({ id: draftId, stage: z.enum(STAGES) }),
  (actor, { id, stage }, { reviews }) => reviews.moveTo(actor, id, stage),
)

export const readReviewSettings = newsroomAction(z.object({}), async (_actor, _nothing, { reviews }) =>
  ok(await reviews.settings()),
)

export const configureReview = newsroomAction(
  z.object({ mode, channels: z.partialRecord(z.enum(CHANNELS), mode), checklist: z.array(line).max(100) }),
  (actor, settings, { reviews }) => reviews.configure(actor, settings),
)
