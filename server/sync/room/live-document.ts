import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { DocumentKind, Guard } from '#lib/documents/define.ts'
import type { DocumentAddress, DocumentFacts, Kind } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { SyncLimits } from '../limits.ts'
import type { GroupCommit } from '../log/group-commit.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Meters } from '../meters.ts'
import type { DocumentBus, PeerUpdate } from '../nodes/bus.ts'
import type { Project, Projection } from '../ports.ts'
import { Credits, creditsOf } from './credits.ts'
import type { DerivingTurns } from './deriving-turns.ts'
import { DocumentMemory } from './document-memory.ts'
import { additionsOf, applyAll, isEmptyUpdate } from './document-state.ts'
import { Hands } from './hands.ts'
import { inspectUpdate, type Verdict } from './inspect-update.ts'
import { Journal } from './journal.ts'
import { type FromSocket, judge, type RoomEntry, type Taken } from './judging.ts'
import type { LoadedDocument } from './load.ts'
import { LogFollower } from './log-follower.ts'
import { Projector } from './projector.ts'

export type LiveServices = {
  readonly log: UpdateLog
  readonly appender: GroupCommit
  /** Tells the other processes what is committed. */
  readonly bus: DocumentBus
  readonly project: Project
  readonly turns: DerivingTurns
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly meters: Meters
}

export type LiveEvents = {
  show(entries: readonly RoomEntry[]): void
  behind(behind: boolean): void
  /** Another process wrote to the document too; this is what was missing here. */
  caughtUp(update: Uint8Array): void
  /** These suggestions have been committed, and somebody has made them. */
  suggested(ids: readonly string[]): void
  /** The document was deleted. */
  gone(): void
}

/**
 * A loaded document and its way to the log. An update is applied when it is accepted, so that the next
 * one can be checked against it, and shown when it is committed: what is applied and not yet committed is
 * known to its sender and to nobody else.
 */
export class LiveDocument {
  readonly journal: Journal<RoomEntry>
  readonly projector: Projector
  readonly #address: DocumentAddress
  readonly #kind: DocumentKind<DocumentFacts[Kind]>
  readonly #services: LiveServices
  readonly #events: LiveEvents
  readonly #follower: LogFollower
  /** Up to which update this process has derived the rows. */
  #derived = 0
  #lastEdit: LoadedDocument['lastEdit']
  readonly #credits = new Credits()
  readonly #guard: Guard | null
  readonly #hands = new Hands()
  readonly #memory: DocumentMemory

