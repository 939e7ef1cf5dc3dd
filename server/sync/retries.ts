/** How long what has to succeed waits after a failure, in milliseconds. */
const RETRY = 1000

/** Work that failed and is begun again after a while, until the process stops. */
export class Retries {
  readonly #timers = new Set<NodeJS.Timeout>()
  #stopped = false

  later(run: () => void, delay = RETRY): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, delay)
    this.#timers.add(timer)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
  }
}
