/**
 * Message types of the collaboration socket. Each frame starts with one of them as a varUint.
 * 0–3 are y-websocket's; 100 and up are ours and are only ever sent to a client that sent one first.
 * PROTOCOL.md is the prose of this file.
 */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** Client → server: varUint n. «Tell me when all that I sent before this is committed.» */
  barrier: 100,
  /** Server → client: varUint n, the barrier that is now committed with fsync. */
  durable: 101,
  /** Server → client: varUint 0 (commits keep up) or 1 (some text on screen is not saved yet). */
  storage: 102,
} as const

/**
 * Why the server says `permission denied` (type 2). Both mean that it did not leave an update as it came.
 * `readOnly`: it dropped it, and will drop the next ones. `corrected`: it took it, put right what this
 * volunteer may not do, and sent the correction: the page goes on writing.
 */
export const DENIED = { readOnly: 'readOnly', corrected: 'corrected' } as const

/** Largest frame that a client may send, in bytes. A pasted novel is 2 MB. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024
/** Bytes that may wait for one slow reader before it is dropped. */
export const MAX_OUTGOING_BYTES = 16 * 1024 * 1024
/** Largest awareness state of one client, in bytes of JSON. */
export const MAX_AWARENESS_BYTES = 4096
