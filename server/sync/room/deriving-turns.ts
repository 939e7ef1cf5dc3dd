import type { SyncLimits } from '../limits.ts'
import { TokenBucket } from '../wire/token-bucket.ts'

type Pace = Pick<SyncLimits, 'projectionsPerSecond' | 'projectionBurst'>

/** How often those who wait have their turns, in milliseconds: what is written together costs one statement. */
const EVERY = 200

/**
 * When the documents of the process derive their rows: at once where few want to, and at a steady rate, in the order
 * in which they asked, where hundreds are being written.
 */
export class DerivingTurns {
  readonly #bucket: TokenBucket
  readonly #waiting = new Set<() => void>()
  #timer: NodeJS.Timeout | null = null

  constructor({ projectionsPerSecond, projectionBurst }: Pace) {
    this.#bucket = new TokenBucket(projectionsPerSecond, projectionBurst, performance.now())
  }

  /** Calls `derive` once, now or later; whoever waits already keeps their place. */
  ask(derive: () => void): void {
    if (this.#waiting.size === 0 && this.#bucket.take(1, performance.now())) {
      derive()
      return
    }
    this.#waiting.add(derive)
    this.#timer ??= setTimeout(() => this.#next(), EVERY)
  }

  waits(derive: () => void): boolean {
    return this.#waiting.has(derive)
  }

  leave(derive: () => void): void {
    this.#waiting.delete(derive)
    if (this.#waiting.size > 0 || this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }

  #next(): void {
    this.#timer = null
    for (const derive of this.#waiting) {
      if (!this.#bucket.take(1, performance.now())) break
      this.#waiting.delete(derive)
      derive()
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#next(), EVERY)
  }
}
