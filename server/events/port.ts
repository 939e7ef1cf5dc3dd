import type { DocumentName } from '#lib/documents/registry.ts'
import type {
  CommentId,
  DraftId,
  LoginSessionId,
  NotificationId,
  ThreadId,
  VolunteerId,
} from '#lib/domain/ids.ts'
import type { Transaction } from '../db/database.ts'

/**
 * News that every process of this newsroom hears, small enough for one PostgreSQL notification:
 * ids only, never content. Whoever needs more reads the rows.
 */
export type ServerEvent =
  /** A row of `drafts` was created, projected, archived or restored. */
  | { readonly type: 'draft.changed'; readonly draftId: DraftId }
  /** Rights over one draft changed (archived, restored): its sockets must be authorised anew. */
  | { readonly type: 'draft.access'; readonly draftId: DraftId }
  /** A process beside the one that has the document open wrote to it: the command line. */
  | { readonly type: 'document.written'; readonly document: DocumentName }
  /** Rows of `calendar_slots` came or went that the document does not tell of: the archive, an import. */
  | { readonly type: 'calendar.changed' }
  /** A thread, or one comment of it, changed. */
  | { readonly type: 'thread.changed'; readonly threadId: ThreadId; readonly commentId: CommentId | null }
  /** Something in the review of a draft was decided, or its text moved on from what was approved. */
  | { readonly type: 'review.changed'; readonly draftId: DraftId }
  /** The newsroom reviews by other rules. */
  | { readonly type: 'rules.changed' }
  /** A draft has another revision, or one was renamed. */
  | { readonly type: 'history.changed'; readonly draftId: DraftId }
  /** These suggestions of a draft, by their ids, are new. */
  | { readonly type: 'suggestions.added'; readonly draftId: DraftId; readonly ids: readonly string[] }
  /** Somebody has a new notification, or (null) read some. */
  | {
      readonly type: 'inbox.changed'
      readonly volunteerId: VolunteerId
      readonly notificationId: NotificationId | null
    }
  /** Role, suspension, name or colour of a volunteer changed, or all their sessions ended. */
  | { readonly type: 'volunteer.access'; readonly volunteerId: VolunteerId }
  /** One login session ended (signed out, revoked). */
  | { readonly type: 'session.ended'; readonly sessionId: LoginSessionId }
  /** The team list changed. */
  | { readonly type: 'team.changed' }

export type EventPort = {
  /**
   * Resolves once PostgreSQL has taken the news; rejects where it could not.
   *
   * @param within the transaction the news is about: it goes out with the commit, or not at all. So it is for
   * rights taken away: no crash can come between the change and its news.
   */
  publish(event: ServerEvent, within?: Transaction): Promise<void>
  /** Hears every event, those of this process included, in commit order. Returns the way to stop. */
  subscribe(listener: (event: ServerEvent) => void): () => void
  /** Called after a gap in hearing: whoever caches rights must check them all again. */
  onGap(listener: () => void): () => void
  close(): Promise<void>
}
