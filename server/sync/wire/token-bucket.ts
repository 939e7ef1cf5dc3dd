/** Lets a burst through at once and a steady rate for ever (R9). */
export class TokenBucket {
  readonly #perMillisecond: number
  readonly #burst: number
  #tokens: number
  #at: number

  /** @param now milliseconds of any clock that does not go back */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perMillisecond = perSecond / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#at = now
  }

  /** @returns false where `amount` is more than is left */
  take(amount: number, now: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#perMillisecond)
    this.#at = now
    if (this.#tokens < amount) return false
    this.#tokens -= amount
    return true
  }
}
