import { MAX_FRAME_BYTES, MAX_OUTGOING_BYTES } from '#lib/protocol/messages.ts'

/** Bounds and delays of the rooms, in bytes, milliseconds and counts a second; tests shrink them. */
export type SyncLimits = {
  readonly maxFrameBytes: number
  readonly maxOutgoingBytes: number
  /** How long a peer may take nothing of what waits for it. */
  readonly stallPatience: number
  /** What one socket may send: a rate that may last, and a burst above it. */
  readonly framesPerSecond: number
  readonly frameBurst: number
  /** Of these frames, those that change the document: each costs as much as fifty others. */
  readonly updatesPerSecond: number
  readonly updateBurst: number
  readonly bytesPerSecond: number
  readonly byteBurst: number
  /** Sockets that one volunteer may have open: a page has two. */
  readonly socketsPerVolunteer: number
  /** Handshakes that may wait for a decision, or for their document. */
  readonly handshakesAtOnce: number
  /** Bytes of messages that all sockets together have begun and not ended. */
  readonly unfinishedBytes: number
  /** Yjs client ids whose presence one socket may announce. */
  readonly clientsPerSocket: number
  /** Yjs client ids whose edits one update may carry: integrating rivals at one place costs their square. */
  readonly clientsPerUpdate: number
  /** Suggestions that one update may carry: each is a row of its transaction. */
  readonly suggestionsPerUpdate: number
  /** How long others wait for a commit before they see the text uncommitted. */
  readonly overtakeAfter: number
  /**
   * Shortest time from the beginning of one batch of appends to that of the next. A commit costs 0.5 ms of CPU however
   * small it is. Node and PostgreSQL together at 1,200 updates a second (`npm run bench:appends`): 35 % of a core with 0 ms,
   * 31 with 2, 24 with 3, 19 with 5; but with 5 everybody waits 2.4 ms longer than with 3, half of what a letter may take.
   */
  readonly gather: number
  /** Bytes of all updates that are not committed, above which no more is taken. */
  readonly unsavedBytes: number
  /** First and longest pause between attempts to append. */
  readonly retryFirst: number
  readonly retryLongest: number
  /** How long an empty room is kept. */
  readonly idleAfter: number
  /** How long a document that nobody writes to stays more than bytes. */
  readonly restAfter: number
  /** Rows of the log above which a room compacts when it closes, and while it is open. */
  readonly compactClosing: number
  readonly compactOpen: number
  /** Pause in the writing after which the rows are derived, and the longest wait under constant writing. */
  readonly projectAfter: number
  readonly projectAtLatest: number
  /**
   * How many documents of the process derive their rows in a second, for ever and in a burst: each is rows, an index, and
   * news of them. Fifty drafts that are written without a pause derive every two seconds; of five hundred each has its
   * turn every twenty.
   */
  readonly projectionsPerSecond: number
  readonly projectionBurst: number
  readonly heartbeatEvery: number
  readonly recheckEvery: number
  /** Time that a peer has to answer a close before its connection is cut. */
  readonly closeGrace: number
  /** How long a number that is missing may be on its way before its rows are read. */
  readonly gapPatience: number
  /** How often the rows are asked how far each open document is, and how often while the bus may lose messages. */
  readonly headsEvery: number
  readonly headsEveryAstray: number
  /** How long rows may stay as they are that another process ought to derive: longer than a turn takes to come. */
  readonly lagPatience: number
  /** Over how long a stopping server spreads the closes of many sockets. */
  readonly partingSpread: number
  /** Time that a server-side edit waits for its commit, and a stopping server for its last ones. */
  readonly editPatience: number
  readonly stopPatience: number
}

export const DEFAULT_LIMITS: SyncLimits = {
  maxFrameBytes: MAX_FRAME_BYTES,
  maxOutgoingBytes: MAX_OUTGOING_BYTES,
  stallPatience: 5000,
  // A stock provider repeats the presence of everybody else, so a listener of a busy room sends hundreds.
  framesPerSecond: 2000,
  frameBurst: 8000,
  updatesPerSecond: 1000,
  updateBurst: 2000,
  bytesPerSecond: 4 * 1024 * 1024,
  byteBurst: 4 * MAX_FRAME_BYTES,
  socketsPerVolunteer: 200,
  handshakesAtOnce: 5000,
  unfinishedBytes: 8 * MAX_FRAME_BYTES,
  clientsPerSocket: 4,
  clientsPerUpdate: 1000,
  suggestionsPerUpdate: 5000,
  overtakeAfter: 250,
  gather: 3,
  // Fifty edits a second for more than an hour.
  unsavedBytes: 256 * 1024 * 1024,
  retryFirst: 50,
  retryLongest: 3000,
  idleAfter: 30_000,
  restAfter: 2000,
  compactClosing: 200,
  compactOpen: 2000,
  projectAfter: 300,
  projectAtLatest: 2000,
  projectionsPerSecond: 25,
  projectionBurst: 50,
  heartbeatEvery: 25_000,
  recheckEvery: 60_000,
  closeGrace: 2000,
  gapPatience: 30,
  headsEvery: 5000,
  headsEveryAstray: 1000,
  lagPatience: 30_000,
  partingSpread: 600,
  editPatience: 10_000,
  stopPatience: 4500,
}
