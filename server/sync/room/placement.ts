import * as Y from 'yjs'
import type { DecodedUpdate, Place } from '#lib/documents/define.ts'

export type Struct = DecodedUpdate['structs'][number]
/** The structs of each client in an update, ascending and without holes (a hole is a `Skip`). */
export type Ranges = ReadonlyMap<number, readonly Struct[]>
export type Id = { readonly client: number; readonly clock: number }

/**
 * Where an item of an update would land. `unknown`: it builds on something that is not there.
 * `nowhere`: below something that was deleted; Yjs drops it. `impossible`: it builds on itself.
 */
type Landing = Place | 'unknown' | 'nowhere' | 'impossible'

type Found = Y.Item | Y.GC | null

/** Elements may be nested this deep. Yjs and editors walk a tree recursively: a deeper one ends the process. */
const MAX_DEPTH = 100

/** Finds the parents of items that are not integrated yet, in the update itself and in the document. */
export class Placement {
  readonly #ranges: Ranges
  readonly #store: Y.Doc['store']
  readonly #landings = new Map<Y.Item, Landing>()
  readonly #depths = new Map<Y.AbstractType<unknown>, number>()

  constructor(ranges: Ranges, store: Y.Doc['store']) {
    this.#ranges = ranges
    this.#store = store
  }

  of(item: Y.Item): Landing {
    const known = this.#landings.get(item)
    if (known !== undefined) return known
    // Most items name only a neighbour. The chain is walked in a loop, for it may be as long as the update.
    const chain = new Set<Y.Item>()
    let landing: Landing | undefined
    let current = item
    while (landing === undefined) {
      chain.add(current)
      const next = this.#step(current)
      if (!(next instanceof Y.Item)) landing = next
      else if (chain.has(next)) landing = 'impossible'
      else {
        landing = this.#landings.get(next)
        current = next
      }
    }
    for (const link of chain) this.#landings.set(link, landing)
    return landing
  }

  /** @returns where the item lands, or the item of this update whose parent it shares */
  #step(item: Y.Item): Landing | Y.Item {
    const { id, origin, rightOrigin, parentSub: key } = item
    const parent: unknown = item.parent
    for (const other of [origin, rightOrigin, parent]) {
      // Yjs looks up an item's own client without asking whether it has got that far.
      if (other instanceof Y.ID && other.client === id.client && other.clock >= id.clock) return 'impossible'
    }
    if (typeof parent === 'string') return { parent, key }
    if (parent instanceof Y.ID) return this.#below(this.#find(parent), key)
    const left = origin && this.#find(origin)
    const right = rightOrigin && this.#find(rightOrigin)
    if ((origin && !left) || (rightOrigin && !right)) return 'unknown'
    if (left instanceof Y.GC || right instanceof Y.GC) return 'nowhere'
    const neighbour = left ?? right
    if (!neighbour) return 'nowhere'
    return isIntegrated(neighbour) ? this.#beside(neighbour) : neighbour
  }

  #find(id: Id): Found {
    if (id.clock < Y.getState(this.#store, id.client)) return Y.getItem(this.#store, id as Y.ID) as Found
    const structs = this.#ranges.get(id.client)
    if (!structs) return null
    let low = 0
    let high = structs.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const struct = structs[middle]
      if (!struct) return null
      if (id.clock < struct.id.clock) high = middle - 1
      else if (id.clock >= struct.id.clock + struct.length) low = middle + 1
      else return struct instanceof Y.Skip ? null : (struct as Y.Item | Y.GC)
    }
    return null
  }

  #below(holder: Found, key: string | null): Landing {
    if (holder === null) return 'unknown'
    if (holder instanceof Y.GC || !(holder.content instanceof Y.ContentType)) return 'nowhere'
    const { type } = holder.content
    if (!this.#depths.has(type)) {
      const depth = isIntegrated(holder) ? depthOf(holder) : this.#depthInUpdate(holder)
      if (typeof depth !== 'number') return depth
      this.#depths.set(type, depth)
    }
    return (this.#depths.get(type) ?? 0) > MAX_DEPTH ? 'impossible' : { parent: type, key }
  }

  #beside(neighbour: Y.Item): Landing {
    const parent: unknown = neighbour.parent
    if (!(parent instanceof Y.AbstractType)) return 'nowhere'
    const { parentSub: key } = neighbour
    return parent._item === null ? { parent: Y.findRootTypeKey(parent), key } : this.#below(parent._item, key)
  }

  #depthInUpdate(holder: Y.Item): number | Exclude<Landing, Place> {
    const place = this.of(holder)
    if (typeof place === 'string') return place
    return typeof place.parent === 'string' ? 1 : (this.#depths.get(place.parent) ?? MAX_DEPTH) + 1
  }
}

/** An item of an update names its parent by id or not at all; only an integrated one holds it. */
const isIntegrated = (item: Y.Item): boolean => (item.parent as unknown) instanceof Y.AbstractType

/** How many elements an integrated element is in. */
function depthOf(holder: Y.Item): number {
  let depth = 1
  let up: unknown = holder.parent
  while (up instanceof Y.AbstractType && up._item !== null) {
    depth += 1
    up = up._item.parent
  }
  return depth
}
