import type { PeerUpdate } from '../nodes/bus.ts'

/** Updates with the numbers from `first` to `last`; empty where the document has them, being its process’s own. */
export type Stretch = {
  readonly first: number
  readonly last: number
  readonly updates: readonly PeerUpdate[]
}

/** Bytes of others’ updates that wait for what comes before them; beyond that they are read from the rows. */
const MAX_WAITING = 1024 * 1024

/** What came before its turn: the numbers in front of it are still on their way. */
export class Ahead {
  #stretches: Stretch[] = []
  #bytes = 0

  /** The highest number that is known to be in the log; 0 where none is. */
  get last(): number {
    return this.#stretches.reduce((highest, { last }) => Math.max(highest, last), 0)
  }

  add(stretch: Stretch): void {
    const bytes = sizeOf(stretch)
    if (this.#bytes + bytes > MAX_WAITING) return
    this.#bytes += bytes
    this.#stretches.push(stretch)
  }

  /** @returns what follows on `seq` now, or tells of what follows; null where nothing does. Forgets what is over. */
  after(seq: number): Stretch | null {
    this.#stretches = this.#stretches.filter((stretch) => {
      if (stretch.last > seq) return true
      this.#bytes -= sizeOf(stretch)
      return false
    })
    const next = this.#stretches.find(({ first }) => first <= seq + 1)
    return next ?? null
  }
}

const sizeOf = ({ updates }: Stretch): number => updates.reduce((sum, { data }) => sum + data.length, 0)
