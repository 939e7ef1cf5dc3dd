import type { DocumentName } from '#lib/documents/registry.ts'
import type { DraftId, LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
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