  constructor(
    address: DocumentAddress,
    kind: DocumentKind<DocumentFacts[Kind]>,
    loaded: LoadedDocument,
    services: LiveServices,
    events: LiveEvents,
  ) {
    const { limits, log, logger, project, turns, appender, meters } = services
    this.#memory = new DocumentMemory({
      content: loaded.content,
      restAfter: limits.restAfter,
      // A guard remembers what it has seen of the document.
      mayRest: () => this.#guard === null && this.journal.waiting === 0 && !this.projector.stale,
    })
    this.#address = address
    this.#kind = kind
    this.#guard = kind.guard?.(this.#memory.doc) ?? null
    this.#services = services
    this.#events = events
    this.#lastEdit = loaded.lastEdit
    const { seq, rows, bytes } = loaded
    const apply = (updates: readonly Uint8Array[], lastEdit: LoadedDocument['lastEdit']) =>
      this.#takeCommitted(updates, lastEdit)
    this.#follower = new LogFollower({ name: address.name, seq, rows, bytes, log, limits, logger, apply })
    const tell = {
      show: (entries: readonly RoomEntry[]) => events.show(entries),
      behind: (behind: boolean) => events.behind(behind),
      gone: () => events.gone(),
      committed: (seqs: readonly number[], entries: readonly RoomEntry[]) => this.#committed(seqs, entries),
    }
    this.journal = new Journal(appender, limits.overtakeAfter, tell, meters)
    const derive: Project = async (projection) => {
      await project(projection)
      this.#derived = Math.max(this.#derived, projection.seq)
    }
    this.projector = new Projector({
      delays: limits,
      turns,
      logger,
      project: derive,
      meters,
      read: () => this.#read(),
    })
    if (loaded.projectedSeq < loaded.seq) this.projector.touch()
  }

  /** The document itself, for this turn: at rest it is bytes. */
  get doc(): Y.Doc {
    return this.#memory.doc
  }

  get resting(): boolean {
    return this.#memory.resting
  }

  inspect(update: Uint8Array): Verdict {
    // What every page that has nothing new answers to our step 1.
    if (isEmptyUpdate(update)) return { kind: 'nothing' }
    return inspectUpdate(update, this.doc, this.#kind, this.#services.limits)
  }

  /**
   * Applies what a socket sent and queues it for the log, with what the guard puts right of it (R11).
   * @param oneAct whether it was one step of its author, rather than all that they did while they were away
   */
  append(update: FromSocket, oneAct: boolean): Taken {
    try {
      if (this.#guard) return this.#judge(update, this.#guard, oneAct)
      applyAll(this.doc, [update.data])
    } catch (error) {
      this.#services.logger.error({ err: error, document: this.#address.name }, 'an update broke a document')
      return 'broken'
    }
    this.#queue({ ...update, correction: null })
    return 'taken'
  }

  /**
   * Writes on behalf of somebody; of the server itself where `author` is null. Should `change` throw, what it
   * had written stays, so that the document is what its log says.
   * @returns whether it is committed; false after `patience` milliseconds
   */
  edit(author: VolunteerId | null, change: (doc: Y.Doc) => void, patience: number): Promise<boolean> {
    const failures: unknown[] = []
    const data = this.#hands.writeAs(this.doc, author, () => {
      try {
        change(this.doc)
      } catch (error) {
        failures.push(error)
      }
    })
    this.#guard?.settle(null, true)
    if (data !== null)
      this.#queue({ data, author, ...creditsOf(data, this.#kind), sender: null, correction: null })
    if (failures.length > 0) return Promise.reject(failures[0])
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience)
      this.journal.whenCommitted(() => {
        clearTimeout(timer)
        resolve(true)
      })
    })
  }

  /** @returns what the owner of a state vector lacks; null where `vector` is none */
  stateSince(vector: Uint8Array): Uint8Array | null {
    try {
      return this.#memory.since(vector)
    } catch {
      return null
    }
  }

  /** The state vector of all that was accepted. */
  vector(): Uint8Array {
    return this.#memory.vector()
  }

  /** Resolves when everything accepted up to now is committed. */
  committed(): Promise<void> {
    return new Promise((resolve) => this.journal.whenCommitted(() => resolve()))
  }

  /** Writes the rows anew, also where nothing changed. @returns false where that failed; it is tried again */
  derive(): Promise<boolean> {
    return this.projector.renew()
  }

  /** Everything is committed and derived, and the log is short. @returns false where that did not work out */
  async settle(): Promise<boolean> {
    await this.committed()
    if (!(await this.projector.flush())) return false
    await this.#follower.compactForClosing()
    return this.journal.waiting === 0 && !this.projector.stale
  }

  /** @param derive false where the document in memory is broken or deleted: the next load derives its rows */
  async end(derive: boolean): Promise<void> {
    await this.committed()
    if (derive) await this.projector.flush()
    this.projector.stop()
    this.#follower.end()
    this.#memory.end()
  }

  #judge(update: FromSocket, guard: Guard, oneAct: boolean): Taken {
    const { taken, left, correction } = judge(this.doc, guard, update, oneAct)
    if (taken) {
      const data = correction ? Y.mergeUpdates([taken, correction.update]) : taken
      this.#queue({ ...update, data, ...(left && creditsOf(taken, this.#kind)), correction })
    }
    return left ? 'partly' : 'taken'
  }

  #queue(applied: Omit<RoomEntry, 'document'>): void {
    this.#memory.changed()
    const { author } = applied
    if (author !== null) this.#lastEdit = { author, at: new Date() }
    this.journal.append({ ...applied, document: this.#address.name, ...this.#credits.claim(applied) })
  }

  #committed(seqs: readonly number[], entries: readonly RoomEntry[]): void {
    const suggested = entries.flatMap(({ author, suggestions }) => (author === null ? [] : suggestions))
    if (suggested.length > 0) this.#events.suggested(suggested)
    const [first] = seqs
    const last = seqs.at(-1)
    if (first === undefined || last === undefined) return
    const { bus, meters } = this.#services
    if (bus.shared) meters.busOut(entries.length)
    bus.publish(
      this.#address.name,
      first,
      entries.map(({ data, author }) => ({ data, author })),
    )
    this.projector.touch()
    this.#follower.committed(
      first,
      last,
      entries.reduce((sum, { data }) => sum + data.length, 0),
    )
  }

  /** The facts of now, as soon as all of what they say is committed. */
  #read(): Promise<Projection> {
    const facts = this.#kind.read(this.doc)
    const lastEditor = this.#lastEdit?.author ?? null
    const lastEditedAt = this.#lastEdit?.at ?? new Date()
    const { name } = this.#address
    return new Promise((resolve) =>
      this.journal.whenCommitted((later) =>
        // The facts are of the address’s own kind, which is what read them.
        resolve({
          kind: this.#address.kind,
          name,
          address: this.#address,
          seq: this.#follower.seq - later,
          facts,
          lastEditor,
          lastEditedAt,
        } as Projection),
      ),
    )
  }

  /** Another process wrote to this document: what it wrote is read from the rows. */
  catchUp(): Promise<void> {
    return this.#follower.catchUp()
  }

  /** @returns whether the document has every row up to `seq`, read now where another process wrote some */
  async reach(seq: number, patience: number): Promise<boolean> {
    // Its own updates on the way into the log have no numbers yet.
    if (this.#follower.seq < seq) await this.edit(null, () => {}, patience)
    if (this.#follower.seq < seq) await this.catchUp()
    return this.#follower.seq >= seq
  }

  /** What another process committed, with the numbers from `first` on. */
  takeFromPeer(first: number, updates: readonly PeerUpdate[]): void {
    this.#follower.takeFromPeer(first, updates)
  }

  /** There are rows up to `head`: those that are missing are read, unless they come by themselves. */
  told(head: number): void {
    this.#follower.told(head)
  }

  /**
   * Who wrote derives the rows (R13). A process that has no more than heard of it does so only where what it wrote
   * itself came after something that it did not have: then the other one’s rows are as old as its document.
   */
  #takeCommitted(updates: readonly Uint8Array[], lastEdit: LoadedDocument['lastEdit']): void {
    if (lastEdit) this.#lastEdit = lastEdit
    const missed = additionsOf(this.doc, () => applyAll(this.doc, updates))
    // Judged already, by the process that took them.
    this.#guard?.settle(null, true)
    this.#memory.changed()
    if (missed) this.#events.caughtUp(missed)
    // Rows that tell nothing new may be our own, whose answer was lost: what was derived meanwhile has an older number.
    if ((missed && !this.#services.bus.shared) || this.#derived < this.#follower.own) this.projector.touch()
  }
}
