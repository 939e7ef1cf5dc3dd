import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { SyncLimits } from '../limits.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Rooms } from '../room/rooms.ts'
import type { DocumentBus } from './bus.ts'

/** How long documents gather that are asked about out of turn, in milliseconds. */
const GATHER = 20

type Parts = {
  readonly rooms: Rooms
  readonly log: Pick<UpdateLog, 'heads'>
  readonly bus: Pick<DocumentBus, 'astray'>
  readonly limits: Pick<SyncLimits, 'headsEvery' | 'headsEveryAstray' | 'lagPatience'>
  readonly logger: Logger
}

/** Since when the rows of a document have said no more than its update `projected`. */
type Lag = { readonly projected: number; readonly since: number }

/**
 * Asks the rows how far each open document is, all with one query (R13): what the bus lost is found out about,
 * also where nothing follows on it, and rows that nobody derives any more.
 */
export class HeadsWatch {
  readonly #parts: Parts
  readonly #lags = new Map<DocumentName, Lag>()
  /** Documents that are asked about soon; `all` once something may have been missed of any. */
  #doubtful: Set<DocumentName> | 'all' = new Set()
  #soon: NodeJS.Timeout | null = null
  #next: NodeJS.Timeout | null = null
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    const { bus, limits } = this.#parts
    const started = performance.now()
    // Looked at more often than asked: the bus may go astray in between.
    const turn = (asked: number) => {
      const every = bus.astray() ? limits.headsEveryAstray : limits.headsEvery
      const due = performance.now() - asked >= every
      void (due ? this.#ask('all') : Promise.resolve()).then(() => {
        if (this.#stopped) return
        const step = Math.min(limits.headsEveryAstray, limits.headsEvery)
        this.#next = setTimeout(() => turn(due ? performance.now() : asked), step)
      })
    }
    turn(started)
  }

  /** Something of this document, or (null) of any, may have been missed. */
  doubt(document: DocumentName | null): void {
    if (document === null) this.#doubtful = 'all'
    else if (this.#doubtful !== 'all') this.#doubtful.add(document)
    this.#soon ??= setTimeout(() => {
      this.#soon = null
      const doubtful = this.#doubtful
      this.#doubtful = new Set()
      void this.#ask(doubtful)
    }, GATHER)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of [this.#soon, this.#next]) if (timer) clearTimeout(timer)
  }

  async #ask(which: ReadonlySet<DocumentName> | 'all'): Promise<void> {
    const { rooms, log, logger } = this.#parts
    const names = [...rooms].map(({ name }) => name).filter((name) => which === 'all' || which.has(name))
    if (names.length === 0 || this.#stopped) return
    try {
      const now = performance.now()
      for (const [name, { head, projected }] of await log.heads(names))
        rooms.get(name)?.told(head, this.#lagsLong(name, head, projected, now))
      if (which === 'all') for (const name of this.#lags.keys()) if (!rooms.get(name)) this.#lags.delete(name)
    } catch (error) {
      // The next turn asks again. PostgreSQL’s absence is told of where something waits for it.
      logger.warn({ err: error }, 'the rows could not be asked what other processes wrote')
    }
  }

  #lagsLong(name: DocumentName, head: number, projected: number, now: number): boolean {
    const known = this.#lags.get(name)
    if (projected >= head) this.#lags.delete(name)
    else if (known?.projected !== projected) this.#lags.set(name, { projected, since: now })
    else return now - known.since >= this.#parts.limits.lagPatience
    return false
  }
}
