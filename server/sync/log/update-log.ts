import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

/** One update on its way to the log. */
export type LogEntry = {
  readonly document: DocumentName
  /** A Yjs update, encoding v1. */
  readonly data: Uint8Array
  /** Null for the server itself. */
  readonly author: VolunteerId | null
  /** Yjs client ids that wrote the structs in it: remembered as the author's unless already somebody's. */
  readonly clients: readonly number[]
  /** Ids of the suggestions in it: remembered as the author's unless already somebody's. */
  readonly suggestions: readonly string[]
}

/** A document as its rows have it, all of one moment. */
export type StoredDocument = {
  readonly schemaVersion: number
  /** Sequence number of the last update below. */
  readonly headSeq: number
  readonly projectedSeq: number
  /** The state after the first updates; null where none was made yet, or whoever asked has all that is in it. */
  readonly snapshot: Uint8Array | null
  /** The updates after it, or after what whoever asked has, in order of `seq`. */
  readonly updates: readonly Uint8Array[]
  /** Updates that no snapshot covers yet. */
  readonly rows: number
  /** Who wrote the latest of those updates, and when; null where the server did or none is left. */
  readonly lastEdit: { readonly author: VolunteerId; readonly at: Date } | null
}

/** Sequence numbers: of the last update, and of the last one that the derived rows tell of. */
export type Head = { readonly head: number; readonly projected: number }

/** `busy`: another process is at it. `pending`: some update lacks one that it builds on (R5). */
export type Compaction = 'done' | 'nothing' | 'busy' | 'pending'

/** Where updates are kept. Every implementation passes test/server/sync/update-log-contract.ts. */
export type UpdateLog = {
  /**
   * Commits all entries, or none and rejects. Updates of one document keep their order and get the next
   * sequence numbers.
   * @returns the sequence number of each entry; null where its document does not exist (any more)
   */
  append(entries: readonly LogEntry[]): Promise<readonly (number | null)[]>
  /** @returns null where there is no such document */
  load(document: DocumentName): Promise<StoredDocument | null>
  /** The same without what somebody who has the updates up to `seq` has. `rows` counts them all. */
  since(document: DocumentName, seq: number): Promise<StoredDocument | null>
  /** How far each document that there is has come, and what is derived from it: whether somebody else wrote. */
  heads(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, Head>>
  /** Replaces the log up to now by one snapshot, built from the rows themselves. */
  compact(document: DocumentName): Promise<Compaction>
  /**
   * Appends the server's migration and raises the schema version in one transaction.
   * @returns false where the stored version is not `from` any more: another process was first
   */
  migrate(document: DocumentName, from: number, to: number, update: Uint8Array): Promise<boolean>
  /** Documents with updates that the derived rows do not tell of yet. */
  unprojected(): Promise<readonly DocumentName[]>
}
