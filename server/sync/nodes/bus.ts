import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'

/** A process of this newsroom, from its start to its end: a new start is another node. */
export type NodeId = string

/** An update that another process has committed. */
export type PeerUpdate = {
  /** A Yjs update, encoding v1. */
  readonly data: Uint8Array
  /** Null for a server itself. */
  readonly author: VolunteerId | null
}

/** What a room hears of its document from the other processes. */
export type BusListener = {
  /** Committed, with the numbers `first`, `first + 1`, … What does not follow on what the room has is in the rows. */
  updates(first: number, updates: readonly PeerUpdate[]): void
  /** Presence that `node` has stamped (R8), as an awareness message. */
  presence(node: NodeId, message: Uint8Array): void
  /** Nobody of `node` is here any more. */
  left(node: NodeId): void
  /** Somebody else has come: whoever is here says so again. @returns presence as an awareness message, or null */
  introduce(): Uint8Array | null
}

/** What the process hears of the others. */
export type BusWatcher = {
  /** From now on everything is heard; until now something may have been missed. @param document null: of any */
  gap(document: DocumentName | null): void
  /** The people whom other processes have in this document are others now. */
  people(document: DocumentName): void
  /** A process ended without a word: the rows that it was to derive may lag. */
  died(node: NodeId): void
}

/**
 * Carries what happens in a document to the rooms of the other processes. It may lose anything: the rows are the
 * truth, and whoever misses a number reads them (R13).
 */
export type DocumentBus = {
  /** Whether there are other processes to think of at all. */
  readonly shared: boolean
  /** Call with what is committed, in the order of the numbers. Never waits and never fails. */
  publish(document: DocumentName, first: number, updates: readonly PeerUpdate[]): void
  /** @param message presence of this process’s own sockets, stamped */
  announce(document: DocumentName, message: Uint8Array): void
  /** Says who has a socket in this document here. */
  seat(document: DocumentName, people: readonly PersonHere[]): void
  /** Who has one elsewhere; somebody may be in several lists. */
  seatedElsewhere(): ReadonlyMap<DocumentName, readonly PersonHere[]>
  /** @returns the way to stop hearing */
  join(document: DocumentName, listener: BusListener): () => void
  /** @returns the way to stop */
  watch(watcher: BusWatcher): () => void
  /** Whether messages may be going astray at present, here or at another process. */
  astray(): boolean
  /** Says goodbye: nobody of this process is anywhere any more. */
  close(): Promise<void>
}

/** For a newsroom of one process. */
export const NO_BUS: DocumentBus = {
  shared: false,
  publish: () => {},
  announce: () => {},
  seat: () => {},
  seatedElsewhere: () => new Map(),
  join: () => () => {},
  watch: () => () => {},
  astray: () => false,
  close: async () => {},
}
