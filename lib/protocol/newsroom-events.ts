import type { ThreadId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { NotificationView } from './inbox.ts'
import type { ReviewView } from './review.ts'
import type { CommentView, ThreadHead } from './threads.ts'

/**
 * The newsroom's own socket, `/collab/newsroom`: one per open page, JSON text frames, server → page only.
 * It brings news of rows (lists, comments, reviews, notifications) so that no page ever polls.
 */

/** One line of the draft list, as every page shows it. Times are ISO 8601 in UTC. */
export type DraftSummary = {
  readonly id: string
  readonly title: string
  readonly excerpt: string
  readonly wordCount: number
  readonly stage: Stage
  readonly createdBy: string | null
  readonly lastEditor: { readonly id: string; readonly name: string; readonly color: string } | null
  readonly lastEditedAt: string
  readonly archivedAt: string | null
}

/** Somebody who has a draft open right now. */
export type PersonHere = { readonly volunteerId: string; readonly name: string; readonly color: string }

/** Who made a suggestion; `at` is ISO 8601 in UTC. */
export type SuggestionAuthor = { readonly id: string; readonly by: string; readonly at: string }

export type NewsroomEvent =
  | { readonly type: 'draft'; readonly draft: DraftSummary }
  | { readonly type: 'presence'; readonly draftId: string; readonly people: readonly PersonHere[] }
  /** Sent once on connection: everyone who is anywhere. */
  | { readonly type: 'presences'; readonly drafts: Readonly<Record<string, readonly PersonHere[]>> }
  | { readonly type: 'team' }
  /** Slots of the past, or the settings of the calendar, changed: what was fetched of them is out of date. */
  | { readonly type: 'calendar' }
  /** A thread as it is now, and those of its comments that changed. */
  | { readonly type: 'thread'; readonly thread: ThreadHead; readonly comments: readonly CommentView[] }
  /** A thread is not there any more: its last comment was deleted. */
  | { readonly type: 'threadGone'; readonly id: ThreadId }
  | { readonly type: 'review'; readonly review: ReviewView }
  /** The newsroom reviews by other rules: read reviews again where they are shown. */
  | { readonly type: 'rules' }
  /** The revisions of a draft changed: load them again where they are shown. */
  | { readonly type: 'history'; readonly draftId: string }
  /** Somebody made these suggestions in a draft. */
  | { readonly type: 'suggestions'; readonly draftId: string; readonly authors: readonly SuggestionAuthor[] }
  /** To one volunteer only, on all their pages. `latest` is new; null where something was read. */
  | { readonly type: 'inbox'; readonly unread: number; readonly latest: NotificationView | null }
