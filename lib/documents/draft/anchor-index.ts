import * as Y from 'yjs'
import { bodyOf } from './roots.ts'

/** Nodes without content: one position wide, as in ProseMirror. */
const LEAVES: ReadonlySet<string> = new Set(['hardBreak'])
const TEXT_BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading'])

/** One Y.XmlText: `at` counts letters before it, `pm` is the position in ProseMirror of its beginning. */
type Stretch = {
  readonly text: Y.XmlText
  readonly at: number
  readonly pm: number
  readonly length: number
  /** Letters before each item, deleted ones too; made where it is asked for often enough to pay. */
  places: ReadonlyMap<Y.Item, number> | null
  asked: number
}

/** So many times a text is walked through for one item before the places of all are kept. */
const WALKS = 8

/** A run of Yjs ids: client, clock of the first, how many. */
export type Piece = readonly [client: number, clock: number, length: number]

/** Letters from `at` on that stand together. */
export type Standing = { readonly at: number; readonly length: number; readonly skipped: number }

/**
 * A body as it is now, read once for all its anchors. Its characters, in order and without what separates blocks,
 * are its letters; offsets count them in UTF-16 units. Good until the next change of the document.
 */
export class BodyIndex {
  readonly letters: string
  readonly #doc: Y.Doc
  readonly #stretches: Stretch[] = []
  readonly #byText = new Map<unknown, Stretch>()
  /** Live elements: positions in ProseMirror before their first child and behind the element. */
  readonly #elements = new Map<unknown, { readonly inside: number; readonly behind: number }>()
  /** Offsets at which another block or line begins, ascending. */
  readonly #breaks: number[] = []

  constructor(doc: Y.Doc) {
    this.#doc = doc
    const parts: string[] = []
    this.#walk(bodyOf(doc), 0, parts)
    // Whatever cannot be kept in a row becomes one unit that can: offsets stay.
    const letters = parts.join('').toWellFormed()
    this.letters = /[\0\n]/.test(letters) ? letters.replace(/[\0\n]/g, ' ') : letters
  }

  /** @returns how many letters stand before a position in ProseMirror */
  lettersBefore(pm: number): number {
    const stretch = this.#last((one) => one.pm < pm)
    return stretch ? stretch.at + Math.min(pm - stretch.pm, stretch.length) : 0
  }

