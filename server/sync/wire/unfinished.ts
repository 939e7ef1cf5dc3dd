import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'

/** Of a message that somebody has begun. */
type Begun = { bytes: number; readonly cut: () => void }

/**
 * For the reason to reach whoever is cut off, in milliseconds. What they have begun is held as long, so the patience of
 * an ordinary close would let as much gather as the line carries meanwhile.
 */
const CUT_AFTER_MS = 100

/**
 * What all sockets of the process have begun to say and not ended (R9). Each of them alone keeps to the size of a
 * frame; many that never end theirs would fill the memory together.
 */
export class Unfinished {
  readonly #most: number
  readonly #begun = new Set<Begun>()
  #bytes = 0

  /** @param most bytes of unfinished messages; past them, the longest one is closed */
  constructor(most: number) {
    this.#most = most
  }

  /** Call in the turn of the handshake. @param heard called for whatever arrives, with its bytes */
  watch(
    ws: WebSocket,
    socket: Duplex,
    { close, heard }: { readonly close: (code: CloseCode) => void; readonly heard: (bytes: number) => void },
  ): void {
    const cut = () => {
      close(CLOSE.tooMany)
      ws.pause()
      setTimeout(() => ws.terminate(), CUT_AFTER_MS).unref()
    }
    const begun: Begun = { bytes: 0, cut }
    this.#begun.add(begun)
    const arrive = (chunk: Buffer) => {
      heard(chunk.length)
      if (!this.#begun.has(begun)) return
      begun.bytes += chunk.length
      this.#bytes += chunk.length
      if (this.#bytes > this.#most) this.#closeLongest()
    }
    // Before `ws` reads the chunk: what ends in it is told as a message right after.
    socket.prependListener('data', arrive)
    ws.on('message', () => this.#end(begun))
    ws.on('close', () => this.#forget(begun))
  }

  #end(begun: Begun): void {
    this.#bytes -= begun.bytes
    begun.bytes = 0
  }

  #forget(begun: Begun): void {
    this.#end(begun)
    this.#begun.delete(begun)
  }

  #closeLongest(): void {
    let longest: Begun | null = null
    for (const begun of this.#begun) if (begun.bytes > (longest?.bytes ?? 0)) longest = begun
    if (!longest) return
    // It is cut off soon: the next one is not to be taken for it.
    this.#forget(longest)
    longest.cut()
  }
}
