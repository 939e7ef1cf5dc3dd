import type { DocumentKind } from '#lib/documents/define.ts'
import type { DocumentAddress, DocumentFacts, DocumentName, Kind } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { BusListener } from '../nodes/bus.ts'
import { Departures, gatheringFor } from '../wire/departures.ts'
import { type Frame, stepOneFrame, stepTwoFrame, updateFrame } from '../wire/frames.ts'
import { AwarenessTable } from './awareness-table.ts'
import { showTo } from './broadcast.ts'
import { type Intake, takeUpdate } from './intake.ts'
import { LiveDocument, type LiveServices } from './live-document.ts'
import { loadDocument } from './load.ts'
import type { Seat } from './seat.ts'

export type RoomServices = LiveServices & {
  readonly kindOf: (address: DocumentAddress) => DocumentKind<DocumentFacts[Kind]>
  /** Somebody has made these suggestions; that they have is committed. */
  readonly onSuggested: (room: Room, ids: readonly string[]) => void
  /** Who is in the room changed. */
  readonly onPresence: (room: Room) => void
  /** The room let go of its document: whoever comes next opens another room. */
  readonly onEnd: (room: Room) => void
}

/**
 * loading → open ⇄ draining → closed. A draining room is still the room of its document: it is writing its
 * last rows, and whoever comes meanwhile revives it (R3). `closed` is never left.
 */
type State =
  | { readonly phase: 'loading'; readonly loaded: Promise<void> }
  | { readonly phase: 'open'; readonly live: LiveDocument }
  | { readonly phase: 'draining'; readonly live: LiveDocument }
  /** `saved` resolves when nothing of it is waiting for the log any more. */
  | { readonly phase: 'closed'; readonly code: CloseCode; readonly saved: Promise<void> }

/** One document, in memory once in this process (R2), and everybody who has it open. */
export class Room {
  readonly address: DocumentAddress
  readonly seats = new Set<Seat>()
  readonly awareness: AwarenessTable<Seat>
  /** Everything that is said to a socket of this room leaves by these. */
  readonly departures = new Departures(() => gatheringFor(this.seats.size))
  readonly #services: RoomServices
  #state: State
  /** Sessions, server-side edits and openings under way: as long as there is one, the room stays. */
  #holders = 0
  #idle: NodeJS.Timeout | null = null
  /** Ends hearing of the document from other processes. */
  readonly #stopHearing: () => void
  /** Other processes wrote while the document was being read. */
  #missed = false

