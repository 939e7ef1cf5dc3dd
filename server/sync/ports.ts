import type * as Y from 'yjs'
import type { AddressOf, DocumentFacts, DocumentName, Kind } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { DraftSummary, NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import type { ServerEvent } from '#server/events/port.ts'

/** What an actor may do in one document at the moment of the upgrade. */
export type Access = 'write' | 'read' | 'forbidden' | 'missing'

/** The rooms ask; `server/sessions` answers. Null: no cookie, or one that is forged, expired or revoked. */
export type Authenticate = (cookieHeader: string | undefined) => Promise<Actor | null>

/** The rooms ask; the feature that owns the document answers, through `can()`. */
export type Authorise = (actor: Actor, document: DocumentName) => Promise<Access>

/** What a document says after its update `seq`, all of which is committed. */
export type ProjectionOf<K extends Kind> = {
  readonly kind: K
  readonly name: DocumentName
  readonly address: AddressOf<K>
  readonly seq: number
  readonly facts: DocumentFacts[K]
  /** Null where nobody but the server wrote since the last projection. */
  readonly lastEditor: VolunteerId | null
  readonly lastEditedAt: Date
}
export type Projection = { readonly [K in Kind]: ProjectionOf<K> }[Kind]

/**
 * The feature that owns the document writes its rows, and `documents.projected_seq` in the same
 * transaction. It is asked again, with the same or a newer text, until it succeeds.
 */
export type Project = (projection: Projection) => Promise<void>

/** What the rooms ask of the feature whose documents they hold. */
export type RoomPort<K extends Kind> = {
  authorise(actor: Actor, address: AddressOf<K>): Promise<Access>
  project(projection: ProjectionOf<K>): Promise<void>
}

/** A document whose room stays until `release`, for changes that take several steps. */
export type HeldDocument = {
  /**
   * Looks at the document and changes it in one turn. `author` null: the server itself.
   * @returns false where what was written up to now is not known to be committed, though it may be yet
   */
  edit(author: VolunteerId | null, change: (doc: Y.Doc) => void): Promise<boolean>
  /**
   * Reads what other processes wrote, where the document lacks some of the updates up to `seq`.
   * @returns whether it has all of them
   */
  reach(seq: number): Promise<boolean>
  /** Makes the rows say what the document says now. @returns false where that failed; it is tried again */
  derive(): Promise<boolean>
  release(): void
}

/** `server/sync` holds rooms for features. */
export type HoldDocument = (name: DocumentName) => Promise<Result<HeldDocument, 'missing' | 'unavailable'>>

export type SummaryOf = (id: DraftId) => Promise<DraftSummary | null>

/** What pages are told, and who: one volunteer, or (null) everybody. */
export type News = { readonly event: NewsroomEvent; readonly to: VolunteerId | null }

/** The feature whose rows changed answers. Nothing: what the event speaks of is not there any more. */
export type NewsOf = (event: ServerEvent) => Promise<readonly News[]>
