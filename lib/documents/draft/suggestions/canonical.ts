import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { insertsOf, isSuggestion } from './reading.ts'

/** A text without what is only suggested (`canonicalText`, for the editor’s nodes). */
export const canonicalDoc = (doc: Node): Node => doc.copy(canonicalFragment(doc.content))

/**
 * What leaves the editor by the clipboard. A selection of nothing but proposed text is taken as it reads: whoever
 * selects exactly that wants exactly that.
 */
export function canonicalSlice({ content, openStart, openEnd }: Slice): Slice {
  const canonical = canonicalFragment(content)
  const hasText = textOf(canonical) !== '' || textOf(content) === ''
  return new Slice(hasText ? canonical : withoutMarks(content), openStart, openEnd)
}

/** Characters of a block’s canonical text; leaves other than text count as a line feed. */
export const canonicalTextOf = (block: Node): string => {
  const canonical = canonicalFragment(block.content)
  return canonical.textBetween(0, canonical.size, '\n', '\n')
}

const textOf = (fragment: Fragment) => fragment.textBetween(0, fragment.size, '', '')

const mapped = (fragment: Fragment, run: (node: Node) => Node | null): Fragment => {
  const nodes: Node[] = []
  fragment.forEach((node) => {
    const kept = node.isText ? run(node) : node.copy(mapped(node.content, run))
    if (kept) nodes.push(kept)
  })
  return Fragment.from(nodes)
}

const unmarked = (node: Node): Node => node.mark(node.marks.filter((mark) => !isSuggestion(mark)))
const isSign = (node: Node): boolean => insertsOf(node).some((mark) => mark.attrs.kind !== null)

const canonicalFragment = (fragment: Fragment): Fragment =>
  mapped(fragment, (node) => (insertsOf(node).length > 0 ? null : unmarked(node)))
const withoutMarks = (fragment: Fragment): Fragment =>
  mapped(fragment, (node) => (isSign(node) ? null : unmarked(node)))
