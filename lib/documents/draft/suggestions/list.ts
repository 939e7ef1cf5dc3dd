import type { Node } from '@tiptap/pm/model'
import type { Break, FormatAttrs } from './proposal.ts'
import {
  breakOf,
  deletesOf,
  formatIn,
  formatsOf,
  idOf,
  insertsOf,
  type Portion,
  portionsIn,
  type Run,
  runsIn,
} from './reading.ts'

type Change = Omit<FormatAttrs, 'id' | 'part'>

/** One suggestion, wherever in the text its parts are. */
export type Suggestion = {
  readonly id: string
  /** From its first part to its last, as positions of the document. */
  readonly from: number
  readonly to: number
  readonly inserted: string
  readonly deleted: string
  readonly breaks: readonly Break[]
  /** Each format that would change, and the text that it is about. */
  readonly formats: readonly (Change & { readonly text: string })[]
}

type Open = {
  from: number
  to: number
  inserted: string
  deleted: string
  breaks: Break[]
  formats: (Change & { text: string })[]
}

const suggested = new WeakMap<Node, boolean>()

/** A block that has not changed is the same object as before: most of a text is not read again. */
function hasSuggestions(block: Node): boolean {
  const known = suggested.get(block)
  if (known !== undefined) return known
  let found = false
  block.descendants((node) => {
    found ||=
      node.isText && [insertsOf(node), deletesOf(node), formatsOf(node)].some((marks) => marks.length > 0)
    return !found
  })
  suggested.set(block, found)
  return found
}

/** The suggestions of a text, in the order in which they begin. */
export function suggestionsOf(doc: Node): readonly Suggestion[] {
  const open = new Map<string, Open>()
  doc.forEach((block, at) => {
    if (!hasSuggestions(block)) return
    const portions = portionsIn(doc, at, at + block.nodeSize)
    for (const portion of portions) readBlock(open, portion)
  })
  return [...open].map(([id, one]) => ({ id, ...one })).toSorted((one, other) => one.from - other.from)
}

function readBlock(open: Map<string, Open>, portion: Portion): void {
  for (const run of runsIn(portion)) {
    const { node } = run
    const text = node.text ?? ''
    for (const id of new Set(insertsOf(node).map(idOf))) {
      const one = part(open, id, run)
      const kind = insertsOf(node)
        .map(breakOf)
        .find((found) => found !== null)
      if (kind) one.breaks.push(kind)
      // Between two lines of new text; a break by itself is told in words.
      if (kind === 'split' && one.inserted !== '') one.inserted += ' ¶ '
      if (!kind) one.inserted += text
    }
    for (const id of new Set(deletesOf(node).map(idOf))) part(open, id, run).deleted += text
    for (const mark of formatsOf(node)) addFormat(part(open, idOf(mark), run), formatIn(mark), text)
  }
}

function part(open: Map<string, Open>, id: string, { from, to }: Run): Open {
  const known = open.get(id) ?? { from, to, inserted: '', deleted: '', breaks: [], formats: [] }
  known.to = Math.max(known.to, to)
  open.set(id, known)
  return known
}

function addFormat(one: Open, { mark, add, href }: FormatAttrs, text: string): void {
  const last = one.formats.at(-1)
  if (last && last.mark === mark && last.add === add && last.href === href) last.text += text
  else one.formats.push({ mark, add, href, text })
}

/** The ids on the text at a position: those of what is just before it, and just behind it. */
export function suggestionsAt(doc: Node, pos: number): readonly string[] {
  const { nodeBefore, nodeAfter } = doc.resolve(pos)
  const ids = [nodeBefore, nodeAfter].flatMap((node) =>
    node ? [...insertsOf(node), ...deletesOf(node), ...formatsOf(node)].map(idOf) : [],
  )
  return [...new Set(ids)]
}
