import type { WebSocket } from 'ws'
import type { CloseCode } from '#lib/protocol/close-codes.ts'

/** Closes a socket that has not come in. @param grace milliseconds after which it is cut off if it does not answer */
export function turnAway(ws: WebSocket, code: CloseCode, grace: number): void {
  ws.close(code)
  setTimeout(() => ws.terminate(), grace).unref()
}
