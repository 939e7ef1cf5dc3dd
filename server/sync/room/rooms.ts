import { type DocumentAddress, type DocumentName, kindOf } from '#lib/documents/registry.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import { type Meters, NO_METERS } from '../meters.ts'
import { DerivingTurns } from './deriving-turns.ts'
import { Room, type RoomServices } from './room.ts'

export type RoomsServices = Omit<RoomServices, 'onEnd' | 'kindOf' | 'meters' | 'turns'> & {
  readonly kindOf?: RoomServices['kindOf']
  readonly meters?: Meters
}

/** The rooms of this process: one for each document that somebody has open, or had a moment ago (R2). */
export class Rooms {
  readonly #rooms = new Map<DocumentName, Room>()
  readonly #services: RoomServices
  #closing = false

  constructor(services: RoomsServices) {
    const turns = new DerivingTurns(services.limits)
    this.#services = { kindOf, meters: NO_METERS, turns, ...services, onEnd: (room) => this.#forget(room) }
  }

  get size(): number {
    return this.#rooms.size
  }

  [Symbol.iterator](): Iterator<Room> {
    return this.#rooms.values()
  }

  get(name: DocumentName): Room | null {
    return this.#rooms.get(name) ?? null
  }

  /** @returns a room that stays until `release()`; the error is the code to close the socket with */
  async hold(address: DocumentAddress): Promise<Result<Room, CloseCode>> {
    for (;;) {
      if (this.#closing) return fail(CLOSE.goingAway)
      const room = this.#rooms.get(address.name) ?? this.#open(address)
      // Its last rows are being written: they are read only when they are all there (R3).
      if (room.ending) await room.ending
      else {
        const held = await room.hold()
        return held.ok ? ok(room) : held
      }
    }
  }

  /** Resolves when everything that the rooms took up to now is committed. */
  async committed(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map((room) => room.committed()))
  }

  /** Sends everybody away. Resolves when all of it is saved and derived, which may be never. */
  async close(): Promise<void> {
    this.#closing = true
    for (const room of this.#rooms.values()) room.close(CLOSE.goingAway)
    await Promise.all([...this.#rooms.values()].map((room) => room.ending))
  }

  #open(address: DocumentAddress): Room {
    const room = new Room(address, this.#services)
    this.#rooms.set(address.name, room)
    return room
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.name) === room) this.#rooms.delete(room.name)
  }
}
