import type { Logger } from 'pino'
import type { SyncLimits } from './limits.ts'
import { type Meters, NO_METERS } from './meters.ts'
import type { Project, Projection } from './ports.ts'

type Delays = Pick<SyncLimits, 'projectAfter' | 'projectAtLatest' | 'retryFirst' | 'retryLongest'>

/**
 * Keeps the rows that are derived from one document true: soon after a pause in the writing, and every
 * two seconds under constant writing. It goes on trying until they are.
 */
export class Projector {
  readonly #delays: Delays
  readonly #logger: Logger
  readonly #project: Project
  readonly #meters: Pick<Meters, 'derived'>
  /** The document as it is committed; waits for that. Null where the room was lost. */
  readonly #read: () => Promise<Projection | null>
  #timer: NodeJS.Timeout | null = null
  #staleSince: number | null = null
  #running: Promise<boolean> | null = null
  #runningSince: number | null = null
  #failures = 0

  constructor(options: {
    delays: Delays
    logger: Logger
    project: Project
    read: () => Promise<Projection | null>
    meters?: Pick<Meters, 'derived'>
  }) {
    this.#meters = options.meters ?? NO_METERS
    this.#delays = options.delays
    this.#logger = options.logger
    this.#project = options.project
    this.#read = options.read
  }

  /** Whether the rows lag behind the document. */
  get stale(): boolean {
    return this.#staleSince !== null || this.#running !== null
  }

  /** Milliseconds since the first change that no row says yet. */
  get lag(): number {
    const since = this.#runningSince ?? this.#staleSince
    return since === null ? 0 : performance.now() - since
  }

  /** The document changed. */
  touch(): void {
    const now = performance.now()
    this.#staleSince ??= now
    if (this.#failures > 0) return
    const { projectAfter, projectAtLatest } = this.#delays
    this.#schedule(Math.min(projectAfter, Math.max(0, this.#staleSince + projectAtLatest - now)))
  }

  /**
   * Makes the rows say what the document says now, or later: others may go on writing meanwhile.
   * @returns false where that failed; it will be tried again
   */
  async renew(): Promise<boolean> {
    this.touch()
    // What is under way may have read the document before.
    if (this.#running) await this.#running
    return this.#run()
  }

  /** Makes the rows true, at a moment when nobody writes. @returns false where that failed; it will be tried again */
  async flush(): Promise<boolean> {
    while (this.stale) if (!(await this.#run())) return false
    return true
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #schedule(delay: number): void {
    this.stop()
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#run()
    }, delay)
  }

  #run(): Promise<boolean> {
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = null
      this.#runningSince = null
      // What changed meanwhile may have had its turn while this one was running.
      if (this.#staleSince !== null && this.#timer === null) this.#schedule(this.#delays.projectAfter)
    })
    return this.#running
  }

  async #runOnce(): Promise<boolean> {
    this.stop()
    const since = this.#staleSince
    this.#runningSince = since
    this.#staleSince = null
    try {
      const projection = await this.#read()
      if (projection) await this.#project(projection)
      this.#failures = 0
      this.#meters.derived('done', this.lag)
      return true
    } catch (error) {
      this.#failures += 1
      this.#meters.derived('failed', this.lag)
      this.#staleSince ??= since
      this.#logger.error(
        { err: error, failures: this.#failures },
        'rows could not be derived from a document',
      )
      const { retryFirst, retryLongest } = this.#delays
      this.#schedule(Math.min(retryLongest, retryFirst * 2 ** Math.min(this.#failures, 16)))
      return false
    }
  }
}
