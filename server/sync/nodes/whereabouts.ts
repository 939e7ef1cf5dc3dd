import { type DocumentName, draftDocument, parseDocumentName } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { Presences } from '../newsroom-live.ts'
import type { Room } from '../room/room.ts'
import type { Rooms } from '../room/rooms.ts'
import type { DocumentBus } from './bus.ts'

/** How long comings and goings gather before other processes are told, in milliseconds. */
const GATHER = 100

type Parts = {
  readonly rooms: Rooms
  readonly bus: DocumentBus
  /** Who has this draft open changed, here or in another process. */
  readonly onMoved: (draft: DraftId) => void
}

/** Who has which document open, in all processes of the newsroom. */
export class Whereabouts {
  readonly #parts: Parts
  readonly #moved = new Set<Room>()
  #timer: NodeJS.Timeout | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Somebody came into this room or left it. */
  moved(room: Room): void {
    this.movedElsewhere(room.name)
    if (!this.#parts.bus.shared) return
    this.#moved.add(room)
    this.#timer ??= setTimeout(() => this.#tell(), GATHER)
  }

  movedElsewhere(document: DocumentName): void {
    const address = parseDocumentName(document)
    if (address?.kind === 'draft') this.#parts.onMoved(address.id)
  }

  /**
   * Each person once, however many tabs in however many processes.
   * @param drafts null: all of them
   */
  presences(drafts: ReadonlySet<DraftId> | null): Presences {
    const { rooms, bus } = this.#parts
    const asked = drafts && new Set([...drafts].map(draftDocument))
    const here = [...(asked ? [...asked].flatMap((name) => rooms.get(name) ?? []) : rooms)]
      .filter(({ seats }) => seats.size > 0)
      .map((room) => [room.name, room.people()] as const)
    const elsewhere = [...bus.seatedElsewhere()].filter(([document]) => asked?.has(document) ?? true)
    const all = new Map<string, Map<string, PersonHere>>()
    for (const [document, people] of [...elsewhere, ...here]) {
      const address = parseDocumentName(document)
      if (address?.kind !== 'draft') continue
      const known = all.get(address.id) ?? new Map<string, PersonHere>()
      for (const person of people) known.set(person.volunteerId, person)
      all.set(address.id, known)
    }
    return Object.fromEntries([...all].map(([draft, people]) => [draft, [...people.values()]]))
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  #tell(): void {
    this.#timer = null
    for (const room of this.#moved) this.#parts.bus.seat(room.name, room.people())
    this.#moved.clear()
  }
}
