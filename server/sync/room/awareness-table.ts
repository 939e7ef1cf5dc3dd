import * as decoding from 'lib0/decoding'
import type { Actor } from '#lib/domain/permissions.ts'
import { MAX_AWARENESS_BYTES } from '#lib/protocol/messages.ts'
import type { NodeId } from '../nodes/bus.ts'
import { awarenessFrame, type Frame } from '../wire/frames.ts'
import { encodeEntries } from './awareness-entries.ts'

/** A socket that announces presence. Whatever it says of itself, `actor` is who it is. */
export type Presence = { readonly actor: Actor }

/** `state`: JSON, stamped by us or by `node`, the process whose socket it is; null where the client left. */
type Known<Owner> = {
  readonly owner: Owner | null
  readonly node: NodeId | null
  readonly clock: number
  readonly state: string | null
}

/** States of clients that left are remembered for their clock only, and not without end. */
const MAX_REMEMBERED = 10_000

/**
 * Who is in a room and where their carets are (R8). It speaks y-protocols’ awareness, but trusts nothing
 * in it: a state is accepted only for a client id of the socket itself, and its `user` is written here.
 *
 * Clocks are ours from here on: peers ignore a state whose clock they know, and a client that reconnects
 * sends the clock that it had, after everybody was told that it had left. They follow the time, so that a peer who
 * comes from another process, or comes back, has not seen later ones.
 */
export class AwarenessTable<Owner extends Presence> {
  readonly #known = new Map<number, Known<Owner>>()
  /** Those of them who have not left: a question about presence is not to cost as much as all who ever were here. */
  readonly #here = new Set<number>()
  /** Client ids that each socket speaks for; the order of the map is the order of arrival. */
  readonly #owned = new Map<Owner, Set<number>>()
  readonly #changed = new Set<number>()
  /** What the other processes have not been told of our own sockets. */
  readonly #untold = new Set<number>()
  readonly #clientsPerSocket: number
  readonly #onChange: () => void

  /** @param onChange called when `broadcast` has something to say for the first time */
  constructor(clientsPerSocket: number, onChange: () => void) {
    this.#clientsPerSocket = clientsPerSocket
    this.#onChange = onChange
  }

