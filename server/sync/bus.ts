import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

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
  /** From now on everything is heard; until now something may have been missed, and is in the rows. */
  gap(): void
  /** Somebody else has come: whoever is here says so again. @returns presence as an awareness message, or null */
  introduce(): Uint8Array | null
}

/**
 * Carries what happens in a document to the rooms of the other processes. It may lose anything: the rows are the
 * truth, and whoever misses a number reads them.
 */
export type DocumentBus = {
  /** Call with what is committed, in the order of the numbers. Never waits and never fails. */
  publish(document: DocumentName, first: number, updates: readonly PeerUpdate[]): void
  /** @param message presence of this process’s own sockets, stamped */
  announce(document: DocumentName, message: Uint8Array): void
  /** @returns the way to stop hearing */
  join(document: DocumentName, listener: BusListener): () => void
  close(): Promise<void>
}

/** For a newsroom of one process. */
export const NO_BUS: DocumentBus = {
  publish: () => {},
  announce: () => {},
  join: () => () => {},
  close: async () => {},
}
