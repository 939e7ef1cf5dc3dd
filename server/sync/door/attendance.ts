import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { Access, Authenticate, Authorise } from '../ports.ts'

/** A socket, for as long as it is open: what it was let in with. */
export type Attendee = {
  readonly actor: Actor
  readonly cookie: string | undefined
  /** Null for the newsroom's own socket. */
  readonly document: DocumentName | null
  readonly access: 'write' | 'read'
  /** From now on nothing that it says counts. */
  freeze(): void
  close(code: CloseCode): void
  /** Bytes that wait to be sent. */
  outgoing(): number
  /** When its last update came, on the clock of `performance.now()`; null: none has. */
  wroteAt(): number | null
  /** Cuts off a peer that did not answer the last beat. */
  beat(): void
}

/** How long a stopped socket waits for the reason of its end, in milliseconds. */
const VERDICT_PATIENCE = 1000

/** What was decided about a socket that has not come in yet; `stale` once news made the decision doubtful. */
export type Opening = { readonly actor: Actor; readonly document: DocumentName | null; stale: boolean }

/**
 * Everybody who is connected, so that rights that change reach them (R10). Sockets are not re-authorised
 * in place: they are closed, and the one place that decides, the upgrade, decides when they come back.
 */
export class Attendance {
  readonly #attendees = new Set<Attendee>()
  readonly #sockets = new Map<VolunteerId, number>()
  readonly #openings = new Set<Opening>()
  readonly #authenticate: Authenticate
  readonly #authorise: Authorise
  #checking = false
  #checkAgain = false

  constructor(authenticate: Authenticate, authorise: Authorise) {
    this.#authenticate = authenticate
    this.#authorise = authorise
  }

  get size(): number {
    return this.#attendees.size
  }

  [Symbol.iterator](): Iterator<Attendee> {
    return this.#attendees.values()
  }

  /** News that arrives between the decision about a socket and its entry is remembered in `stale`. */
  open(opening: Opening): () => void {
    this.#openings.add(opening)
    return () => this.#openings.delete(opening)
  }

  /** How many sockets somebody has open in this process. */
  socketsOf(volunteer: VolunteerId): number {
    return this.#sockets.get(volunteer) ?? 0
  }

  add(attendee: Attendee): void {
    const { volunteerId } = attendee.actor
    this.#attendees.add(attendee)
    this.#sockets.set(volunteerId, this.socketsOf(volunteerId) + 1)
  }

  remove(attendee: Attendee): void {
    if (!this.#attendees.delete(attendee)) return
    const { volunteerId } = attendee.actor
    const left = this.socketsOf(volunteerId) - 1
    if (left > 0) this.#sockets.set(volunteerId, left)
    else this.#sockets.delete(volunteerId)
  }

  /** Stops the sockets that `concerns` picks, at once and for good. */
  dismiss(concerns: (who: Pick<Attendee, 'actor' | 'document'>) => boolean): void {
    for (const opening of this.#openings) if (concerns(opening)) opening.stale = true
    for (const attendee of this.#attendees) {
      if (!concerns(attendee)) continue
      attendee.freeze()
      void this.#sendAway(attendee)
    }
  }

  /** Looks again at everybody: after news was missed, and from time to time. Rejects where it could not. */
  async checkAll(): Promise<void> {
    for (const opening of this.#openings) opening.stale = true
    this.#checkAgain = true
    if (this.#checking) return
    this.#checking = true
    try {
      while (this.#checkAgain) {
        this.#checkAgain = false
        await this.#checkOnce()
      }
    } finally {
      this.#checking = false
    }
  }

  async #checkOnce(): Promise<void> {
    const actors = new Map<string | undefined, Promise<Actor | null>>()
    const accesses = new Map<string, Promise<Access>>()
    for (const attendee of [...this.#attendees]) {
      const { cookie, document } = attendee
      const asked = actors.get(cookie) ?? this.#authenticate(cookie)
      actors.set(cookie, asked)
      const actor = await asked
      if (!actor || !sameActor(actor, attendee.actor)) {
        attendee.close(actor ? CLOSE.accessChanged : CLOSE.signedOut)
        continue
      }
      if (document === null) continue
      const key = `${actor.volunteerId} ${document}`
      const access = accesses.get(key) ?? this.#authorise(actor, document)
      accesses.set(key, access)
      if ((await access) !== attendee.access) attendee.close(CLOSE.accessChanged)
    }
  }

  /** Tells a signed-out page to stop coming back; everybody else may. */
  async #sendAway(attendee: Attendee): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<'unknown'>((resolve) => {
      timer = setTimeout(() => resolve('unknown'), VERDICT_PATIENCE)
    })
    const verdict = this.#authenticate(attendee.cookie).catch(() => 'unknown' as const)
    const outcome = await Promise.race([verdict, patience])
    clearTimeout(timer)
    attendee.close(outcome === null ? CLOSE.signedOut : CLOSE.accessChanged)
  }
}

const sameActor = (one: Actor, other: Actor): boolean =>
  one.volunteerId === other.volunteerId &&
  one.sessionId === other.sessionId &&
  one.role === other.role &&
  one.name === other.name &&
  one.color === other.color
