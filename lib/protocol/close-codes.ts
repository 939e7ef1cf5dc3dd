/**
 * Why a collaboration socket was closed; both ends read this one list.
 *
 * Ranges follow y-websocket 3.1: 4400–4499 are final (the stock provider stops reconnecting),
 * 4500–4599 mean that trying again later can help.
 */
export const CLOSE = {
  /** A frame that cannot be decoded, or whose content the document refuses. */
  badMessage: 4400,
  /** No cookie, or one that is forged, expired or revoked. */
  signedOut: 4401,
  /** Signed in, and not allowed to open this document. */
  forbidden: 4403,
  /** No such document, or a name that is not one. */
  noSuchDocument: 4404,
  /** The page was loaded before the document's schema changed: reload it. */
  reloadPage: 4409,
  /** One frame larger than MAX_FRAME_BYTES. */
  tooLarge: 4413,
  /** More frames or bytes per second than a person and their tools can make. */
  tooFast: 4429,
  /** Rights changed; come back, and the upgrade decides anew. */
  accessChanged: 4501,
  /** The server is stopping or restarting. */
  goingAway: 4502,
  /** The document could not be loaded; nothing empty is ever served in its place. */
  loadFailed: 4503,
  /** As much waits to be saved as the server keeps: the page keeps what is written from now on. */
  notSaving: 4504,
  /** More sockets of one volunteer than anybody has tabs, or more unfinished messages than there is room for. */
  tooMany: 4529,
  /** The reader did not keep up: more than MAX_OUTGOING_BYTES waited for it, or it took nothing for five seconds. */
  tooSlow: 4508,
} as const

export type CloseName = keyof typeof CLOSE
export type CloseCode = (typeof CLOSE)[CloseName]

const NAMES = new Map<number, CloseName>(
  Object.entries(CLOSE).map(([name, code]) => [code, name as CloseName]),
)

/** The name of a close code, or null for the codes of RFC 6455 and of strangers. */
export const closeName = (code: number): CloseName | null => NAMES.get(code) ?? null