  /** Positions in ProseMirror around the letters from `from` to `to`, of which there is one at least. */
  range(from: number, to: number): { readonly from: number; readonly to: number } {
    return { from: this.#positionOf(from), to: this.#positionOf(to - 1) + 1 }
  }

  /** The letters as they read: blocks and lines separated by a line feed. */
  spelled(from: number, to: number): string {
    const { letters } = this
    let text = ''
    let done = from
    for (let index = this.#firstBreakBehind(from); ; index += 1) {
      const at = this.#breaks[index]
      if (at === undefined || at >= to) return text + letters.slice(done, to)
      text += `${letters.slice(done, at)}\n`
      done = at
    }
  }

  /** The Yjs id of a letter. */
  idOf(letter: number): readonly [client: number, clock: number] {
    const { text, at: begin } = this.#holding(letter)
    let at = begin
    for (let item = text._start; item; item = item.right) {
      const length = lengthOf(item)
      if (letter < at + length) return [item.id.client, item.id.clock + letter - at]
      at += length
    }
    throw new Error('there is no such letter')
  }

  /** The Yjs ids of letters, in order. */
  pieces(from: number, to: number): readonly Piece[] {
    const found: [number, number, number][] = []
    for (const stretch of this.#stretches) {
      if (stretch.at + stretch.length <= from || stretch.at >= to) continue
      for (const [item, at] of placesIn(stretch)) {
        const first = Math.max(from, at)
        const length = Math.min(to, at + lengthOf(item)) - first
        if (length <= 0) continue
        const clock = item.id.clock + (first - at)
        const last = found.at(-1)
        if (last && last[0] === item.id.client && last[1] + last[2] === clock) last[2] += length
        else found.push([item.id.client, clock, length])
      }
    }
    return found
  }

  /** What is left of a piece; `skipped` counts its letters before each part. */
  standing([client, clock, length]: Piece): readonly Standing[] {
    const found: Standing[] = []
    const structs = this.#doc.store.clients.get(client) ?? []
    if (clock >= Y.getState(this.#doc.store, client)) return found
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
      const item = structs[index]
      if (!item || item.id.clock >= clock + length) break
      if (!(item instanceof Y.Item) || lengthOf(item) === 0) continue
      const stretch = this.#byText.get(item.parent)
      if (!stretch) continue
      const at = placeOf(item, stretch)
      const first = Math.max(clock, item.id.clock)
      const end = Math.min(clock + length, item.id.clock + item.length)
      if (end <= first) continue
      found.push({ at: at + first - item.id.clock, length: end - first, skipped: first - clock })
    }
    return found
  }

  /** @returns where something stood, gone or not, as a position in ProseMirror; null where nobody knows any more */
  whereabouts({ client, clock }: Y.ID): number | null {
    const structs = this.#doc.store.clients.get(client) ?? []
    if (clock >= Y.getState(this.#doc.store, client)) return null
    let item: unknown = structs[Y.findIndexSS(structs, clock)]
    while (item instanceof Y.Item) {
      const stretch = this.#byText.get(item.parent)
      if (stretch) return stretch.pm + placeOf(item, stretch) - stretch.at
      const parent = this.#elements.get(item.parent)
      if (parent) return this.#behindLeft(item) ?? parent.inside
      item = item.parent instanceof Y.AbstractType ? item.parent._item : null
    }
    return null
  }

  #behindLeft(item: Y.Item): number | null {
    for (let left = item.left; left; left = left.left) {
      const type = left.content instanceof Y.ContentType ? left.content.type : null
      const element = this.#elements.get(type)
      if (element) return element.behind
      const stretch = this.#byText.get(type)
      if (stretch) return stretch.pm + stretch.length
    }
    return null
  }

  /** @returns the position behind what is in the node */
  #walk(node: Y.XmlFragment, inside: number, parts: string[]): number {
    let pm = inside
    for (let item = node._start; item; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      if (type instanceof Y.XmlText) pm += this.#read(type, pm, parts)
      else if (type instanceof Y.XmlElement) pm = this.#enter(type, pm, parts)
    }
    this.#elements.set(node, { inside, behind: pm + 1 })
    return pm
  }

  #enter(element: Y.XmlElement, pm: number, parts: string[]): number {
    const leaf = LEAVES.has(element.nodeName)
    if (leaf || TEXT_BLOCKS.has(element.nodeName)) this.#breaks.push(this.#count())
    if (!leaf) return this.#walk(element, pm + 1, parts) + 1
    this.#elements.set(element, { inside: pm, behind: pm + 1 })
    return pm + 1
  }

  #read(text: Y.XmlText, pm: number, parts: string[]): number {
    const at = this.#count()
    let length = 0
    for (let item = text._start; item; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      parts.push(item.content.str)
      length += item.content.str.length
    }
    const stretch = { text, at, pm, length, places: null, asked: 0 }
    this.#stretches.push(stretch)
    this.#byText.set(text, stretch)
    return length
  }

  #count(): number {
    const last = this.#stretches.at(-1)
    return last ? last.at + last.length : 0
  }

  #positionOf(letter: number): number {
    const { pm, at } = this.#holding(letter)
    return pm + letter - at
  }

  #holding(letter: number): Stretch {
    // An empty text begins where the next one does: the last that begins there holds the letter.
    const stretch = this.#last((one) => one.at <= letter)
    if (!stretch || letter >= stretch.at + stretch.length) throw new Error('there is no such letter')
    return stretch
  }

  #last(holds: (stretch: Stretch) => boolean): Stretch | undefined {
    return this.#stretches[firstWithout(this.#stretches, holds) - 1]
  }

  #firstBreakBehind(offset: number): number {
    return firstWithout(this.#breaks, (at) => at <= offset)
  }
}

/** @returns how many letters stand before an item of this text */
function placeOf(item: Y.Item, stretch: Stretch): number {
  stretch.asked += 1
  if (stretch.asked > WALKS) return placesIn(stretch).get(item) ?? stretch.at
  let { at } = stretch
  for (let left = item.left; left; left = left.left) at += lengthOf(left)
  return at
}

function placesIn(stretch: Stretch): ReadonlyMap<Y.Item, number> {
  if (stretch.places) return stretch.places
  const places = new Map<Y.Item, number>()
  let { at } = stretch
  for (let item = stretch.text._start; item; item = item.right) {
    places.set(item, at)
    at += lengthOf(item)
  }
  stretch.places = places
  return places
}

const lengthOf = (item: Y.Item): number =>
  !item.deleted && item.content instanceof Y.ContentString ? item.length : 0

/** @returns the index of the first that does not hold, in a list that begins with those that do */
function firstWithout<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}
