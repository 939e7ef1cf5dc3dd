import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { CloseCode } from '#lib/protocol/close-codes.ts'
import type { Frame } from './frames.ts'
import { type Meters, NO_METERS } from './meters.ts'

/** The sending end of one connection, as rooms see it. */
export type Wire = {
  /** Puts a frame in the outgoing buffer. Frames of one turn leave together. */
  send(frame: Frame): void
  /** Bytes that the network has not taken yet. */
  waiting(): number
  /** Says why and ends; a peer that does not answer is cut off. */
  close(code: CloseCode): void
}

/** Sockets that were written to in this turn of the event loop. */
const corked = new Set<Duplex>()

function uncorkAll(): void {
  for (const socket of corked) socket.uncork()
  corked.clear()
}

/**
 * Frames are written to the TCP socket itself: they are framed already, so `ws` would only copy them.
 * It keeps the closing handshake and pings, which it writes to the same socket in the same order.
 */
export function createWire(
  ws: WebSocket,
  socket: Duplex,
  closeGrace: number,
  meters: Pick<Meters, 'frameOut'> = NO_METERS,
): Wire {
  return {
    send(frame) {
      if (ws.readyState !== ws.OPEN) return
      if (!corked.has(socket)) {
        if (corked.size === 0) setImmediate(uncorkAll)
        corked.add(socket)
        socket.cork()
      }
      socket.write(frame)
      meters.frameOut(frame.length)
    },
    waiting: () => socket.writableLength,
    close(code) {
      ws.close(code)
      setTimeout(() => ws.terminate(), closeGrace).unref()
    },
  }
}
