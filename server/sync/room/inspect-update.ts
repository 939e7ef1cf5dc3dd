import type * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import type { DecodedUpdate, DocumentKind } from '#lib/documents/define.ts'
import type { SyncLimits } from '../limits.ts'
import { type Id, Placement, type Ranges, type Struct } from './placement.ts'

/**
 * What an update would do to a document. Nothing was applied yet: an update that Yjs would choke on
 * after it was logged would make its document unreadable for ever.
 */
export type Verdict =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Empty, or the document has it all. */
  | { readonly kind: 'nothing' }
  | News

/**
 * `complete`: it builds only on what is there. `clients` wrote the structs in it. `suggestions`: the ids of those in what
 * the document does not have yet.
 */
type News = {
  readonly kind: 'news'
  readonly complete: boolean
  readonly clients: readonly number[]
  readonly suggestions: readonly string[]
}

/**
 * Clocks stay far below 2^53: two structs of 2^52 would give a state vector that no client can decode,
 * and an overlong varint decodes to NaN, which every comparison below fails too.
 */
const MAX_CLOCK = 2 ** 40

/** Keeps the decoder that Yjs makes inside, to see whether it read all of the bytes. */
let lastDecoder: Y.UpdateDecoderV1 | null = null
class WatchedDecoder extends Y.UpdateDecoderV1 {
  constructor(decoder: decoding.Decoder) {
    super(decoder)
    lastDecoder = this
  }
}

/** @returns null where Yjs cannot read it, or where it does not read all of it */
export function decodeUpdate(update: Uint8Array): DecodedUpdate | null {
  try {
    const decoded = Y.decodeUpdateV2(update, WatchedDecoder)
    return lastDecoder?.restDecoder.pos === update.length ? decoded : null
  } catch {
    return null
  } finally {
    lastDecoder = null
  }
}

type Rules = Pick<DocumentKind<unknown>, 'refuse' | 'misplaced' | 'suggestionIn'>
type Bounds = Pick<SyncLimits, 'clientsPerUpdate' | 'suggestionsPerUpdate'>

export function inspectUpdate(update: Uint8Array, doc: Y.Doc, rules: Rules, bounds: Bounds): Verdict {
  const decoded = decodeUpdate(update)
  const ranges = decoded && rangesOf(decoded)
  if (!decoded || !ranges || ranges.size > bounds.clientsPerUpdate) return { kind: 'malformed' }
  if (isKnown(decoded, ranges, doc.store)) return { kind: 'nothing' }
  const why = rules.refuse(decoded)
  if (why !== null) return { kind: 'refused', why }
  try {
    const verdict = place(decoded, ranges, doc.store, rules)
    return verdict.kind === 'news' && verdict.suggestions.length > bounds.suggestionsPerUpdate
      ? { kind: 'refused', why: 'too many suggestions at once' }
      : verdict
  } catch (error) {
    // Elements of an update that are nested without end, or in one another.
    if (error instanceof RangeError) return { kind: 'malformed' }
    throw error
  }
}

function place(decoded: DecodedUpdate, ranges: Ranges, store: Store, rules: Rules): Verdict {
  const placement = new Placement(ranges, store)
  const suggestions = new Set<string>()
  let complete = startsAreKnown(ranges, store) && deletionsAreKnown(decoded, ranges, store)
  for (const struct of decoded.structs) {
    if (!(struct instanceof Y.Item)) continue
    // Items that the document has are looked at too: Yjs resolves their neighbours before it drops them.
    const landing = placement.of(struct)
    if (landing === 'impossible') return { kind: 'malformed' }
    if (landing === 'unknown') complete = false
    else if (landing !== 'nowhere') {
      const why = rules.misplaced(struct, landing)
      if (why !== null) return { kind: 'refused', why }
    }
    const suggestion = isNews(struct, store) ? rules.suggestionIn?.(struct) : null
    if (suggestion) suggestions.add(suggestion)
  }
  const authored = [...ranges].filter(([, structs]) => structs.some((s) => !(s instanceof Y.Skip)))
  const clients = authored.map(([client]) => client)
  return { kind: 'news', complete, clients, suggestions: [...suggestions] }
}

/** What others wrote may come along, sent again by somebody who has not made it. */
const isNews = ({ id, length }: Struct, store: Store): boolean =>
  id.clock + length > Y.getState(store, id.client)

const isId = (id: Id | null): boolean =>
  id === null || (Number.isSafeInteger(id.client) && id.clock >= 0 && id.clock < MAX_CLOCK)

function isSound(struct: Struct): boolean {
  const { id, length } = struct
  if (!isId(id) || !(length >= 1) || !(id.clock + length <= MAX_CLOCK)) return false
  if (!(struct instanceof Y.Item)) return true
  const parent: unknown = struct.parent
  return isId(struct.origin) && isId(struct.rightOrigin) && (!(parent instanceof Y.ID) || isId(parent))
}

/** @returns null where an id is no id, or where one client comes twice: Yjs would forget the first part */
export function rangesOf({ structs, ds }: DecodedUpdate): Ranges | null {
  const ranges = new Map<number, Struct[]>()
  let client = Number.NaN
  let range: Struct[] = []
  for (const struct of structs) {
    if (!isSound(struct)) return null
    if (struct.id.client !== client) {
      client = struct.id.client
      if (ranges.has(client)) return null
      range = []
      ranges.set(client, range)
    }
    range.push(struct)
  }
  for (const [deleted, items] of ds.clients) {
    if (!Number.isSafeInteger(deleted)) return null
    // Yjs writes no empty range, and fails when it has to put one aside.
    for (const { clock, len } of items) if (!(clock >= 0 && len >= 1 && clock + len <= MAX_CLOCK)) return null
  }
  return ranges
}

type Store = Y.Doc['store']

function isKnown({ ds }: DecodedUpdate, ranges: Ranges, store: Store): boolean {
  for (const [client, structs] of ranges) {
    const last = structs.findLast((struct) => !(struct instanceof Y.Skip))
    if (last && last.id.clock + last.length > Y.getState(store, client)) return false
  }
  for (const [client, items] of ds.clients) {
    for (const { clock, len } of items) if (!isDeleted(store, client, clock, clock + len)) return false
  }
  return true
}

function isDeleted(store: Store, client: number, from: number, to: number): boolean {
  if (to > Y.getState(store, client)) return false
  const structs = store.clients.get(client) ?? []
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= to) return true
    if (!struct.deleted) return false
  }
  return true
}

/** No hole between what the document has of a client and what comes. */
function startsAreKnown(ranges: Ranges, store: Store): boolean {
  for (const [client, structs] of ranges) {
    let state = Y.getState(store, client)
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      if (struct.id.clock > state) return false
      state = Math.max(state, struct.id.clock + struct.length)
    }
  }
  return true
}

function deletionsAreKnown({ ds }: DecodedUpdate, ranges: Ranges, store: Store): boolean {
  for (const [client, items] of ds.clients) {
    const last = ranges.get(client)?.at(-1)
    const end = Math.max(Y.getState(store, client), last ? last.id.clock + last.length : 0)
    for (const { clock, len } of items) if (clock + len > end) return false
  }
  return true
}
