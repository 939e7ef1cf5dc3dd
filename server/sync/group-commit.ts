import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { SyncLimits } from './limits.ts'
import type { LogEntry, UpdateLog } from './update-log.ts'

/** Whoever queued entries hears of them, in order and once a batch. */
export type Committed = {
  /** @param seqs one for each of the oldest entries that this writer queued */
  committed(seqs: readonly number[]): void
  /** The document is gone from the database, and with it whatever was queued for it. */
  gone(): void
}

type Queued = { readonly entry: LogEntry; readonly writer: Committed }

/** Bounds of one batch: what one statement of PostgreSQL takes without effort. */
const BATCH_ROWS = 2000
const BATCH_BYTES = 16 * 1024 * 1024

/**
 * Appends for all rooms of the process (R4): one batch is being committed while the next one gathers, so
 * a hundred writers cost as many fsyncs as the disk can do and no more. A batch that fails stays, in
 * order, and is tried again (R7).
 */
export class GroupCommit {
  readonly #log: Pick<UpdateLog, 'append'>
  readonly #limits: Pick<SyncLimits, 'retryFirst' | 'retryLongest'>
  readonly #logger: Logger
  readonly #main = new Lane()
  /** Documents whose rows the database refuses wait alone, so that they stop nobody else. */
  readonly #alone = new Map<DocumentName, Lane>()
  readonly #stopped = new AbortController()

  constructor(
    log: Pick<UpdateLog, 'append'>,
    limits: Pick<SyncLimits, 'retryFirst' | 'retryLongest'>,
    logger: Logger,
  ) {
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

  enqueue(entry: LogEntry, writer: Committed): void {
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
    while (lane.queue.length > 0 && !this.#stopped.signal.aborted) {
      const batch = lane.take()
      try {
        const seqs = await this.#log.append(batch.map((queued) => queued.entry))
        failures = 0
        lane.inFlight = []
        settle(batch, seqs)
      } catch (error) {
        failures += 1
        lane.putBack(batch)
        this.#logger.error({ err: error, updates: batch.length, failures }, 'updates could not be appended')
        if (lane === this.#main && isAboutTheRows(error)) this.#separate(batch)
        else await this.#backOff(failures)
      }
    }
    lane.running = false
    for (const [name, other] of this.#alone) if (other === lane && lane.length === 0) this.#alone.delete(name)
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

  async #backOff(failures: number): Promise<void> {
    const { retryFirst, retryLongest } = this.#limits
    const delay = Math.min(retryLongest, retryFirst * 2 ** Math.min(failures - 1, 16))
    await pause(delay, undefined, { signal: this.#stopped.signal }).catch(() => {})
  }
}

class Lane {
  queue: Queued[] = []
  inFlight: Queued[] = []
  running = false

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

  putBack(batch: readonly Queued[]): void {
    this.queue = [...batch, ...this.queue]
    this.inFlight = []
  }
}

/** Classes 22 and 23 of SQLSTATE: PostgreSQL is well and refuses these very rows. */
function isAboutTheRows(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]\w{3}$/.test(String(error.code))
}

function settle(batch: readonly Queued[], seqs: readonly (number | null)[]): void {
  const bySource = new Map<Committed, (number | null)[]>()
  for (const [index, { writer }] of batch.entries()) {
    const own = bySource.get(writer)
    if (own) own.push(seqs[index] ?? null)
    else bySource.set(writer, [seqs[index] ?? null])
  }
  for (const [writer, own] of bySource) {
    const written = own.filter((seq) => seq !== null)
    if (written.length < own.length) writer.gone()
    else writer.committed(written)
  }
}
