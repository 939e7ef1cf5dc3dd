/** Milliseconds of a turn of the event loop in which whatever arrives is heard at once: of one socket, and of all. */
const AT_ONCE = { one: 2, all: 8 }
/** Milliseconds that one who has to wait is heard for before the next, and all of them in one turn. */
const IN_TURN = { one: 1, all: 8 }
/** Bytes of one socket that wait, above which it is not read: more than the bursts that it may send (R9). */
const MAX_WAITING = 256 * 1024

/** What is to be done with one socket. */
type Ears = {
  /** Stops reading it, or reads on. */
  readonly pause: (paused: boolean) => void
  /** Whether what it said still counts. */
  readonly counts: () => boolean
}

/**
 * Gives every socket of the process its turn (R9). A thousand frames may arrive in one piece, and what they ask for may
 * take a second. Whoever says little is heard at once; the rest of a flood waits, and is heard a slice at a time, with
 * turns of the event loop in between.
 */
export class FairHearing {
  readonly #waiting = new Set<Line>()
  readonly #now: () => number
  /** The turn of the event loop, and milliseconds of it that were spent on hearing. */
  #turn = 0
  #spent = 0
  #ending = false
  #going = false

  /** @param now milliseconds of a clock that does not go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  open(ears: Ears): Line {
    return new Line(ears, this)
  }

  /** Hears it now, where there is time left in this turn. @returns whether there was */
  atOnce(line: Line, hear: () => void): boolean {
    this.#endTurnLater()
    if (line.turn !== this.#turn) {
      line.turn = this.#turn
      line.spent = 0
    }
    if (line.spent >= AT_ONCE.one || this.#spent >= AT_ONCE.all) return false
    const since = this.#now()
    hear()
    const took = this.#now() - since
    line.spent += took
    this.#spent += took
    return true
  }

  wait(line: Line): void {
    this.#waiting.add(line)
    if (this.#going) return
    this.#going = true
    setImmediate(() => this.#go())
  }

  #endTurnLater(): void {
    if (this.#ending) return
    this.#ending = true
    setImmediate(() => {
      this.#ending = false
      this.#turn += 1
      this.#spent = 0
    })
  }

  #go(): void {
    const end = this.#now() + IN_TURN.all
    for (const line of this.#waiting) {
      this.#waiting.delete(line)
      // Whoever has more to say comes again after the others: a set is walked in the order of joining it.
      if (line.goOn(this.#now, IN_TURN.one)) this.#waiting.add(line)
      if (this.#now() >= end) break
    }
    this.#going = this.#waiting.size > 0
    if (this.#going) setImmediate(() => this.#go())
  }
}

type Waiting = { readonly bytes: number; readonly hear: () => void }

/** What one socket said and nobody has heard yet, in its order. */
export class Line {
  readonly #ears: Ears
  readonly #hearing: FairHearing
  #frames: Waiting[] = []
  #heard = 0
  #bytes = 0
  #paused = false
  #then: (() => void) | null = null
  /** In which turn of the event loop it was heard last, and for how many milliseconds of it. */
  turn = -1
  spent = 0

  constructor(ears: Ears, hearing: FairHearing) {
    this.#ears = ears
    this.#hearing = hearing
  }

  /** @param hear does what a frame of so many bytes asks for */
  say(bytes: number, hear: () => void): void {
    if (this.#frames.length === 0 && this.#hearing.atOnce(this, hear)) return
    this.#frames.push({ bytes, hear })
    this.#bytes += bytes
    if (this.#bytes > MAX_WAITING && !this.#paused) this.#pause(true)
    this.#hearing.wait(this)
  }

  /** Nothing more will be said. @param then runs when all of it was heard */
  end(then: () => void): void {
    if (this.#frames.length === 0) then()
    else this.#then = then
  }

  /** @param slice milliseconds @returns whether some of it is left */
  goOn(now: () => number, slice: number): boolean {
    const end = now() + slice
    do {
      const frame = this.#ears.counts() ? this.#frames[this.#heard] : undefined
      if (frame === undefined) return this.#finish()
      this.#heard += 1
      this.#bytes -= frame.bytes
      frame.hear()
    } while (now() < end)
    return this.#heard < this.#frames.length || this.#finish()
  }

  #finish(): false {
    this.#frames = []
    this.#heard = 0
    this.#bytes = 0
    if (this.#paused) this.#pause(false)
    this.#then?.()
    this.#then = null
    return false
  }

  #pause(paused: boolean): void {
    this.#paused = paused
    this.#ears.pause(paused)
  }
}
