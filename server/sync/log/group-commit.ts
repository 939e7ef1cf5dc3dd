import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { SyncLimits } from '../limits.ts'
import type { LogEntry, UpdateLog } from './update-log.ts'

/** Whoever queued entries hears of them, in order and once a batch. */
export type Committed = {
  /** @param seqs one for each of the oldest entries that this writer queued */
  committed(seqs: readonly number[]): void
  /** The document is gone from the database, and with it whatever was queued for it. */
  gone(): void
}

type Queued = { readonly entry: LogEntry; readonly writer: Committed }

/**
 * Bounds of one batch: more would be no cheaper a row. Each document takes a place in PostgreSQL’s table of locks, which
 * holds 6,400 for everybody by default.
 */
const BATCH_ROWS = 500
const BATCH_BYTES = 16 * 1024 * 1024
/** Rows of one document in a batch, before the others have had their turn. */
const ROWS_IN_TURN = 50
/** Entries that are looked through for whose turn it is: so many at once are a flood, or come after a failure. */
const LOOK_AHEAD = 20_000

/** What an entry costs beside its bytes, here, in its journal and in its document. */
const ENTRY_BYTES = 1024

type Limits = Pick<SyncLimits, 'gather' | 'retryFirst' | 'retryLongest' | 'unsavedBytes'>

/**
 * Appends for all rooms of the process (R4): one batch is being committed while the next one gathers, and batches
 * begin at least `gather` apart. What comes alone is committed at once; a hundred writers cost no more commits than
 * that. A batch that fails stays, in order, and is tried again (R7).
 */
export class GroupCommit {
  readonly #log: Pick<UpdateLog, 'append'>
  readonly #limits: Limits
  readonly #logger: Logger
  readonly #main = new Lane()
  /** Documents whose rows the database refuses wait alone, so that they stop nobody else. */
  readonly #alone = new Map<DocumentName, Lane>()
  readonly #stopped = new AbortController()
  #kept = 0

  constructor(log: Pick<UpdateLog, 'append'>, limits: Limits, logger: Logger) {
    this.#log = log
    this.#limits = limits
    this.#logger = logger
  }

  /** Entries that are not committed yet. */
  get waiting(): number {
    let waiting = this.#main.length
    for (const lane of this.#alone.values()) waiting += lane.length
    return waiting
  }

  /** Bytes of their updates. */
  get waitingBytes(): number {
    let bytes = this.#main.bytes
    for (const lane of this.#alone.values()) bytes += lane.bytes
    return bytes
  }

  /** Whether as much waits as the process keeps in memory (R7). */
  get full(): boolean {
    return this.#kept >= this.#limits.unsavedBytes
  }

  enqueue(entry: LogEntry, writer: Committed): void {
    this.#kept += weightOf(entry)
    const lane = this.#alone.get(entry.document) ?? this.#main
    lane.queue.push({ entry, writer })
    this.#start(lane)
  }

  /** Gives up on what is still waiting. */
  stop(): void {
    this.#stopped.abort()
  }

  #start(lane: Lane): void {
    if (lane.running) return
    lane.running = true
    // By the end of the turn everything that arrived in it has been queued.
    setImmediate(() => void this.#run(lane))
  }

  async #run(lane: Lane): Promise<void> {
    let failures = 0
    while (await this.#gathered(lane)) {
      const batch = lane.take()
      const seqs = await this.#log.append(batch.map((queued) => queued.entry)).catch((error: unknown) => {
        failures += 1
        this.#logger.error({ err: error, updates: batch.length, failures }, 'updates could not be appended')
        return error instanceof Error ? error : new Error(String(error))
      })
      if (!(seqs instanceof Error)) {
        failures = 0
        lane.inFlight = []
        this.#settle(batch, seqs)
      } else {
        lane.putBack(batch)
        if (lane === this.#main && isAboutTheRows(seqs)) this.#separate(batch)
        else await this.#backOff(failures)
      }
    }
    lane.running = false
    // What was queued after the last look found the lane running still.
    if (lane.queue.length > 0 && !this.#stopped.signal.aborted) this.#start(lane)
    for (const [name, other] of this.#alone) if (other === lane && lane.length === 0) this.#alone.delete(name)
  }

  /** Waits while more may come for the next batch. @returns whether there is one */
  async #gathered(lane: Lane): Promise<boolean> {
    const rest = lane.begun + this.#limits.gather - performance.now()
    if (lane.queue.length > 0 && rest >= 1) await this.#pause(rest)
    return lane.queue.length > 0 && !this.#stopped.signal.aborted
  }

  /** Which document is at fault is not said: each of the batch goes on alone, the good ones just once. */
  #separate(batch: readonly Queued[]): void {
    for (const name of new Set(batch.map((queued) => queued.entry.document))) {
      const lane = new Lane()
      lane.queue = this.#main.queue.filter((queued) => queued.entry.document === name)
      this.#main.queue = this.#main.queue.filter((queued) => queued.entry.document !== name)
      this.#alone.set(name, lane)
      this.#start(lane)
    }
  }

