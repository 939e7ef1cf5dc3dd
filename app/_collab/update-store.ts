import { addRows, foldRows, openRows, readRows } from './update-rows.ts'

/** So many rows are folded into one, when nothing has come for a moment. Milliseconds. */
const FOLD_AT = 500
const QUIET_MS = 1_000
/** The pause after a failed write; each further failure doubles it. Milliseconds. */
const RETRY_MS = 5_000
const LONGEST_RETRY_MS = 60_000

export type UpdateStorePorts = {
  /** One update that does what all of these do. */
  readonly merge: (updates: readonly Uint8Array[]) => Uint8Array
  /** Everything that was ever appended, as one update. */
  readonly whole: () => Uint8Array
  /** How far the caller has counted; `onStored` gives it back. */
  readonly mark: () => number
  /** All that was appended before `mark` said this is in the browser’s hands. */
  readonly onStored: (mark: number) => void
  /** Writing fails (a full disk), or works again and has made up for it. */
  readonly onFailing: (failing: boolean) => void
}

type Phase =
  /** What is appended waits for the database. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly database: IDBDatabase }
  /** Single updates would leave a gap after the one that failed: the whole will be written instead. */
  | { readonly kind: 'failing'; readonly failures: number }
  | { readonly kind: 'closed' }

/** Keeps the updates of one document, in the order in which they are appended. */
export class UpdateStore {
  private readonly name: string
  private readonly ports: UpdateStorePorts
  private phase: Phase = { kind: 'opening' }
  private opening: Promise<unknown> = Promise.resolve()
  private queue: Uint8Array[] = []
  private rows = 0
  private readonly writing = new Set<Promise<void>>()
  private foldTimer: ReturnType<typeof setTimeout> | undefined
  private retryTimer: ReturnType<typeof setTimeout> | undefined

  constructor(name: string, ports: UpdateStorePorts) {
    this.name = name
    this.ports = ports
  }

  /** @returns all that is in the database, oldest first. Rejects where the browser keeps nothing. */
  open(): Promise<readonly Uint8Array[]> {
    const reading = this.read()
    this.opening = reading.catch(() => {}) // Heard by whoever opened it.
    return reading
  }

  /** Leaves the page in this very turn, in one transaction with all that the turn brings. */
  append(update: Uint8Array): void {
    if (this.phase.kind !== 'opening' && this.phase.kind !== 'open') return
    if (this.queue.push(update) === 1) queueMicrotask(() => this.flush())
  }

  /** @returns whether all that was appended so far is stored; waits until that is known. */
  async flushed(): Promise<boolean> {
    this.flush()
    await Promise.all(this.writing)
    return this.phase.kind === 'open'
  }

  /** Stores what is left, then lets go of the database. */
  async close(): Promise<void> {
    this.stopTimers()
    await this.opening
    this.flush()
    const { phase } = this
    this.phase = { kind: 'closed' }
    this.queue = []
    this.stopTimers()
    await Promise.all(this.writing)
    if (phase.kind === 'open') phase.database.close()
  }

  private async read(): Promise<readonly Uint8Array[]> {
    try {
      const database = await openRows(this.name, () => this.fail())
      const { keys, updates } = await readRows(database)
      this.begin(database, keys.length)
      return updates
    } catch (error) {
      this.phase = { kind: 'closed' }
      this.queue = []
      throw error
    }
  }

  private begin(database: IDBDatabase, rows: number): void {
    this.phase = { kind: 'open', database }
    this.rows = rows
    this.flush()
    this.foldLater()
  }

  private flush(): void {
    const { phase } = this
    if (phase.kind !== 'open' || this.queue.length === 0) return
    const updates = this.queue
    this.queue = []
    this.rows += updates.length
    const mark = this.ports.mark()
    this.follow(
      addRows(phase.database, updates).then(() => {
        // Rows that follow a lost one are of no use without it.
        if (this.phase === phase || this.phase.kind === 'closed') this.ports.onStored(mark)
      }),
    )
    this.foldLater()
  }

  private follow(work: Promise<void>): void {
    const followed = work.catch(() => this.fail()).finally(() => this.writing.delete(followed))
    this.writing.add(followed)
  }

  private foldLater(): void {
    if (this.rows < FOLD_AT) return
    clearTimeout(this.foldTimer)
    this.foldTimer = setTimeout(() => this.follow(this.fold()), QUIET_MS)
  }

  private async fold(): Promise<void> {
    const { phase } = this
    if (phase.kind !== 'open') return
    const { keys, updates } = await readRows(phase.database)
    // Another tab may have folded them.
    this.rows = keys.length
    if (this.phase !== phase || keys.length < FOLD_AT) return
    this.rows = 1
    await foldRows(phase.database, keys, this.ports.merge(updates))
  }

  private fail(): void {
    if (this.phase.kind !== 'open') return
    this.phase.database.close()
    this.stopTimers()
    this.ports.onFailing(true)
    this.retry(1)
  }

  private retry(failures: number): void {
    this.phase = { kind: 'failing', failures }
    this.queue = []
    const pause = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (failures - 1))
    this.retryTimer = setTimeout(() => {
      this.opening = this.heal(failures)
    }, pause)
  }

  /** Writes the whole in one row. What is appended meanwhile comes after it. */
  private async heal(failures: number): Promise<void> {
    let database: IDBDatabase | null = null
    try {
      database = await openRows(this.name, () => this.fail())
      const { keys, updates } = await readRows(database)
      this.phase = { kind: 'opening' }
      const mark = this.ports.mark()
      await foldRows(database, keys, this.ports.merge([...updates, this.ports.whole()]))
      this.begin(database, 1)
      this.ports.onStored(mark)
      this.ports.onFailing(false)
    } catch {
      database?.close()
      this.retry(failures + 1)
    }
  }

  private stopTimers(): void {
    clearTimeout(this.foldTimer)
    clearTimeout(this.retryTimer)
  }
}
