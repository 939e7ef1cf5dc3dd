import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { SyncLimits } from '../limits.ts'
import { type Meters, NO_METERS } from '../meters.ts'
import type { Departures, Passenger } from './departures.ts'
import type { Frame } from './frames.ts'
import { type Leaving, sendAway } from './send-away.ts'

/** The sending end of one connection, as rooms see it. */
export type Wire = {
  /** Puts a frame where the next departure takes it along. */
  send(frame: Frame): void
  /** Bytes that the network has not taken yet. */
  waiting(): number
  /** Whether the peer reads too little to be waited for (R9). */
  tooSlow(): boolean
  /** Says why and ends; a peer that does not answer is cut off. */
  close(code: CloseCode): void
}

/** A peer that takes fewer bytes a second than this, for longer than `stallPatience`, has stopped reading. */
const SLOWEST = 16 * 1024

/**
 * So many times longer one that has stopped reading may take to hear why: what the network holds for it comes first.
 * All that it costs meanwhile is the frame under way, which others have too.
 */
const SLOW_GRACE = 10

/** What of `ws` is needed. */
type Connection = Leaving & Pick<WebSocket, 'readyState' | 'OPEN'>

type Options = {
  readonly departures: Departures
  readonly limits: Pick<SyncLimits, 'closeGrace' | 'maxOutgoingBytes' | 'stallPatience'>
  readonly meters?: Pick<Meters, 'frameOut'>
}

/**
 * Frames are written to the TCP socket itself: they are framed already, so `ws` would only copy them.
 * It keeps the closing handshake and pings, which it writes to the same socket, between whole frames.
 */
export function createWire(ws: Connection, socket: Duplex, options: Options): Wire {
  return new SocketWire(ws, socket, options)
}

class SocketWire implements Wire, Passenger {
  readonly #ws: Connection
  readonly #socket: Duplex
  readonly #options: Options
  #gathered: Frame[] = []
  /**
   * What the socket has no room for yet. It is kept here and not in there: these buffers are the same for all who
   * have stopped reading, and what nobody waits for any more can be dropped.
   */
  #backlog: Buffer[] = []
  /** Bytes of both. */
  #kept = 0
  /** Since when the socket has taken nothing more, on the clock of `performance.now()`. */
  #stuckSince: number | null = null

  constructor(ws: Connection, socket: Duplex, options: Options) {
    this.#ws = ws
    this.#socket = socket
    this.#options = options
  }

  send(frame: Frame): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return
    const { departures, meters = NO_METERS } = this.#options
    this.#gathered.push(frame)
    this.#kept += frame.length
    departures.board(this)
    meters.frameOut(frame.length)
  }

  waiting(): number {
    return this.#socket.writableLength + this.#kept
  }

  tooSlow(): boolean {
    const { maxOutgoingBytes, stallPatience } = this.#options.limits
    if (this.waiting() > maxOutgoingBytes) return true
    if (this.#stuckSince === null) return false
    // A whole document on a thin line is one frame, of which the socket tells nothing until all of it has left.
    const patience = stallPatience + (this.#socket.writableLength / SLOWEST) * 1000
    return performance.now() - this.#stuckSince > patience
  }

  collect(): readonly Frame[] {
    const gathered = this.#gathered
    this.#gathered = []
    for (const frame of gathered) this.#kept -= frame.length
    return gathered
  }

  depart(parcel: Buffer): void {
    if (this.#stuckSince === null) this.#write(parcel)
    else {
      this.#backlog.push(parcel)
      this.#kept += parcel.length
    }
  }

  close(code: CloseCode): void {
    // Promises that were kept are heard, unless they are what the peer does not read.
    const last = [...this.#backlog, ...this.collect()]
    this.#forget()
    if (code !== CLOSE.tooSlow && this.#ws.readyState === this.#ws.OPEN) {
      for (const buffer of last) this.#socket.write(buffer)
    }
    const grace = this.#options.limits.closeGrace * (code === CLOSE.tooSlow ? SLOW_GRACE : 1)
    sendAway(this.#ws, code, grace)
  }

  #write(parcel: Buffer): void {
    if (this.#ws.readyState !== this.#ws.OPEN || this.#socket.write(parcel)) return
    this.#stuckSince = performance.now()
    this.#socket.once('drain', () => this.#goOn())
  }

  #goOn(): void {
    this.#stuckSince = null
    if (this.#ws.readyState !== this.#ws.OPEN) this.#forget()
    let sent = 0
    for (const parcel of this.#backlog) {
      if (this.#stuckSince !== null) break
      this.#write(parcel)
      this.#kept -= parcel.length
      sent += 1
    }
    this.#backlog.splice(0, sent)
  }

  #forget(): void {
    this.#backlog = []
    this.#kept = 0
  }
}
