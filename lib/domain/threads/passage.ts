/** A longer passage is anchored by its beginning: at most this many UTF-16 units are quoted. */
export const MAX_QUOTE = 5000
/** How many UTF-16 units before and behind a passage are kept, to find it again: more where less says too little. */
export const CONTEXTS = [32, 96, 256] as const
export const MAX_CONTEXT = 256
/** Words that stand in a text more often than this are not looked for. */
export const MAX_TWINS = 32
/** A passage written by very many hands is anchored by its beginning: as many pieces of it are kept. */
export const MAX_PIECES = 256
/** A Yjs relative position, base64, is far below this. */
export const MAX_POSITION = 200
