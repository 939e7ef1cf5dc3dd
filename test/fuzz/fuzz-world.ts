import * as Y from 'yjs'
import type { DocumentAddress } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import type { UpdateLog } from '#server/sync/log/update-log.ts'
import { type DocumentBus, NO_BUS } from '#server/sync/nodes/bus.ts'
import type { Room } from '#server/sync/room/room.ts'
import { RoomSession } from '#server/sync/room/room-session.ts'
import { barrier, openRooms, stepOne, stepTwo, turns, updateMessage } from '#test/server/sync/room-harness.ts'
import { fakeSocket, type ServerMessage } from '#test/support/fake-socket.ts'
import { editAtRandom } from './fuzz-edits.ts'
import type { Random } from './random.ts'

/** A log whose batches are committed, failed or cut off when the world says so. */
function gatedLog(log: UpdateLog) {
  const pending: { run(): Promise<void>; fail(alsoCommitted: boolean): Promise<void> }[] = []
  let open = false
  const append: UpdateLog['append'] = (entries) =>
    open
      ? log.append(entries)
      : new Promise((resolve, reject) => {
          pending.push({
            run: async () => resolve(await log.append(entries)),
            fail: async (alsoCommitted) => {
              // The answer of a commit may be lost on its way: the batch comes again, and is there twice.
              if (alsoCommitted) await log.append(entries)
              reject(new Error('the connection was cut'))
            },
          })
        })
  const take = () => pending.shift()
  return {
    log: {
      append,
      load: (document) => log.load(document),
      since: (document, seq) => log.since(document, seq),
      heads: (documents) => log.heads(documents),
      compact: (document) => log.compact(document),
      migrate: (...step) => log.migrate(...step),
      unprojected: () => log.unprojected(),
    } satisfies UpdateLog,
    commit: async () => take()?.run(),
    fail: async (alsoCommitted: boolean) => take()?.fail(alsoCommitted),
    openWide: async () => {
      open = true
      while (pending.length > 0) await take()?.run()
    },
  }
}

/** One process, as far as rooms know: it can be killed, and nothing of it is left but what is in PostgreSQL. */
export function startProcess(log: UpdateLog, limits: Partial<SyncLimits>, bus: DocumentBus = NO_BUS) {
  const gate = gatedLog(log)
  const house = openRooms({ log: gate.log, limits, bus })
  return { gate, house }
}

export type FuzzProcess = ReturnType<typeof startProcess>

/** Somebody with an editor: a document that outlives its connections, and a network that takes its time. */
export class FuzzClient {
  readonly doc = new Y.Doc()
  readonly #edit: (doc: Y.Doc, random: Random) => void
  /** What the server ever told this client. */
  readonly told: Uint8Array[] = []
  /** The whole document at the last barrier that was answered: what the page says is saved. */
  acknowledged: Uint8Array | null = null
  readonly #actor: Actor
  readonly #barriers = new Map<number, Uint8Array>()
  /** What every answer to a whole question must hold (R1). */
  readonly #atLeast: Uint8Array | null
  #connection: {
    readonly house: FuzzProcess['house']
    readonly session: RoomSession
    readonly socket: ReturnType<typeof fakeSocket>
    readonly up: Uint8Array[]
  } | null = null
  #lastBarrier = 0

  constructor(
    actor: Actor,
    edit: (doc: Y.Doc, random: Random) => void = editAtRandom,
    { id, atLeast = null }: { readonly id?: number; readonly atLeast?: Uint8Array | null } = {},
  ) {
    if (id !== undefined) this.doc.clientID = id
    this.#atLeast = atLeast
    this.#actor = actor
    this.#edit = edit
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#connection?.up.push(updateMessage(update))
    })
  }

  get online(): boolean {
    return this.#connection !== null
  }

  isOn({ house }: Pick<FuzzProcess, 'house'>): boolean {
    return this.#connection?.house === house
  }

  async connect({ house }: Pick<FuzzProcess, 'house'>, address: DocumentAddress): Promise<void> {
    const held = await house.rooms.hold(address)
    if (!held.ok) return
    const room: Room = held.value
    const socket = fakeSocket()
    const session = new RoomSession({
      room,
      actor: this.#actor,
      access: this.#actor.role === 'reader' ? 'read' : 'write',
      wire: socket.wire,
      limits: house.limits,
    })
    this.#connection = { house, session, socket, up: [stepOne(Y.encodeStateVector(this.doc))] }
    room.enter(session)
    room.release()
  }

  /** The connection ends: what was under way in it, both ways, is lost. */
  disconnect(): void {
    this.#connection?.session.ended()
    this.#connection = null
    this.#barriers.clear()
  }

  /** The same in the middle of what is said: some of it arrives, both ways. */
  tear(random: Random): void {
    this.deliverUp(random.below(4))
    this.#hear(this.#connection?.socket.flush().slice(0, random.below(4)) ?? [])
    this.disconnect()
  }

  edit(random: Random): void {
    this.#edit(this.doc, random)
  }

  askBarrier(): void {
    if (!this.#connection) return
    this.#lastBarrier += 1
    this.#barriers.set(this.#lastBarrier, Y.encodeStateAsUpdate(this.doc))
    this.#connection.up.push(barrier(this.#lastBarrier))
  }

  /** Delivers up to `count` messages to the server. */
  deliverUp(count: number): boolean {
    const messages = this.#connection?.up.splice(0, count) ?? []
    for (const message of messages) this.#connection?.session.receive(message)
    return messages.length > 0
  }

  deliverDown(): boolean {
    const connection = this.#connection
    if (!connection) return false
    const messages = connection.socket.flush()
    this.#hear(messages)
    if (connection.socket.closedWith() !== null) {
      throw new Error(`an honest client was closed with ${connection.socket.closedWith()}`)
    }
    return messages.length > 0
  }

  #hear(messages: readonly ServerMessage[]): void {
    for (const message of messages) {
      if (message.type === 'stepOne')
        this.#connection?.up.push(stepTwo(Y.encodeStateAsUpdate(this.doc, message.vector)))
      if (message.type === 'stepTwo' || message.type === 'update') {
        this.told.push(message.update)
        Y.applyUpdate(this.doc, message.update, 'server')
      }
      if (message.type === 'stepTwo' && this.#atLeast && !hasAll(this.doc, this.#atLeast)) {
        throw new Error('R1: less was served than there was from the beginning')
      }
      if (message.type === 'durable') this.acknowledged = this.#barriers.get(message.n) ?? null
    }
  }
}

/** By clocks alone: what was deleted since counts as being there. */
function hasAll(doc: Y.Doc, update: Uint8Array): boolean {
  const here = Y.decodeStateVector(Y.encodeStateVector(doc))
  const wanted = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update))
  return [...wanted].every(([client, clock]) => (here.get(client) ?? 0) >= clock)
}

/** Lets everybody say and hear all there is. @returns whether there was anything */
export async function calm(clients: readonly FuzzClient[]): Promise<boolean> {
  let any = false
  for (let quiet = 0; quiet < 3; ) {
    const moved = clients
      .map((client) => [client.deliverDown(), client.deliverUp(1000)].some(Boolean))
      .some(Boolean)
    await turns(2)
    quiet = moved ? 0 : quiet + 1
    any ||= moved
  }
  return any
}
