import type { Mark, Node } from '@tiptap/pm/model'
import { type Break, DELETE, FORMAT, type FormatAttrs, INSERT, SUGGESTION_MARKS } from './proposal.ts'

export const isSuggestion = (mark: Mark): boolean => SUGGESTION_MARKS.has(mark.type.name)
export const idOf = (mark: Mark): string => String(mark.attrs.id)

export const marksNamed = (node: Node, name: string): readonly Mark[] =>
  node.marks.filter((mark) => mark.type.name === name)
export const insertsOf = (node: Node) => marksNamed(node, INSERT)
export const deletesOf = (node: Node) => marksNamed(node, DELETE)
export const formatsOf = (node: Node) => marksNamed(node, FORMAT)

/** What a proposed insertion stands for, where it is the sign of a break. */
export const breakOf = (mark: Mark): Break | null => mark.attrs.kind ?? null

export const formatIn = ({ attrs }: Mark): FormatAttrs => ({
  id: attrs.id,
  part: attrs.part,
  mark: attrs.mark,
  add: attrs.add,
  href: attrs.href,
})

/** A stretch of text with one set of marks, at its positions in the document. */
export type Run = { readonly node: Node; readonly from: number; readonly to: number }

/** A block of text, and what of it lies between two positions. */
export type Portion = {
  readonly block: Node
  /** Where the block’s content begins. */
  readonly start: number
  readonly from: number
  readonly to: number
}

/** The blocks of text that a range touches, in their order. A range inside of one, also an empty one, touches it. */
export function portionsIn(doc: Node, from: number, to: number): readonly Portion[] {
  const portions: Portion[] = []
  const $from = doc.resolve(from)
  if (from === to) {
    if (!$from.parent.isTextblock) return []
    return [{ block: $from.parent, start: $from.start(), from, to }]
  }
  doc.nodesBetween(from, to, (block, pos) => {
    if (!block.isTextblock) return true
    const start = pos + 1
    const end = start + block.content.size
    portions.push({ block, start, from: Math.max(start, from), to: Math.min(end, to) })
    return false
  })
  return portions
}

/** What stands in a block between two positions: runs of text, and line breaks. */
export function runsIn({ block, start, from, to }: Portion): readonly Run[] {
  const runs: Run[] = []
  block.forEach((node, offset) => {
    const run = {
      node,
      from: Math.max(from, start + offset),
      to: Math.min(to, start + offset + node.nodeSize),
    }
    if (run.from < run.to) runs.push(run)
  })
  return runs
}

/** Where the last block of text that ends before a position ends; null where there is none. */
export function lastTextBefore(doc: Node, pos: number): number | null {
  let found: number | null = null
  doc.nodesBetween(0, Math.max(0, pos), (node, at) => {
    if (node.isTextblock && at + node.nodeSize <= pos) found = at + node.nodeSize - 1
    return !node.isTextblock
  })
  return found
}

/** Where the first block of text that begins behind a position begins; null where there is none. */
export function firstTextBehind(doc: Node, pos: number): number | null {
  let found: number | null = null
  doc.nodesBetween(Math.min(pos, doc.content.size), doc.content.size, (node, at) => {
    if (node.isTextblock && at >= pos) found ??= at + 1
    return !node.isTextblock
  })
  return found
}
