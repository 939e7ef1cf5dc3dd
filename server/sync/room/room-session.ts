import type { Actor } from '#lib/domain/permissions.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import { DENIED } from '#lib/protocol/messages.ts'
import type { SyncLimits } from '../limits.ts'
import { type Meters, NO_METERS } from '../meters.ts'
import {
  type ClientMessage,
  deniedFrame,
  durableFrame,
  type Frame,
  KEEP_ALIVE,
  readMessage,
  storageFrame,
} from '../wire/frames.ts'
import { Rates } from '../wire/rates.ts'
import type { Wire } from '../wire/wire.ts'
import type { Room } from './room.ts'
import type { Seat } from './seat.ts'

/** Barriers that may wait on one socket; beyond that the newest stands for those before it. */
const MAX_BARRIERS = 1024

type Options = {
  readonly room: Room
  readonly actor: Actor
  readonly access: 'write' | 'read'
  readonly wire: Wire
  readonly limits: SyncLimits
  readonly meters?: Meters
}

/** One person’s connection to one room: reads frames, keeps the bounds (R9) and the promises of barriers (R4). */
export class RoomSession implements Seat {
  readonly actor: Actor
  readonly access: 'write' | 'read'
  readonly #room: Room
  readonly #wire: Wire
  readonly #meters: Meters
  readonly #rates: Rates
  /** `frozen`: nothing that it says counts any more (R10), the close follows. */
  #phase: 'open' | 'frozen' | 'closed' = 'open'
  /** It sent a barrier, so it understands `durable` and `storage`. */
  #extended = false
  /** Our step 1 is on its way: the answer brings all that we lack. */
  #asked = false
  /**
   * It holds edits that were not taken: `forever` from a reader, else until it has answered step 1. Before
   * its first answer nobody knows what it wrote while it was away.
   */
  #untaken: 'no' | 'untilWhole' | 'forever' = 'untilWhole'
  #withheld: number[] = []
  #barriers = 0
  #overflow: number | null = null
  #wroteAt: number | null = null

  constructor({ room, actor, access, wire, limits, meters = NO_METERS }: Options) {
    this.#room = room
    this.actor = actor
    this.access = access
    this.#wire = wire
    this.#meters = meters
    this.#rates = new Rates(limits, performance.now())
  }

  /** When its last update came, on the clock of `performance.now()`. */
  get wroteAt(): number | null {
    return this.#wroteAt
  }

