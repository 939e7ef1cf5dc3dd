import type { Compaction } from './log/update-log.ts'

/** Why a frame, or what it asked for, was not taken. */
export type Refusal =
  | 'malformed'
  /** Its content is none that the document may hold. */
  | 'refused'
  /** It builds on what is not here yet, and is asked for again. */
  | 'incomplete'
  | 'readOnly'
  /** Too much waits to be saved. */
  | 'notSaving'
  | 'tooFast'

/**
 * What the sync core tells whoever watches the process: numbers, and never a name of a document or of anybody.
 * Called for every update and every frame: an implementation adds up, and neither waits nor throws. Times are
 * milliseconds.
 */
export type Meters = {
  /** A frame was read from a socket of a room. */
  frameIn(bytes: number): void
  /** A frame was put into the outgoing buffer of a socket. */
  frameOut(bytes: number): void
  /** An update of a socket was accepted. */
  updateIn(bytes: number): void
  /** Updates were shown to so many sockets, all in all. */
  updatesOut(deliveries: number): void
  refused(why: Refusal): void
  /** From the arrival of an update to the moment at which others were sent it. */
  shown(waited: number): void
  /** Updates that were shown before their commit. */
  overtaken(updates: number): void
  /** From the arrival of a barrier to its `durable`. */
  durable(waited: number): void
  /** A batch was committed. */
  appended(updates: number, took: number): void
  appendFailed(): void
  compacted(outcome: Compaction | 'failed', took: number): void
  loaded(outcome: 'done' | 'missing' | 'failed', took: number): void
  /** Rows were derived from a document; `lag` from its first change that they did not have. */
  derived(outcome: 'done' | 'failed', lag: number): void
  /** A socket closed. @param name of `CLOSE`, or what the peer’s own code stands for */
  closed(name: string): void
  /** Updates that went to the other processes, and that came from them. */
  busOut(updates: number): void
  busIn(updates: number): void
  /** Something that other processes said may have been missed. */
  busGap(): void
  /** Rows that were read because another process had written them, and we had not heard. */
  rowsRead(rows: number): void
}

const nothing = () => {}

/** Where nobody watches: in the command line, in tests. */
export const NO_METERS: Meters = {
  frameIn: nothing,
  frameOut: nothing,
  updateIn: nothing,
  updatesOut: nothing,
  refused: nothing,
  shown: nothing,
  overtaken: nothing,
  durable: nothing,
  appended: nothing,
  appendFailed: nothing,
  compacted: nothing,
  loaded: nothing,
  derived: nothing,
  closed: nothing,
  busOut: nothing,
  busIn: nothing,
  busGap: nothing,
  rowsRead: nothing,
}

/** How the rooms stand at one moment. */
export type SyncGauges = {
  readonly rooms: readonly { readonly kind: string; readonly phase: string; readonly count: number }[]
  /** Rooms that show something which is not committed: their people read «not saved yet». */
  readonly roomsBehind: number
  readonly sockets: readonly { readonly kind: 'writing' | 'reading' | 'newsroom'; readonly count: number }[]
  /** Volunteers, each once however many tabs they have open; `writing`: in the last half minute. */
  readonly people: { readonly connected: number; readonly writing: number }
  /** Updates on their way to the log. */
  readonly waiting: { readonly updates: number; readonly bytes: number }
  /** Bytes that the network has not taken yet: of the worst socket, and of all. */
  readonly outgoing: { readonly most: number; readonly all: number }
  /** Milliseconds by which the most outdated rows lag behind their document. */
  readonly projectionLag: number
  readonly appendConnections: { readonly total: number; readonly idle: number; readonly waiting: number }
  /** Null where the newsroom is one process. */
  readonly bus: { readonly connected: boolean } | null
}
