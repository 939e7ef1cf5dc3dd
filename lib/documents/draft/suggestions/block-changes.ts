import type { Node } from '@tiptap/pm/model'
import { simpleDiff } from 'lib0/diff'
import type { Replacement } from './edits.ts'

/** A node, and the position in its document at which its content begins. */
type Placed = { readonly node: Node; readonly at: number }
export type Changed = { readonly path: readonly number[]; readonly old: Placed; readonly fresh: Placed }

/** Blocks of text whose content changed; null where blocks came, went or became others. */
export function changedBlocks(
  old: Placed,
  fresh: Placed,
  path: readonly number[] = [],
): readonly Changed[] | null {
  if (old.node === fresh.node) return []
  if (!old.node.hasMarkup(fresh.node.type, fresh.node.attrs, fresh.node.marks)) return null
  if (old.node.isTextblock) return [{ path, old, fresh }]
  if (old.node.childCount !== fresh.node.childCount) return null
  const found: Changed[] = []
  const at = { old: old.at, fresh: fresh.at }
  for (let index = 0; index < old.node.childCount; index += 1) {
    const [before, now] = [old.node.child(index), fresh.node.child(index)]
    const inside = changedBlocks({ node: before, at: at.old + 1 }, { node: now, at: at.fresh + 1 }, [
      ...path,
      index,
    ])
    if (!inside) return null
    found.push(...inside)
    at.old += before.nodeSize
    at.fresh += now.nodeSize
  }
  return found
}

/** Text between two line breaks, as the shared block keeps it in one; or a line break: null. Positions of the document. */
type Part = { readonly from: number; to: number; readonly nodes: Node[] | null }

export function partsOf({ node: block, at }: Placed): readonly Part[] {
  const parts: Part[] = []
  block.forEach((node, offset) => {
    const last = parts.at(-1)
    const to = at + offset + node.nodeSize
    if (node.isText && last?.nodes) {
      last.nodes.push(node)
      last.to = to
    } else parts.push({ from: at + offset, to, nodes: node.isText ? [node] : null })
  })
  return parts
}

/** What was done to one text, in places of that text; null where something reached beyond it. */
export function editsWithin(
  replacements: readonly Replacement[],
  old: Part,
  fresh: Part,
): readonly Edit[] | null {
  const edits: Edit[] = []
  for (const { from, to, newFrom, newTo } of replacements) {
    if (to < old.from || from > old.to) continue
    if (from < old.from || to > old.to || newFrom < fresh.from || newTo > fresh.to) return null
    edits.push({
      index: from - old.from,
      remove: to - from,
      from: newFrom - fresh.from,
      to: newTo - fresh.from,
    })
  }
  return edits
}

/** So many characters behind `index` of the text before became those of the text after between `from` and `to`. */
export type Edit = {
  readonly index: number
  readonly remove: number
  readonly from: number
  readonly to: number
}

/** The edits, where they do lead from one text to the other; else the one that comparing the two gives. */
export function changesOf(old: string, fresh: string, edits: readonly Edit[] | null): readonly Edit[] {
  let [result, at] = ['', 0]
  for (const { index, remove, from, to } of edits ?? []) {
    result += old.slice(at, index) + fresh.slice(from, to)
    at = index + remove
  }
  if (edits && result + old.slice(at) === fresh) return edits
  const { index, remove, insert } = simpleDiff(old, fresh)
  return [{ index, remove, from: index, to: index + insert.length }]
}
