import type { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import type { CloseCode } from '#lib/protocol/close-codes.ts'

/** A page has that much on its way at most, when it hears that it is to go. */
const LAST_WORDS = 1000

/** What of `ws` is needed. */
export type Leaving = Pick<WebSocket, 'close' | 'terminate' | 'pause'> & Pick<EventEmitter, 'on' | 'once'>

/**
 * Closes a socket. Its answer is waited for; of one that goes on talking instead nothing more is read, for taking
 * frames apart costs everybody’s time even when nobody listens.
 * @param grace milliseconds after which it is cut off if it does not answer
 */
export function sendAway(ws: Leaving, code: CloseCode, grace: number): void {
  let words = 0
  const hear = () => {
    words += 1
    // Not once only: whoever takes turns in hearing may have begun to read again.
    if (words >= LAST_WORDS) ws.pause()
  }
  ws.on('message', hear)
  ws.on('ping', hear)
  const patience = setTimeout(() => ws.terminate(), grace).unref()
  // Or it would hold on to what the peer has begun to say.
  ws.once('close', () => clearTimeout(patience))
  ws.close(code)
}
