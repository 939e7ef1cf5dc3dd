import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { SyncLimits } from '../limits.ts'
import type { StoredDocument, UpdateLog } from '../log/update-log.ts'
import type { PeerUpdate } from '../nodes/bus.ts'
import { Ahead, type Stretch } from './ahead.ts'
import { storedUpdates } from './document-state.ts'

/** Pause after rows could not be read, in milliseconds. */
const RETRY = 1000
/**
 * Bytes of rows above which a log is compacted however few they are, when its room closes and while it is open: one
 * snapshot is read several times as fast as what it was made of.
 */
const LONG_CLOSING = 16 * 1024
const LONG_OPEN = 256 * 1024

type Options = {
  readonly name: DocumentName
  /** What the document in memory was built from. */
  readonly seq: number
  readonly rows: number
  /** What those rows weigh. */
  readonly bytes: number
  readonly log: Pick<UpdateLog, 'since' | 'compact'>
  readonly limits: Pick<SyncLimits, 'compactOpen' | 'compactClosing' | 'gapPatience'>
  readonly logger: Logger
  /** Takes what other processes committed; some of it the document may have already. */
  readonly apply: (updates: readonly Uint8Array[], lastEdit: StoredDocument['lastEdit']) => void
}

/**
 * How far one document in memory follows its log (R13): which numbers it has, waiting a moment for what is on its
 * way from other processes, reading the rows of what does not come, and how many rows there are to compact.
 */
export class LogFollower {
  readonly #options: Options
  /** Up to which update the document has every row. */
  #seq: number
  readonly #ahead = new Ahead()
  /** The last update that this process wrote itself. */
  #own = 0
  /** Updates that no snapshot covers. */
  #rows: number
  /** What they weigh, about. */
  #bytes: number
  #compactAt: number
  #compactAtBytes = LONG_OPEN
  #reading: Promise<void> | null = null
  #compacting = false
  /** More was written by others while their rows were read. */
  #missedMore = false
  #timer: NodeJS.Timeout | null = null
  #ended = false

  constructor(options: Options) {
    this.#options = options
    this.#seq = options.seq
    this.#rows = options.rows
    this.#bytes = options.bytes
    this.#compactAt = options.limits.compactOpen
  }

  get seq(): number {
    return this.#seq
  }

  /** Number of the last update that this process wrote, 0 where it wrote none. */
  get own(): number {
    return this.#own
  }

  /** Updates of this process were committed, under the numbers from `first` to `last`; so many bytes in all. */
  committed(first: number, last: number, bytes: number): void {
    this.#own = last
    this.#rows += last - first + 1
    this.#bytes += bytes
    if (last > this.#seq) this.#add({ first, last, updates: [] })
    if (this.#rows >= this.#compactAt || this.#bytes >= this.#compactAtBytes) void this.#compact()
  }

  /** What another process committed, with the numbers from `first` on. */
  takeFromPeer(first: number, updates: readonly PeerUpdate[]): void {
    const last = first + updates.length - 1
    if (last <= this.#seq) return
    this.#rows += updates.length
    this.#bytes += updates.reduce((sum, { data }) => sum + data.length, 0)
    this.#add({ first, last, updates })
  }

  /** There are rows up to `head`. What is missing may be on its way: as a message, or as an answer to an append. */
  told(head: number): void {
    if (head > this.#seq) this.#readSoon(this.#options.limits.gapPatience)
  }

  /** Reads what other processes wrote. */
  catchUp(): Promise<void> {
    if (this.#reading) this.#missedMore = true
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    const { name, log, logger } = this.#options
    try {
      do {
        this.#missedMore = false
        const stored = await log.since(name, this.#seq)
        if (stored && !this.#ended) this.#takeIn(stored)
      } while (this.#missedMore)
    } catch (error) {
      if (this.#ended) return
      logger.error({ err: error, document: name }, 'rows could not be read; it is tried again')
      this.#readSoon(RETRY)
    }
  }

  /** Makes a log that has grown while the room was open short again. */
  async compactForClosing(): Promise<void> {
    const { compactClosing } = this.#options.limits
    if (this.#rows >= compactClosing || this.#bytes >= LONG_CLOSING) await this.#compact()
  }

  end(): void {
    this.#ended = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #add(stretch: Stretch): void {
    this.#ahead.add(stretch)
    this.#advance()
    if (stretch.last > this.#seq) this.#readSoon(this.#options.limits.gapPatience)
  }

  #advance(): void {
    for (let next = this.#ahead.after(this.#seq); next; next = this.#ahead.after(this.#seq)) {
      this.#seq = next.last
      const author = next.updates.findLast((update) => update.author !== null)?.author
      if (next.updates.length === 0) continue
      this.#options.apply(
        next.updates.map(({ data }) => data),
        author ? { author, at: new Date() } : null,
      )
    }
  }

  #takeIn(stored: StoredDocument): void {
    const { headSeq, rows, lastEdit } = stored
    this.#rows = rows
    if (headSeq <= this.#seq) return
    this.#seq = headSeq
    this.#options.apply(storedUpdates(stored), lastEdit)
    this.#advance()
  }

  #readSoon(delay: number): void {
    if (this.#ended) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.catchUp()
    }, delay)
  }

  async #compact(): Promise<void> {
    if (this.#compacting) return
    this.#compacting = true
    const { name, log, limits, logger } = this.#options
    const before = this.#rows
    const bytesBefore = this.#bytes
    try {
      const outcome = await log.compact(name)
      // `busy`: another process makes it short.
      if (outcome === 'pending') this.#compactLater()
      else {
        this.#rows = Math.max(0, this.#rows - before)
        this.#bytes -= bytesBefore
        this.#compactAt = limits.compactOpen
        this.#compactAtBytes = LONG_OPEN
      }
    } catch (error) {
      this.#compactLater()
      logger.error({ err: error, document: name }, 'the log could not be compacted')
    } finally {
      this.#compacting = false
    }
  }

  #compactLater(): void {
    this.#compactAt = this.#rows * 2
    this.#compactAtBytes = this.#bytes * 2
  }
}