  constructor(address: DocumentAddress, services: RoomServices) {
    this.address = address
    this.#services = services
    this.awareness = new AwarenessTable(services.limits.clientsPerSocket, () => this.#announceSoon())
    // Before the document is read, so that nothing falls between the two.
    this.#stopHearing = services.bus.join(address.name, this.#listener())
    this.#state = { phase: 'loading', loaded: this.#load() }
  }

  get phase(): State['phase'] {
    return this.#state.phase
  }

  /** How it stands, for whoever watches the process; null while there is no document in it. */
  get standing(): { readonly behind: boolean; readonly lag: number } | null {
    if (!('live' in this.#state)) return null
    const { journal, projector } = this.#state.live
    return { behind: journal.behind, lag: projector.lag }
  }

  get name(): DocumentName {
    return this.address.name
  }

  /** Resolves when a room that is closed has nothing left to save; null while it is in use. */
  get ending(): Promise<void> | null {
    return this.#state.phase === 'closed' ? this.#state.saved : null
  }

  /** Waits until the document is there, and keeps it until `release`. The error is why nobody may come in. */
  async hold(): Promise<Result<LiveDocument, CloseCode>> {
    this.#holders += 1
    this.#stopIdling()
    if (this.#state.phase === 'loading') await this.#state.loaded
    const state = this.#state
    switch (state.phase) {
      case 'draining':
        this.#state = { phase: 'open', live: state.live }
        return ok(state.live)
      case 'open':
        return ok(state.live)
      case 'closed':
        this.#holders -= 1
        return fail(state.code)
      case 'loading':
        throw new Error('a load that has ended is still under way')
    }
  }

  /** @param idleAfter milliseconds that the room is kept when nobody holds it any more */
  release(idleAfter = this.#services.limits.idleAfter): void {
    this.#holders -= 1
    if (this.#holders === 0) this.#idleSoon(idleAfter)
  }

  /** @param seat of an opening that holds the room; from here on the seat holds it too, until it leaves */
  enter(seat: Seat): void {
    this.#holders += 1
    this.seats.add(seat)
    seat.ask(this.stepOne())
    this.sendPresence(seat)
    this.#services.onPresence(this)
  }

  leave(seat: Seat): void {
    if (!this.seats.delete(seat)) return
    this.awareness.leave(seat)
    this.#services.onPresence(this)
    this.release()
  }

  people(): readonly PersonHere[] {
    const people = new Map<VolunteerId, PersonHere>()
    for (const { actor } of this.seats) {
      const { volunteerId, name, color } = actor
      people.set(volunteerId, { volunteerId, name, color })
    }
    return [...people.values()]
  }

  sendPresence(seat: Seat): void {
    const frame = this.awareness.everybodyFor(seat)
    if (frame) seat.send(frame)
  }

  stepOne(): Frame {
    return stepOneFrame(this.live.vector())
  }

  /** @returns the answer to a step 1; null where `vector` is none */
  stepTwo(vector: Uint8Array): Frame | null {
    const update = this.live.stateSince(vector)
    return update && stepTwoFrame(update)
  }

  /** @param whole it answers our step 1, hence is all that its author did and we have not */
  take(seat: Seat, update: Uint8Array, whole: boolean): Exclude<Intake, 'broken'> {
    const { live, name } = this
    const taken = takeUpdate({ live, name, services: this.#services }, seat, update, whole)
    if (taken !== 'broken') return taken
    seat.close(CLOSE.badMessage)
    this.close(CLOSE.loadFailed, false)
    return 'bad'
  }

  /** Another process wrote to the document: what it wrote is read from the rows, and shown. */
  catchUp(): void {
    if ('live' in this.#state) void this.#state.live.catchUp()
    else this.#missed = true
  }

  /**
   * What the rows say of the document.
   * @param lags whether what it says has been waiting to be derived for long
   */
  told(head: number, lags: boolean): void {
    if (!('live' in this.#state)) return
    this.#state.live.told(head)
    if (lags) this.#state.live.projector.touch()
  }

  /** Resolves when everything taken up to now is committed. */
  async committed(): Promise<void> {
    if ('live' in this.#state) await this.#state.live.committed()
  }

  /** Sends everybody away. What they wrote is still saved: `ending` waits for it. */
  close(code: CloseCode, derive = true): void {
    const state = this.#state
    if (state.phase === 'closed') return
    this.#stopIdling()
    this.#stopHearing()
    const live = 'live' in state ? state.live : null
    const saved = Promise.resolve(live?.end(derive)).then(() => this.#services.onEnd(this))
    this.#state = { phase: 'closed', code, saved }
    for (const seat of [...this.seats]) seat.close(code)
  }

  /** The document of a room that somebody holds. */
  get live(): LiveDocument {
    const state = this.#state
    if ('live' in state) return state.live
    throw new Error(`room ${this.name} is used while it is ${state.phase}`)
  }

  async #load(): Promise<void> {
    const { address, name } = this
    const { kindOf, log, meters } = this.#services
    const kind = kindOf(address)
    const since = performance.now()
    try {
      const loaded = await loadDocument(log, name, kind)
      meters.loaded(loaded ? 'done' : 'missing', performance.now() - since)
      if (loaded === null) {
        this.close(CLOSE.noSuchDocument)
        return
      }
      if (this.#state.phase !== 'loading') {
        if (loaded.content.type === 'objects') loaded.content.doc.destroy()
        return
      }
      const live = new LiveDocument(address, kind, loaded, this.#services, {
        show: (entries) => {
          const senders = entries.filter(({ sender }) => sender !== null && this.seats.has(sender))
          this.#services.meters.updatesOut(entries.length * this.seats.size - senders.length)
          showTo(this.seats, entries)
        },
        behind: (behind) => {
          for (const seat of this.seats) seat.tellStorage(behind)
        },
        caughtUp: (update) => {
          const frame = updateFrame(update)
          for (const seat of this.seats) seat.send(frame)
        },
        suggested: (ids) => this.#services.onSuggested(this, ids),
        gone: () => this.close(CLOSE.noSuchDocument, false),
      })
      this.#state = { phase: 'open', live }
      if (this.#missed) this.catchUp()
    } catch (error) {
      meters.loaded('failed', performance.now() - since)
      this.#services.logger.error({ err: error, document: name }, 'a document could not be loaded')
      this.close(CLOSE.loadFailed)
    }
  }

  #listener(): BusListener {
    return {
      updates: (first, updates) => {
        this.#services.meters.busIn(updates.length)
        if ('live' in this.#state) this.#state.live.takeFromPeer(first, updates)
        else this.#missed = true
      },
      presence: (node, message) => {
        if (!this.awareness.hear(node, message))
          this.#services.logger.warn({ document: this.name }, 'presence of another process could not be read')
      },
      left: (node) => this.awareness.nodeLeft(node),
      introduce: () => this.awareness.ours(),
    }
  }

  /** A caret in text that is being committed follows the text: before it, others could not place it. */
  #announceSoon(): void {
    const announce = () => {
      this.awareness.broadcast(this.seats, (reader, frame) => reader.send(frame))
      const untold = this.awareness.untold()
      if (untold) this.#services.bus.announce(this.name, untold)
    }
    // With the next departure, hence in the same buffer as the text, and only where the caret is then.
    const soon = () => this.departures.before(announce)
    const journal = 'live' in this.#state ? this.#state.live.journal : null
    if (journal?.holdsBack) journal.whenShown(soon)
    else soon()
  }

  #idleSoon(idleAfter: number): void {
    this.#stopIdling()
    if (this.#state.phase !== 'open') return
    this.#idle = setTimeout(() => void this.#drain(), idleAfter)
  }

  #stopIdling(): void {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
  }

  async #drain(): Promise<void> {
    if (this.#state.phase !== 'open' || this.#holders > 0) return
    const draining: State = { phase: 'draining', live: this.#state.live }
    this.#state = draining
    const settled = await draining.live.settle()
    // Revived meanwhile: then another end of it will be another draining.
    if (this.#state !== draining) return
    this.#state = { phase: 'open', live: draining.live }
    if (settled) this.close(CLOSE.goingAway)
    else this.#idleSoon(this.#services.limits.idleAfter)
  }
}
