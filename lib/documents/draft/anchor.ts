import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { CONTEXTS, MAX_PIECES, MAX_QUOTE, MAX_TWINS } from '#lib/domain/threads/passage.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'
import { BodyIndex, type Standing } from './anchor-index.ts'
import { occurrences, sameAround, search } from './anchor-search.ts'

/**
 * Where an anchored passage is now. `from` and `to` are positions in ProseMirror.
 *
 * - `exact`: it stands where it stood, and reads as it did.
 * - `found`: its characters are gone, and the same words stand in their place: after an undo, a restored revision,
 *   a paragraph that was split, joined or turned into a heading.
 * - `changed`: original characters at both ends, and whatever was typed or taken out between them; or all of it, cut
 *   into blocks otherwise than it was.
 * - `orphaned`: nothing of it is left. `near`: about where it stood, where that is known.
 */
export type Located =
  | { readonly state: 'exact' | 'found' | 'changed'; readonly from: number; readonly to: number }
  | { readonly state: 'orphaned'; readonly near: number | null }

/** A context shorter than this leads anywhere. */
const LEADING = 8

/**
 * Anchors a passage of the body.
 * @param from a position in ProseMirror; `to` likewise
 * @returns null where there is nothing to read between them. A very long passage is anchored by its beginning.
 */
export function anchorOf(doc: Y.Doc, from: number, to: number): ThreadAnchor | null {
  const index = new BodyIndex(doc)
  const chosen = trimmed(index.letters, index.lettersBefore(from), index.lettersBefore(to))
  if (!chosen) return null
  const [first, end] = shortened(index, chosen)
  const pieces = index.pieces(first, end)
  const [start, last] = [pieces[0], pieces.at(-1)]
  if (!start || !last) return null
  return {
    start: position(Y.createID(start[0], start[1]), 0),
    end: position(Y.createID(last[0], last[1] + last[2] - 1), -1),
    quote: index.spelled(first, end),
    ...surroundings(index, first, end),
    pieces,
  }
}

/** What is around the passage, as much of it as tells it apart from others that read the same. */
function surroundings(index: BodyIndex, first: number, end: number) {
  const { letters } = index
  const wanted = letters.slice(first, end)
  const twins = occurrences(letters, wanted).filter((at) => at !== first)
  const around = CONTEXTS.map((length) => ({
    before: letters.slice(Math.max(0, first - length), first).replace(/^[\udc00-\udfff]/, ''),
    after: letters.slice(end, end + length).replace(/[\ud800-\udbff]$/, ''),
  }))
  const telling = around.find(
    (one) => !twins.some((at) => sameAround(letters, at, { letters: wanted, ...one })),
  )
  const [shortest = { before: '', after: '' }] = around
  if (!telling || twins.length > MAX_TWINS) return { ...shortest, twins: null }
  return { ...telling, twins: twins.map((at) => index.idOf(at)) }
}

/** Leaves spaces at both ends out, and takes whole characters in. */
function trimmed(letters: string, from: number, to: number): readonly [number, number] | null {
  const text = letters.slice(from, to)
  if (text.trim() === '') return null
  let first = from + text.length - text.trimStart().length
  let end = first + text.trim().length
  if (/[\udc00-\udfff]/.test(letters.charAt(first))) first -= 1
  if (/[\ud800-\udbff]/.test(letters.charAt(end - 1))) end += 1
  return [first, end]
}

function shortened(index: BodyIndex, [first, chosen]: readonly [number, number]): readonly [number, number] {
  const most = index
    .pieces(first, chosen)
    .slice(0, MAX_PIECES)
    .reduce((sum, [, , length]) => sum + length, 0)
  let end = Math.min(chosen, first + most)
  for (let over = 1; over > 0; end -= Math.max(0, over)) over = index.spelled(first, end).length - MAX_QUOTE
  if (end < chosen && /[\udc00-\udfff]/.test(index.letters.charAt(end))) end -= 1
  return [first, end]
}

const position = (id: Y.ID, assoc: number): string =>
  toBase64(Y.encodeRelativePosition(new Y.RelativePosition(null, null, id, assoc)))

