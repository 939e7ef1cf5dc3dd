import * as Y from 'yjs'
import { decodeUpdate, rangesOf } from './inspect-update.ts'
import type { Ranges, Struct } from './placement.ts'

/** A document that nobody had to build: all of it as one update, and how far each client has come in it. */
export type StoredBytes = { readonly state: Uint8Array; readonly vector: Uint8Array }

/** Merging costs more than building the document once there are many. */
const MAX_PIECES = 8

type Clocks = Map<number, number>

/**
 * Finds out without building the document whether Yjs would take these updates, one after the other, and wait for nothing.
 * @returns null where it would not, or where it is quicker to let it try
 */
export function storedBytes(updates: readonly Uint8Array[]): StoredBytes | null {
  const [first] = updates
  if (first === undefined || updates.length > MAX_PIECES) return null
  const clocks: Clocks = new Map()
  for (const update of updates) if (!integrates(update, clocks)) return null
  const state = updates.length === 1 ? first : Y.mergeUpdates([...updates])
  return { state, vector: Y.encodeStateVector(clocks) }
}

/** Takes the steps that Yjs would take. @param clocks what is there before; afterwards, what is there then */
function integrates(update: Uint8Array, clocks: Clocks): boolean {
  const decoded = decodeUpdate(update)
  const ranges = decoded && rangesOf(decoded)
  if (!ranges || !everyClientGoesThrough(ranges, clocks)) return false
  for (const [client, items] of decoded.ds.clients) {
    const end = clocks.get(client) ?? 0
    for (const { clock, len } of items) if (clock + len > end) return false
  }
  return true
}

type Blocked = { readonly client: number; readonly needs: number }

/** Clients wait for one another, as their people once did; a circle, or something that is not there, is never got past. */
function everyClientGoesThrough(ranges: Ranges, clocks: Clocks): boolean {
  const places = new Map<number, number>()
  const blocked = new Map<number, Blocked[]>()
  const ready = [...ranges.keys()]
  let through = 0
  for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
    const structs = ranges.get(client) ?? []
    const place = goOn(structs, places.get(client) ?? 0, client, clocks)
    if (place === 'impossible') return false
    places.set(client, place.at)
    if (place.waitsFor === null) through += 1
    else {
      const { client: other, clock } = place.waitsFor
      blocked.set(other, [...(blocked.get(other) ?? []), { client, needs: clock }])
    }
    const reached = clocks.get(client) ?? 0
    const waiting = blocked.get(client) ?? []
    ready.push(...waiting.filter(({ needs }) => needs < reached).map((one) => one.client))
    blocked.set(
      client,
      waiting.filter(({ needs }) => needs >= reached),
    )
  }
  return through === ranges.size
}

type Place = { readonly at: number; readonly waitsFor: Y.ID | null }

/** Goes through the structs of one client as far as it is possible now. */
function goOn(
  structs: readonly Struct[],
  from: number,
  client: number,
  clocks: Clocks,
): Place | 'impossible' {
  let reached = clocks.get(client) ?? 0
  for (let at = from; at < structs.length; at += 1) {
    const struct = structs[at]
    if (!struct) break
    const { clock } = struct.id
    const end = clock + struct.length
    // What is there already is passed over, whatever it builds on.
    if (end <= reached) continue
    if (struct instanceof Y.Skip || clock > reached) return 'impossible'
    if (struct instanceof Y.Item) {
      const parent: unknown = struct.parent
      for (const other of [struct.origin, struct.rightOrigin, parent]) {
        if (!(other instanceof Y.ID)) continue
        // Yjs looks up an item's own client without asking whether it has got that far.
        if (other.client === client ? other.clock >= clock : other.clock >= (clocks.get(other.client) ?? 0)) {
          return other.client === client ? 'impossible' : { at, waitsFor: other }
        }
      }
    }
    reached = end
    clocks.set(client, reached)
  }
  return { at: structs.length, waitsFor: null }
}
