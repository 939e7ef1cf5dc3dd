import type { Frame } from './frames.ts'

/** One socket, as the departures see it. */
export type Passenger = {
  /** What has gathered for it, in order; the caller’s from now on. */
  collect(): readonly Frame[]
  /** Puts whole frames into the socket. */
  depart(parcel: Buffer): void
}

/** So many seats hear of everything in the turn in which it happens: nobody’s typing waits. */
const FEW_SEATS = 50
/** How far apart departures for a crowd are at most, in milliseconds. */
const LONGEST_GATHERING = 20
/** A parcel is not made larger than this: copying a document costs more than another system call. */
const MAX_JOINED = 64 * 1024

/**
 * Milliseconds from one departure to the next. Nearly all that a listener costs is the system call that writes to
 * its socket, so a crowd is written to less often; a key that comes after a pause leaves at once all the same.
 */
export const gatheringFor = (seats: number): number =>
  seats <= FEW_SEATS ? 0 : Math.min(LONGEST_GATHERING, seats / 50)

/**
 * Everything that a room has to say in a turn leaves together: one write for each socket, and one buffer for all
 * sockets that are told the same.
 */
export class Departures {
  readonly #gathering: () => number
  readonly #passengers = new Set<Passenger>()
  readonly #errands = new Set<() => void>()
  #planned = false
  #notBefore = 0

  /** @param gathering milliseconds that have to lie between two departures, now */
  constructor(gathering: () => number) {
    this.#gathering = gathering
  }

  board(passenger: Passenger): void {
    this.#passengers.add(passenger)
    this.#plan()
  }

  /** Runs `errand`, once, before the next departure: what it says leaves with it. */
  before(errand: () => void): void {
    this.#errands.add(errand)
    this.#plan()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    const wait = this.#notBefore - performance.now()
    if (wait > 0) setTimeout(() => this.#depart(), wait)
    else setImmediate(() => this.#depart())
  }

  #depart(): void {
    const began = performance.now()
    for (const errand of this.#errands) errand()
    this.#errands.clear()
    const passengers = [...this.#passengers]
    this.#passengers.clear()
    this.#planned = false
    const parcels = new Parcels()
    for (const passenger of passengers) {
      for (const parcel of parcels.of(passenger.collect())) passenger.depart(parcel)
    }
    const gathering = this.#gathering()
    const ended = performance.now()
    // A third of the time is left to whatever else the process has to do, however many listen.
    this.#notBefore = gathering === 0 ? 0 : Math.max(began + gathering, ended + (ended - began) / 2)
  }
}

/** For sockets that are in no room. */
export const END_OF_TURN = new Departures(() => 0)

type Parcel = { readonly frames: readonly Frame[]; readonly joined: Buffer }

/** The buffers of one departure: frames that several sockets get in the same order are put together once. */
class Parcels {
  /** By the first frame. */
  readonly #made = new Map<Frame, Parcel[]>()

  of(frames: readonly Frame[]): readonly Buffer[] {
    const [first] = frames
    if (first === undefined || frames.length === 1) return frames
    const alike = this.#made.get(first) ?? []
    const made = alike.find((parcel) => isSame(parcel.frames, frames))
    if (made) return [made.joined]
    if (frames.reduce((sum, frame) => sum + frame.length, 0) > MAX_JOINED) return frames
    const joined = Buffer.concat(frames)
    if (alike.push({ frames, joined }) === 1) this.#made.set(first, alike)
    return [joined]
  }
}

const isSame = (one: readonly Frame[], other: readonly Frame[]): boolean =>
  one.length === other.length && one.every((frame, index) => frame === other[index])
