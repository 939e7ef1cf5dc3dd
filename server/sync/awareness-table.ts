import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Actor } from '#lib/domain/permissions.ts'
import { MAX_AWARENESS_BYTES } from '#lib/protocol/messages.ts'
import { awarenessFrame, type Frame } from './frames.ts'

/** A socket that announces presence. Whatever it says of itself, `actor` is who it is. */
export type Presence = { readonly actor: Actor }

/** `state`: JSON, stamped by us; null where the client left. */
type Known<Owner> = { owner: Owner | null; clock: number; state: string | null }

/** States of clients that left are remembered for their clock only, and not without end. */
const MAX_REMEMBERED = 10_000

/**
 * Who is in a room and where their carets are (R8). It speaks y-protocols’ awareness, but trusts nothing
 * in it: a state is accepted only for a client id of the socket itself, and its `user` is written here.
 *
 * Clocks are ours from here on: peers ignore a state whose clock they know, and a client that reconnects
 * sends the clock that it had, after everybody was told that it had left.
 */
export class AwarenessTable<Owner extends Presence> {
  readonly #known = new Map<number, Known<Owner>>()
  /** Client ids that each socket speaks for; the order of the map is the order of arrival. */
  readonly #owned = new Map<Owner, Set<number>>()
  readonly #changed = new Set<number>()
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
      for (let index = 0; index < count; index += 1) {
        const client = decoding.readVarUint(decoder)
        const clock = decoding.readVarUint(decoder)
        const json = decoding.readVarUint8Array(decoder)
        if (!Number.isSafeInteger(client) || !(clock < 2 ** 48)) return false
        if (!this.#mayHold(owner, client) || json.length > MAX_AWARENESS_BYTES) continue
        this.#take(owner, client, clock, JSON.parse(Buffer.from(json).toString('utf8')))
      }
      return !decoding.hasContent(decoder)
    } catch {
      return false
    }
  }

  /** Forgets a socket and everything it announced. */
  leave(owner: Owner): void {
    for (const client of this.#owned.get(owner) ?? []) this.#set(client, null, 0, null)
    this.#owned.delete(owner)
    if (this.#known.size > MAX_REMEMBERED) this.#forget()
  }

  /** Everybody who is here, but for the client ids of `reader` itself; null where that is nobody. */
  everybodyFor(reader: Owner): Frame | null {
    const own = this.#owned.get(reader)
    const others = [...this.#known].filter(([client, known]) => known.state !== null && !own?.has(client))
    return others.length === 0 ? null : awarenessFrame(encodeEntries(others))
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
    const holder = this.#known.get(client)?.owner ?? null
    const own = this.#owned.get(owner)
    if (holder === owner) return true
    if (holder === null) return (own?.size ?? 0) < this.#clientsPerSocket
    // After a change of network the old connection lingers, half open: the same person's new one replaces it,
    // with the first client id that it names, which is its own; only later ones can be repeated ones.
    return holder.actor.volunteerId === owner.actor.volunteerId && own === undefined
  }

  #take(owner: Owner, client: number, clock: number, state: unknown): void {
    if (state === null) {
      if (this.#known.get(client)?.owner !== owner) return
      this.#owned.get(owner)?.delete(client)
      this.#set(client, null, clock, null)
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
    this.#set(client, owner, clock, JSON.stringify({ ...state, user: { id, name, color } }))
  }

  #set(client: number, owner: Owner | null, clock: number, state: string | null): void {
    const known = this.#known.get(client)
    const next = { owner, clock: Math.max(clock, (known?.clock ?? 0) + 1), state }
    this.#known.set(client, next)
    if (this.#changed.size === 0) this.#onChange()
    this.#changed.add(client)
  }

  #forget(): void {
    for (const [client, known] of this.#known) {
      if (known.owner === null && !this.#changed.has(client)) this.#known.delete(client)
    }
  }
}

type Entries = readonly (readonly [number, { readonly clock: number; readonly state: string | null }])[]

function encodeEntries(entries: Entries): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const [client, { clock, state }] of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state ?? 'null')
  }
  return encoding.toUint8Array(encoder)
}