  #settle(batch: readonly Queued[], seqs: readonly (number | null)[]): void {
    const byWriter = new Map<Committed, (number | null)[]>()
    for (const [index, { entry, writer }] of batch.entries()) {
      this.#kept -= weightOf(entry)
      const own = byWriter.get(writer)
      if (own) own.push(seqs[index] ?? null)
      else byWriter.set(writer, [seqs[index] ?? null])
    }
    for (const [writer, own] of byWriter) {
      const written = own.filter((seq) => seq !== null)
      try {
        if (written.length < own.length) writer.gone()
        else writer.committed(written)
      } catch (error) {
        // What is committed is not sent again, and the other rooms of the batch hear of theirs.
        this.#logger.error({ err: error }, 'a room failed on hearing what is committed')
      }
    }
  }

  async #backOff(failures: number): Promise<void> {
    const { retryFirst, retryLongest } = this.#limits
    await this.#pause(Math.min(retryLongest, retryFirst * 2 ** Math.min(failures - 1, 16)))
  }

  async #pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#stopped.signal }).catch(() => {})
  }
}

const weightOf = ({ data }: LogEntry): number => ENTRY_BYTES + data.length

class Lane {
  queue: Queued[] = []
  inFlight: Queued[] = []
  running = false
  /** When its last batch began, on the clock of `performance.now()`. */
  begun = Number.NEGATIVE_INFINITY

  get length(): number {
    return this.queue.length + this.inFlight.length
  }

  get bytes(): number {
    let bytes = 0
    for (const { entry } of this.inFlight) bytes += entry.data.length
    for (const { entry } of this.queue) bytes += entry.data.length
    return bytes
  }

  take(): readonly Queued[] {
    this.begun = performance.now()
    if (this.queue.length > BATCH_ROWS) this.#letOthersPass()
    let bytes = 0
    let count = 0
    for (const { entry } of this.queue) {
      bytes += entry.data.length
      if (count > 0 && (bytes > BATCH_BYTES || count === BATCH_ROWS)) break
      count += 1
    }
    this.inFlight = this.queue.splice(0, count)
    return this.inFlight
  }

  /** What is much of one document goes behind the first rows of the others; within a document the order stays. */
  #letOthersPass(): void {
    const taken = new Map<DocumentName, number>()
    const [first, later]: [Queued[], Queued[]] = [[], []]
    for (const queued of this.queue.slice(0, LOOK_AHEAD)) {
      const rows = (taken.get(queued.entry.document) ?? 0) + 1
      taken.set(queued.entry.document, rows)
      if (rows <= ROWS_IN_TURN) first.push(queued)
      else later.push(queued)
    }
    if (taken.size > 1) this.queue = [...first, ...later, ...this.queue.slice(LOOK_AHEAD)]
  }

  putBack(batch: readonly Queued[]): void {
    this.queue = [...batch, ...this.queue]
    this.inFlight = []
  }
}

/** Classes 22 and 23 of SQLSTATE: PostgreSQL is well and refuses these very rows. */
function isAboutTheRows(error: Error): boolean {
  return 'code' in error && /^2[23]\w{3}$/.test(String(error.code))
}
