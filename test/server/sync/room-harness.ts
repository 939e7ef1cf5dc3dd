import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import type { DocumentAddress } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { MESSAGE } from '#lib/protocol/messages.ts'
import { DEFAULT_LIMITS, type SyncLimits } from '#server/sync/limits.ts'
import { GroupCommit } from '#server/sync/log/group-commit.ts'
import type { UpdateLog } from '#server/sync/log/update-log.ts'
import { NO_BUS } from '#server/sync/nodes/bus.ts'
import type { Projection } from '#server/sync/ports.ts'
import type { Room } from '#server/sync/room/room.ts'
import { RoomSession } from '#server/sync/room/room-session.ts'
import { Rooms, type RoomsServices } from '#server/sync/room/rooms.ts'
import { fakeSocket, type ServerMessage } from '#test/support/fake-socket.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { draftAddress, seedOf, silent } from './harness.ts'
import { MemoryUpdateLog } from './memory-update-log.ts'

export function frame(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else encoding.writeVarUint8Array(encoder, part)
  }
  return encoding.toUint8Array(encoder)
}

export const stepOne = (vector: Uint8Array) => frame(MESSAGE.sync, 0, vector)
export const stepTwo = (update: Uint8Array) => frame(MESSAGE.sync, 1, update)
export const updateMessage = (update: Uint8Array) => frame(MESSAGE.sync, 2, update)
export const barrier = (n: number) => frame(MESSAGE.barrier, n)

/** One entry: client id, clock, state as JSON text. */
export function awarenessMessage(...entries: readonly (readonly [number, number, string])[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const [client, clock, json] of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return frame(MESSAGE.awareness, encoding.toUint8Array(encoder))
}

/** Lets everything that is due in this turn and the next happen. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** A log whose commits wait until the test lets them happen. */
export function heldLog(log: MemoryUpdateLog) {
  let free = () => {}
  const held = () =>
    new Promise<void>((resolve) => {
      free = resolve
    })
  let holding: Promise<void> | null = held()
  log.onAppend = () => holding ?? undefined
  return {
    /** Lets the commit under way and all later ones through. */
    release: async () => {
      holding = null
      free()
      await turns()
    },
    hold: () => {
      holding = held()
    },
  }
}

type Options = Partial<Pick<RoomsServices, 'bus' | 'project' | 'kindOf' | 'onPresence' | 'onSuggested'>> & {
  readonly limits?: Partial<SyncLimits>
  readonly log?: UpdateLog
}

/** Rooms over a log in memory, with sockets that deliver when they are told to. */
export function openRooms(options: Options = {}) {
  const memory = new MemoryUpdateLog()
  const log = options.log ?? memory
  const limits = { ...DEFAULT_LIMITS, gather: 0, ...options.limits }
  const appender = new GroupCommit(log, limits, silent)
  const projections: Projection[] = []
  const rooms = new Rooms({
    log,
    appender,
    bus: options.bus ?? NO_BUS,
    limits,
    logger: silent,
    project: options.project ?? (async (projection) => void projections.push(projection)),
    onPresence: options.onPresence ?? (() => {}),
    onSuggested: options.onSuggested ?? (() => {}),
    ...(options.kindOf && { kindOf: options.kindOf }),
  })

  function create(text = 'Bonjour', schemaVersion = draftKind.schemaVersion): DocumentAddress {
    const address = draftAddress()
    memory.create(address.name, seedOf(text), schemaVersion)
    return address
  }

  async function roomOf(address: DocumentAddress): Promise<Room> {
    const held = await rooms.hold(address)
    if (!held.ok) throw new Error(`closed with ${held.error}`)
    return held.value
  }

  async function join(address: DocumentAddress, actor: Actor, access: 'write' | 'read' = 'write') {
    const room = await roomOf(address)
    const client = seat(room, actor, access, limits)
    room.release()
    return client
  }

  return { memory, log, limits, appender, rooms, projections, create, roomOf, join }
}

export type Client = ReturnType<typeof seat>

/** A client with a document of its own, that answers as the stock provider does. */
function seat(room: Room, actor: Actor, access: 'write' | 'read', limits: SyncLimits) {
  const socket = fakeSocket()
  const session = new RoomSession({ room, actor, access, wire: socket.wire, limits })
  const doc = new Y.Doc()
  let online = true
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server' && online) session.receive(updateMessage(update))
  })
  function handle(message: ServerMessage): void {
    if (message.type === 'stepOne') session.receive(stepTwo(Y.encodeStateAsUpdate(doc, message.vector)))
    if (message.type === 'stepTwo' || message.type === 'update') Y.applyUpdate(doc, message.update, 'server')
  }
  room.enter(session)
  session.receive(stepOne(Y.encodeStateVector(doc)))
  return {
    session,
    socket,
    doc,
    /** Delivers what the server sent and answers it. @returns what came */
    hear: () => {
      const messages = socket.flush()
      for (const message of messages) handle(message)
      return messages
    },
    write: (text: string) => typeParagraph(doc, text),
    text: () => textOf(doc),
    send: (data: Uint8Array) => session.receive(data),
    /** Everything that was ever said, by type. */
    said: (type: ServerMessage['type']) => socket.received.filter((message) => message.type === type),
    drop: () => {
      online = false
      session.ended()
    },
  }
}

/** Delivers back and forth until nothing moves any more. */
export async function settle(...clients: readonly Client[]): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await turns()
    const moved = clients.map((client) => client.hear().length).some((count) => count > 0)
    quiet = moved ? 0 : quiet + 1
  }
}