  /**
   * Takes what is true of an awareness message and drops the rest in silence: a stock provider repeats
   * the states of everybody it hears of, so foreign ones are no attack.
   * @returns false where the message is malformed
   */
  receive(owner: Owner, message: Uint8Array): boolean {
    const decoder = decoding.createDecoder(message)
    try {
      const count = decoding.readVarUint(decoder)
      // Whoever lets go of one client id may name another: in one message, as many as they may have.
      let left = 2 * this.#clientsPerSocket
      for (let index = 0; index < count; index += 1) {
        const client = decoding.readVarUint(decoder)
        const clock = decoding.readVarUint(decoder)
        const json = decoding.readVarUint8Array(decoder)
        if (!Number.isSafeInteger(client) || !(clock < 2 ** 48)) return false
        if (left === 0 || !this.#mayHold(owner, client) || json.length > MAX_AWARENESS_BYTES) continue
        left -= 1
        this.#take(owner, client, clock, JSON.parse(Buffer.from(json).toString('utf8')))
      }
      return !decoding.hasContent(decoder)
    } catch {
      return false
    }
  }

  /** Forgets a socket and everything it announced. */
  leave(owner: Owner): void {
    for (const client of this.#owned.get(owner) ?? []) this.#set(client, NOBODY, 0, null)
    this.#owned.delete(owner)
    if (this.#known.size > MAX_REMEMBERED) this.#forget()
  }

  /**
   * Takes what another process has stamped. A socket of ours gives way where the same person’s came later there.
   * @returns false where the message is malformed
   */
  hear(node: NodeId, message: Uint8Array): boolean {
    const decoder = decoding.createDecoder(message)
    try {
      const count = decoding.readVarUint(decoder)
      for (let index = 0; index < count; index += 1) {
        const client = decoding.readVarUint(decoder)
        const clock = decoding.readVarUint(decoder)
        const json = decoding.readVarString(decoder)
        if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock)) return false
        this.#hearOf(node, client, clock, json === 'null' ? null : json)
      }
      return !decoding.hasContent(decoder)
    } catch {
      return false
    }
  }

  /** Forgets whoever another process has announced. */
  nodeLeft(node: NodeId): void {
    for (const [client, known] of this.#known)
      if (known.node === node && known.state !== null) this.#set(client, { owner: null, node }, 0, null)
  }

  /** @returns what the other processes have not been told yet of our own sockets, as a message; null: nothing */
  untold(): Uint8Array | null {
    const entries = [...this.#untold].flatMap((client) => {
      const known = this.#known.get(client)
      return known && known.node === null ? [[client, known] as const] : []
    })
    this.#untold.clear()
    return entries.length === 0 ? null : encodeEntries(entries)
  }

  /** @returns all of our own sockets, as a message; null: none */
  ours(): Uint8Array | null {
    const entries = [...this.#known].filter(([, { owner }]) => owner !== null)
    return entries.length === 0 ? null : encodeEntries(entries)
  }

  /** Everybody who is here, but for the client ids of `reader` itself; null where that is nobody. */
  everybodyFor(reader: Owner): Frame | null {
    const own = this.#owned.get(reader)
    const others = [...this.#here].flatMap((client) => {
      const known = this.#known.get(client)
      return known && !own?.has(client) ? [[client, known] as const] : []
    })
    if (others.length === 0) return null
    // A reader who was here before ignores clocks that it knows.
    const fresh = others.map(
      ([client, known]) => [client, { ...known, clock: this.#clockAfter(known) }] as const,
    )
    for (const [client, known] of fresh) this.#known.set(client, known)
    return awarenessFrame(encodeEntries(fresh))
  }

  /**
   * Says what changed since the last call. No socket hears of its own clients: our clock would win over
   * the newer state that it has meanwhile.
   */
  broadcast(readers: Iterable<Owner>, send: (reader: Owner, frame: Frame) => void): void {
    const changed = [...this.#changed].flatMap((client) => {
      const known = this.#known.get(client)
      return known ? [[client, known] as const] : []
    })
    this.#changed.clear()
    if (this.#known.size > MAX_REMEMBERED) this.#forget()
    if (changed.length === 0) return
    const concerned = new Set(changed.map(([, known]) => known.owner))
    const forAll = awarenessFrame(encodeEntries(changed))
    for (const reader of readers) {
      if (!concerned.has(reader)) send(reader, forAll)
      else {
        const others = changed.filter(([, known]) => known.owner !== reader)
        if (others.length > 0) send(reader, awarenessFrame(encodeEntries(others)))
      }
    }
  }

  #mayHold(owner: Owner, client: number): boolean {
    const known = this.#known.get(client)
    const holder = known?.owner ?? null
    const own = this.#owned.get(owner)
    if (holder === owner) return true
    if (known && known.node !== null && known.state !== null)
      return own === undefined && personIn(known.state) === owner.actor.volunteerId
    if (holder === null) return (own?.size ?? 0) < this.#clientsPerSocket
    // After a change of network the old connection lingers, half open: the same person's new one replaces it,
    // with the first client id that it names, which is its own; only later ones can be repeated ones.
    return holder.actor.volunteerId === owner.actor.volunteerId && own === undefined
  }

  #take(owner: Owner, client: number, clock: number, state: unknown): void {
    if (state === null) {
      if (this.#known.get(client)?.owner !== owner) return
      this.#owned.get(owner)?.delete(client)
      this.#set(client, NOBODY, clock, null)
      return
    }
    if (typeof state !== 'object' || Array.isArray(state)) return
    const { id, name, color } = { ...owner.actor, id: owner.actor.volunteerId }
    const claimed = (state as { user?: { id?: unknown } | null }).user?.id
    if (claimed !== undefined && claimed !== id) return
    const previous = this.#known.get(client)?.owner
    if (previous && previous !== owner) this.#owned.get(previous)?.delete(client)
    const own = this.#owned.get(owner)
    if (own) own.add(client)
    else this.#owned.set(owner, new Set([client]))
    const stamped = JSON.stringify({ ...state, user: { id, name, color } })
    this.#set(client, { owner, node: null }, clock, stamped)
  }

  #hearOf(node: NodeId, client: number, clock: number, state: string | null): void {
    const known = this.#known.get(client)
    if (state === null && known?.node !== node) return
    // Said again for somebody who has come.
    if (known?.node === node && known.state === state && clock <= known.clock) return
    if (known?.owner) {
      if (clock <= known.clock || personIn(state) !== known.owner.actor.volunteerId) return
      this.#owned.get(known.owner)?.delete(client)
    }
    this.#set(client, { owner: null, node }, clock, state)
  }

  #set(
    client: number,
    { owner, node }: Pick<Known<Owner>, 'owner' | 'node'>,
    clock: number,
    state: string | null,
  ) {
    const known = this.#known.get(client)
    if (state === null) this.#here.delete(client)
    else this.#here.add(client)
    this.#known.set(client, { owner, node, clock: Math.max(clock, this.#clockAfter(known)), state })
    if (node === null) this.#untold.add(client)
    else this.#untold.delete(client)
    if (this.#changed.size === 0) this.#onChange()
    this.#changed.add(client)
  }

  /** In milliseconds of the calendar; where its clock was put back, the next number. */
  #clockAfter(known: { readonly clock: number } | undefined): number {
    return Math.max(Date.now(), (known?.clock ?? 0) + 1)
  }

  #forget(): void {
    for (const [client, known] of this.#known) {
      if (known.state === null && !this.#changed.has(client) && !this.#untold.has(client))
        this.#known.delete(client)
    }
  }
}

const NOBODY = { owner: null, node: null } as const

/** Whose state it is. */
function personIn(state: string | null): unknown {
  return state === null ? null : (JSON.parse(state) as { user?: { id?: unknown } }).user?.id
}