  /** Asks for what the client has and the room lacks, once at a time. */
  ask(stepOne: Frame): void {
    if (this.#asked) return
    this.#asked = true
    this.send(stepOne)
  }

  /** Counts a frame of the peer, whatever it is for. @returns false where it was one too many (R9) */
  count(bytes: number): boolean {
    if (this.#rates.frame(bytes, performance.now())) return true
    this.#refuse()
    return false
  }

  /** Whether what it said still counts. */
  readonly listening = () => this.#phase === 'open'

  receive(data: Uint8Array): void {
    this.arrive(data)?.()
  }

  /** Counts a frame that has arrived. @returns what it asks for, to be done when its turn comes; null: nothing */
  arrive(data: Uint8Array): (() => void) | null {
    if (!this.listening()) return null
    this.#meters.frameIn(data.length)
    if (!this.count(data.length)) return null
    const message = readMessage(data)
    if (message?.type !== 'update' || this.#rates.update(performance.now())) return () => this.#hear(message)
    this.#refuse()
    return null
  }

  #hear(message: ClientMessage | null): void {
    if (!this.listening()) return
    switch (message?.type) {
      case 'state':
        this.#answer(message.vector)
        break
      case 'update':
        this.#take(message.update, message.whole)
        break
      case 'awareness':
        if (!this.#room.awareness.receive(this, message.entries)) this.close(CLOSE.badMessage)
        break
      case 'queryAwareness':
        this.#tellPresence()
        break
      case 'barrier':
        this.#barrier(message.n)
        break
      case undefined:
        this.#meters.refused('malformed')
        this.close(CLOSE.badMessage)
    }
  }

  send(frame: Frame): void {
    if (this.#phase === 'closed') return
    if (this.#wire.tooSlow()) this.close(CLOSE.tooSlow)
    else this.#wire.send(frame)
  }

  /** @param behind whether something on everybody’s screen is not committed */
  tellStorage(behind: boolean): void {
    if (this.#extended) this.send(storageFrame(behind))
  }

  keepAlive(): void {
    this.send(KEEP_ALIVE)
  }

  freeze(): void {
    if (this.#phase === 'open') this.#phase = 'frozen'
  }

  close(code: CloseCode): void {
    if (this.#phase === 'closed') return
    this.#phase = 'closed'
    this.#wire.close(code)
    this.#room.leave(this)
  }

  /** The connection is gone, for whatever reason. */
  ended(): void {
    this.#phase = 'closed'
    this.#room.leave(this)
  }

  #refuse(): void {
    this.#meters.refused('tooFast')
    this.close(CLOSE.tooFast)
  }

  #tellPresence(): void {
    const frame = this.#room.awareness.everybodyFor(this)
    if (!frame) return
    if (this.#rates.answer(frame.length, performance.now())) this.send(frame)
    else this.close(CLOSE.tooFast)
  }

  #answer(vector: Uint8Array): void {
    const answer = this.#room.stepTwo(vector)
    if (answer === null) this.close(CLOSE.badMessage)
    else if (!this.#rates.answer(answer.length, performance.now())) this.close(CLOSE.tooFast)
    // It may hold text whose commit is still under way: nobody sees it before (R4).
    else this.#room.live.journal.whenShown(() => this.send(answer))
  }

  #take(update: Uint8Array, whole: boolean): void {
    switch (this.#room.take(this, update, whole)) {
      case 'taken':
        if (whole) this.#settle()
        else this.#wroteAt = performance.now()
        break
      case 'partly':
        // Asked again at the next barrier: by then the client may have what it builds on, or have given it up.
        this.#asked = false
        this.#untaken = 'untilWhole'
        break
      case 'incomplete':
        this.#meters.refused('incomplete')
        if (this.#untaken === 'no') this.#untaken = 'untilWhole'
        this.ask(this.#room.stepOne())
        break
      case 'readOnly':
        this.#meters.refused('readOnly')
        this.#untaken = 'forever'
        this.send(deniedFrame(DENIED.readOnly))
        break
      case 'full':
        // The page keeps it, and brings it along when it comes back.
        this.#meters.refused('notSaving')
        this.close(CLOSE.notSaving)
        break
      case 'bad':
        this.#meters.refused('refused')
        this.close(CLOSE.badMessage)
    }
  }

  /** Our step 1 was answered: what had come too early was in the answer. */
  #settle(): void {
    this.#asked = false
    if (this.#untaken !== 'untilWhole') return
    this.#untaken = 'no'
    const withheld = this.#withheld
    this.#withheld = []
    for (const n of withheld) this.#promise(n)
  }

  #barrier(n: number): void {
    if (!this.#extended) {
      this.#extended = true
      if (this.#room.live.journal.behind) this.send(storageFrame(true))
    }
    if (this.#untaken === 'no') this.#promise(n)
    else {
      // «Durable» would be a lie about the part that was not taken.
      this.#withheld = [...this.#withheld.slice(1 - MAX_BARRIERS), n]
      if (this.#untaken === 'untilWhole') this.ask(this.#room.stepOne())
    }
  }

  #promise(n: number): void {
    if (this.#barriers >= MAX_BARRIERS) {
      this.#overflow = n
      return
    }
    this.#barriers += 1
    const since = performance.now()
    this.#room.live.journal.whenCommitted(() => {
      this.#barriers -= 1
      this.#meters.durable(performance.now() - since)
      this.send(durableFrame(n))
      const next = this.#overflow
      this.#overflow = null
      if (next !== null) this.#promise(next)
    })
  }
}
