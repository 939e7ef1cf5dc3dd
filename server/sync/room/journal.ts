import type { Committed, GroupCommit } from '../log/group-commit.ts'
import type { LogEntry } from '../log/update-log.ts'
import { type Meters, NO_METERS } from '../meters.ts'

/** What a room does with its entries as the log takes them. */
export type JournalEvents<Entry> = {
  /** These may be seen now: they are committed, or their commit is too slow to wait for (R4). */
  show(entries: readonly Entry[]): void
  /** Some of what is shown is not committed; false once all of it is. */
  behind(behind: boolean): void
  /** @param seqs of the entries that were just committed */
  committed(seqs: readonly number[], entries: readonly Entry[]): void
  gone(): void
}

/** `later`: how many entries beyond the awaited ones have got there too. */
type Uncommitted<Entry> = { readonly entry: Entry; readonly at: number }

type Waiting = { readonly position: number; readonly run: (later: number) => void }

/**
 * One document's part of the log: what it queued, what is committed, and what may be shown. Positions
 * count the entries of this room from 1; they are committed and shown in that order.
 */
export class Journal<Entry extends LogEntry> implements Committed {
  readonly #appender: Pick<GroupCommit, 'enqueue'>
  readonly #events: JournalEvents<Entry>
  readonly #overtakeAfter: number
  readonly #meters: Pick<Meters, 'shown' | 'overtaken'>
  /** Entries from `#committed + 1` to `#queued`, and when each came. */
  readonly #uncommitted: Uncommitted<Entry>[] = []
  #queued = 0
  #shown = 0
  #committed = 0
  #timer: NodeJS.Timeout | null = null
  #untilShown: Waiting[] = []
  #untilCommitted: Waiting[] = []

  constructor(
    appender: Pick<GroupCommit, 'enqueue'>,
    overtakeAfter: number,
    events: JournalEvents<Entry>,
    meters: Pick<Meters, 'shown' | 'overtaken'> = NO_METERS,
  ) {
    this.#appender = appender
    this.#meters = meters
    this.#overtakeAfter = overtakeAfter
    this.#events = events
  }

  get waiting(): number {
    return this.#uncommitted.length
  }

  /** Whether something is shown that is not committed. */
  get behind(): boolean {
    return this.#shown > this.#committed
  }

  /** Whether something is queued that others may not see yet. */
  get holdsBack(): boolean {
    return this.#shown < this.#queued
  }

  append(entry: Entry): void {
    this.#queued += 1
    this.#uncommitted.push({ entry, at: performance.now() })
    this.#appender.enqueue(entry, this)
    this.#timer ??= setTimeout(() => this.#overtake(), this.#overtakeAfter)
  }

  /** Runs `run` once everything appended up to now may be seen; at once where it may already. */
  whenShown(run: () => void): void {
    if (this.#shown === this.#queued) run()
    else this.#untilShown.push({ position: this.#queued, run })
  }

  /** Runs `run` once everything appended up to now is committed; at once where it already is. */
  whenCommitted(run: (later: number) => void): void {
    if (this.#committed === this.#queued) run(0)
    else this.#untilCommitted.push({ position: this.#queued, run })
  }

  committed(seqs: readonly number[]): void {
    const items = this.#uncommitted.splice(0, seqs.length)
    const wasBehind = this.behind
    const unseen = items.slice(Math.max(0, this.#shown - this.#committed))
    this.#committed += items.length
    if (unseen.length > 0) this.#show(this.#committed, unseen)
    this.#events.committed(
      seqs,
      items.map((item) => item.entry),
    )
    this.#untilCommitted = runUpTo(this.#committed, this.#untilCommitted)
    if (wasBehind && !this.behind) this.#events.behind(false)
  }

  gone(): void {
    this.stop()
    this.#uncommitted.length = 0
    // Nothing is waiting any more, and no promise about it is kept.
    this.#shown = this.#committed = this.#queued
    this.#untilShown = []
    this.#untilCommitted = []
    this.#events.gone()
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #show(position: number, items: readonly Uncommitted<Entry>[]): void {
    this.#shown = position
    this.#events.show(items.map((item) => item.entry))
    const now = performance.now()
    for (const { at } of items) this.#meters.shown(now - at)
    this.#untilShown = runUpTo(position, this.#untilShown)
  }

  /** Shows what has waited long enough, and sees to what has not. Mostly there is neither: it is set lazily. */
  #overtake(): void {
    this.#timer = null
    const unseen = this.#uncommitted.slice(this.#shown - this.#committed)
    const due = performance.now() - this.#overtakeAfter
    // A timer may fire up to a millisecond early.
    const late = unseen.filter((item) => item.at <= due + 1)
    if (late.length > 0) {
      const wasBehind = this.behind
      const position = this.#shown + late.length
      if (!wasBehind) {
        this.#shown = position
        this.#events.behind(true)
      }
      this.#show(position, late)
      this.#meters.overtaken(late.length)
    }
    const next = unseen[late.length]
    if (next) this.#timer = setTimeout(() => this.#overtake(), Math.max(1, next.at - due))
  }
}

function runUpTo(position: number, waiting: Waiting[]): Waiting[] {
  let count = 0
  for (const item of waiting) {
    if (item.position > position) break
    item.run(position - item.position)
    count += 1
  }
  return count === 0 ? waiting : waiting.slice(count)
}
