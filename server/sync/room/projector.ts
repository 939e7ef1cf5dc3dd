import type { Logger } from 'pino'
import type { SyncLimits } from '../limits.ts'
import { type Meters, NO_METERS } from '../meters.ts'
import type { Project, Projection } from '../ports.ts'
import type { DerivingTurns } from './deriving-turns.ts'

type Delays = Pick<SyncLimits, 'projectAfter' | 'projectAtLatest' | 'retryFirst' | 'retryLongest'>

/**
 * Keeps the rows that are derived from one document true: soon after a pause in the writing, and every
 * two seconds under constant writing, or when its turn comes where hundreds of documents are written. It goes on
 * trying until they are.
 */
export class Projector {
  readonly #delays: Delays
  readonly #turns: DerivingTurns
  readonly #logger: Logger
  readonly #project: Project
  readonly #meters: Pick<Meters, 'derived'>
  /** The document as it is committed; waits for that. Null where the room was lost. */
  readonly #read: () => Promise<Projection | null>
  #timer: NodeJS.Timeout | null = null
  /** When the rows want to be derived, on the clock of `performance.now()`. */
  #due = 0
  #staleSince: number | null = null
  #running: Promise<boolean> | null = null
  #runningSince: number | null = null
  #failures = 0
  readonly #turn = () => void this.#run()

  constructor(options: {
    delays: Delays
    turns: DerivingTurns
    logger: Logger
    project: Project
    read: () => Promise<Projection | null>
    meters?: Pick<Meters, 'derived'>
  }) {
    this.#meters = options.meters ?? NO_METERS
    this.#delays = options.delays
    this.#turns = options.turns
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
    if (this.#failures > 0 || this.#turns.waits(this.#turn)) return
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
    this.#turns.leave(this.#turn)
  }

  /** A timer that ends too early is put off when it ends: another one for every letter would cost more. */
  #schedule(delay: number): void {
    const due = performance.now() + delay
    if (due < this.#due) this.stop()
    this.#due = due
    this.#timer ??= setTimeout(() => this.#wake(), delay)
  }

  #wake(): void {
    this.#timer = null
    const left = this.#due - performance.now()
    // A timer may fire up to a millisecond early.
    if (left > 1) this.#timer = setTimeout(() => this.#wake(), left)
    else this.#turns.ask(this.#turn)
  }

  #run(): Promise<boolean> {
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = null
      this.#runningSince = null
      // What changed meanwhile may have had its turn while this one was running.
      if (this.#staleSince !== null && this.#timer === null && !this.#turns.waits(this.#turn))
        this.#schedule(this.#delays.projectAfter)
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
