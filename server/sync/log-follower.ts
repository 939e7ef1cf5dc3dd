import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { PeerUpdate } from './bus.ts'
import { storedUpdates } from './document-state.ts'
import type { SyncLimits } from './limits.ts'
import type { UpdateLog } from './update-log.ts'

type Options = {
  readonly name: DocumentName
  /** What the document in memory was built from. */
  readonly seq: number
  readonly rows: number
  readonly log: Pick<UpdateLog, 'since' | 'compact'>
  readonly limits: Pick<SyncLimits, 'compactOpen' | 'compactClosing'>
  readonly logger: Logger
  /** Takes what other processes committed; some of it the document may have already. */
  readonly apply: (updates: readonly Uint8Array[]) => void
}

/**
 * How far one document in memory follows its log: which numbers it has, reading those that other processes wrote,
 * and how many rows there are to compact.
 */
export class LogFollower {
  readonly #options: Options
  /** Up to which update the document has every row. */
  #seq: number
  /** Updates that no snapshot covers. */
  #rows: number
  #compactAt: number
  #busy: 'no' | 'compacting' | 'catchingUp' = 'no'
  /** More was written by others while their rows were read. */
  #missedMore = false

  constructor(options: Options) {
    this.#options = options
    this.#seq = options.seq
    this.#rows = options.rows
    this.#compactAt = options.limits.compactOpen
  }

  get seq(): number {
    return this.#seq
  }

  /** Updates of this process were committed, under the numbers from `first` to `last`. */
  committed(first: number, last: number): void {
    this.#rows += last - first + 1
    if (first === this.#seq + 1) this.#seq = last
    else if (first > this.#seq) void this.catchUp()
    if (this.#rows >= this.#compactAt) void this.#compact()
  }

  /** Another process wrote to this document: a number is missing, or it told us. What it wrote is in the rows. */
  async catchUp(): Promise<void> {
    if (this.#busy === 'catchingUp') {
      this.#missedMore = true
      return
    }
    this.#busy = 'catchingUp'
    const { name, log, logger } = this.#options
    try {
      do {
        this.#missedMore = false
        const stored = await log.since(name, this.#seq)
        if (!stored) continue
        this.#rows = stored.rows
        this.#take(storedUpdates(stored), stored.headSeq)
      } while (this.#missedMore)
    } catch (error) {
      logger.error({ err: error, document: name }, 'rows could not be read')
    } finally {
      this.#busy = 'no'
    }
  }

  /** What another process committed, with the numbers from `first` on. Where some before it are missing, the rows have all. */
  takeFromPeer(first: number, updates: readonly PeerUpdate[]): void {
    const last = first + updates.length - 1
    if (last <= this.#seq) return
    if (first > this.#seq + 1) {
      void this.catchUp()
      return
    }
    this.#rows += updates.length
    this.#take(
      updates.map(({ data }) => data),
      last,
    )
  }

  /** Makes a log that has grown while the room was open short again. */
  async compactForClosing(): Promise<void> {
    if (this.#rows >= this.#options.limits.compactClosing) await this.#compact()
  }

  #take(updates: readonly Uint8Array[], seq: number): void {
    this.#options.apply(updates)
    this.#seq = Math.max(this.#seq, seq)
  }

  async #compact(): Promise<void> {
    if (this.#busy !== 'no') return
    this.#busy = 'compacting'
    const { name, log, limits, logger } = this.#options
    const before = this.#rows
    try {
      const outcome = await log.compact(name)
      if (outcome === 'done') this.#rows -= before
      this.#compactAt = outcome === 'done' ? limits.compactOpen : this.#rows * 2
    } catch (error) {
      this.#compactAt = this.#rows * 2
      logger.error({ err: error, document: name }, 'the log could not be compacted')
    } finally {
      this.#busy = 'no'
    }
  }
}
