import type { SyncLimits } from '../limits.ts'
import { TokenBucket } from './token-bucket.ts'

type Limits = Pick<
  SyncLimits,
  'framesPerSecond' | 'frameBurst' | 'bytesPerSecond' | 'byteBurst' | 'updatesPerSecond' | 'updateBurst'
>

/** What one socket may say (R9). Moments are milliseconds of a clock that does not go back. */
export class Rates {
  readonly #frames: TokenBucket
  readonly #bytes: TokenBucket
  readonly #updates: TokenBucket
  readonly #largestAnswer: number

  constructor(limits: Limits, now: number) {
    this.#frames = new TokenBucket(limits.framesPerSecond, limits.frameBurst, now)
    this.#bytes = new TokenBucket(limits.bytesPerSecond, limits.byteBurst, now)
    this.#updates = new TokenBucket(limits.updatesPerSecond, limits.updateBurst, now)
    this.#largestAnswer = limits.byteBurst / 8
  }

  /** @returns false where it was one too many, as do the others */
  frame(bytes: number, now: number): boolean {
    return this.#frames.take(1, now) && this.#bytes.take(bytes, now)
  }

  update(now: number): boolean {
    return this.#updates.take(1, now)
  }

  /** A question of ten bytes may be answered with megabytes: the answer counts against the asker's rate. */
  answer(bytes: number, now: number): boolean {
    return this.#bytes.take(Math.min(bytes, this.#largestAnswer), now)
  }
}
