import type { Logger } from 'pino'
import type { SyncLimits } from '../limits.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Meters } from '../meters.ts'
import type { Retries } from '../retries.ts'
import type { Rooms } from '../room/rooms.ts'
import type { DocumentBus } from './bus.ts'
import { HeadsWatch } from './heads-watch.ts'
import { deriveLeftovers } from './leftovers.ts'
import type { Whereabouts } from './whereabouts.ts'

/** Over how long the processes spread their looks at what was left undone, in milliseconds. */
const BEGIN_WITHIN = 5000

type Parts = {
  readonly rooms: Rooms
  readonly log: Pick<UpdateLog, 'heads' | 'unprojected'>
  readonly bus: DocumentBus
  readonly whereabouts: Whereabouts
  readonly limits: SyncLimits
  readonly retries: Retries
  readonly meters: Pick<Meters, 'busGap'>
  readonly logger: Logger
}

/** What this process does because there are others, or were: it looks for what it missed, and for what they left undone. */
export class Neighbours {
  readonly #parts: Parts
  readonly #watch: HeadsWatch
  #unwatch = () => {}

  constructor(parts: Parts) {
    this.#parts = parts
    this.#watch = new HeadsWatch(parts)
  }

  start(): void {
    const { bus, meters, whereabouts } = this.#parts
    void deriveLeftovers(this.#parts)
    if (!bus.shared) return
    this.#unwatch = bus.watch({
      gap: (document) => {
        meters.busGap()
        this.#watch.doubt(document)
      },
      people: (document) => whereabouts.movedElsewhere(document),
      died: () => this.#deriveSoon(),
    })
    this.#watch.start()
  }

  /** PostgreSQL was away: what any process wrote may have been missed, and rows undone whose disk nobody waited for. */
  missed(): void {
    this.#watch.doubt(null)
    this.#deriveSoon()
  }

  stop(): void {
    this.#unwatch()
    this.#watch.stop()
  }

  /** Each process begins at another moment, and finds what the others have not done yet. */
  #deriveSoon(): void {
    const { retries, limits } = this.#parts
    const within = Math.min(limits.lagPatience, BEGIN_WITHIN)
    retries.later(() => void deriveLeftovers(this.#parts), Math.random() * within)
  }
}