export const locate = (doc: Y.Doc, anchor: ThreadAnchor): Located => locateIn(new BodyIndex(doc), anchor)

/** Reads the document once for all anchors. @returns where each is, in their order */
export function locateAll(doc: Y.Doc, anchors: readonly ThreadAnchor[]): readonly Located[] {
  if (anchors.length === 0) return []
  const index = new BodyIndex(doc)
  return anchors.map((anchor) => locateIn(index, anchor))
}

/** A part of the passage that is still there: `offset` counts the letters of the passage before it. */
type Rest = Pick<Standing, 'at' | 'length'> & { readonly offset: number }

function locateIn(index: BodyIndex, anchor: ThreadAnchor): Located {
  const wanted = { letters: anchor.quote.replaceAll('\n', ''), before: anchor.before, after: anchor.after }
  if (wanted.letters === '') return { state: 'orphaned', near: null }
  const rests = restsOf(index, anchor, wanted.letters)
  const [first, last] = [rests[0], rests.at(-1)]
  for (const rest of [first, last]) {
    const at = rest ? rest.at - rest.offset : -1
    if (at >= 0 && index.letters.startsWith(wanted.letters, at)) return whole(index, anchor, at, 'exact')
  }
  const left = rests.reduce((sum, { at, length }) => sum + visible(index.letters.slice(at, at + length)), 0)
  // Where most of it is left, the same words elsewhere are a copy.
  if (left * 2 < visible(wanted.letters)) {
    const at = search(index.letters, wanted, anchor.twins, (letter) => isTwin(index, anchor, letter))
    if (at !== null) return whole(index, anchor, at, 'found')
  }
  if (first && last && left > 0) return { state: 'changed', ...index.range(first.at, last.at + last.length) }
  return { state: 'orphaned', near: nearby(index, anchor) }
}

function isTwin(index: BodyIndex, { twins }: ThreadAnchor, letter: number): boolean {
  if (twins === null || twins.length === 0) return false
  const [client, clock] = index.idOf(letter)
  return twins.some((twin) => twin[0] === client && twin[1] === clock)
}

/** All of the passage, from a letter on; where it is cut into other blocks than it was, it is changed. */
function whole(index: BodyIndex, { quote }: ThreadAnchor, at: number, state: 'exact' | 'found'): Located {
  const end = at + quote.replaceAll('\n', '').length
  return { state: index.spelled(at, end) === quote ? state : 'changed', ...index.range(at, end) }
}

/** What is left of the passage, in order. An id whose character is not that of the quote is none of its ids. */
function restsOf(index: BodyIndex, { pieces }: ThreadAnchor, letters: string): readonly Rest[] {
  const found: Rest[] = []
  let begin = 0
  for (const piece of pieces) {
    for (const { at, length, skipped } of index.standing(piece)) {
      const offset = begin + skipped
      const text = letters.slice(offset, offset + length)
      if (text.length === length && index.letters.startsWith(text, at)) found.push({ at, length, offset })
    }
    begin += piece[2]
  }
  // Ids that a page made up may be in any order.
  return found.toSorted((one, other) => one.at - other.at)
}

const visible = (text: string): number => text.replace(/\s/g, '').length

function nearby(index: BodyIndex, { start, end, before, after }: ThreadAnchor): number | null {
  for (const encoded of [start, end]) {
    const id = idIn(encoded)
    const place = id && index.whereabouts(id)
    if (place !== null) return place
  }
  const [ahead, second] = before.length < LEADING ? [] : occurrences(index.letters, before)
  if (ahead !== undefined && second === undefined) return index.range(ahead, ahead + before.length).to
  const [behind, third] = after.length < LEADING ? [] : occurrences(index.letters, after)
  return behind !== undefined && third === undefined ? index.range(behind, behind + 1).from : null
}

/** Null for what is no position: it came from a page. */
function idIn(encoded: string): Y.ID | null {
  try {
    return Y.decodeRelativePosition(fromBase64(encoded)).item
  } catch {
    return null
  }
}
