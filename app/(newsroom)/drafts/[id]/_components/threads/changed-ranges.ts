import { Fragment, type Node } from '@tiptap/pm/model'
import { Mapping, StepMap } from '@tiptap/pm/transform'

const childrenOf = (doc: Node): readonly Node[] =>
  Array.from({ length: doc.childCount }, (_, index) => doc.child(index))
const sizeOf = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + node.nodeSize, 0)

/** What differs between two rows of blocks, `at` being the position of the first: `[start, old size, new size]`. */
function changeOf(before: readonly Node[], after: readonly Node[], at: number): readonly number[] {
  const [old, now] = [Fragment.fromArray([...before]), Fragment.fromArray([...after])]
  const start = old.findDiffStart(now)
  const ends = old.findDiffEnd(now)
  if (start === null || ends === null) return []
  // Where letters repeat, both ends may claim the same ones: «aa» in «aaa».
  const shared = Math.max(0, start - Math.min(ends.a, ends.b))
  return [at + start, ends.a + shared - start, ends.b + shared - start]
}

/**
 * What a change did to positions, where all that is known of it is the text before and after. The binding to the shared
 * text replaces the whole of it at each change by others; but blocks that nobody touched are the same nodes
 * (kept-nodes.ts), and what lies between two of them is compared by itself.
 */
export function mappingBetween(before: Node, after: Node): Mapping {
  const [old, now] = [childrenOf(before), childrenOf(after)]
  const places = new Map(old.map((node, index) => [node, index]))
  const ranges: number[] = []
  let [oldFrom, nowFrom, at] = [0, 0, 0]
  const compare = (oldTo: number, nowTo: number) => {
    const [gone, come] = [old.slice(oldFrom, oldTo), now.slice(nowFrom, nowTo)]
    if (gone.length > 0 || come.length > 0) ranges.push(...changeOf(gone, come, at))
    at += sizeOf(gone)
  }
  for (const [index, node] of now.entries()) {
    const place = places.get(node)
    if (place === undefined || place < oldFrom) continue
    compare(place, index)
    at += node.nodeSize
    oldFrom = place + 1
    nowFrom = index + 1
  }
  compare(old.length, now.length)
  return new Mapping(ranges.length > 0 ? [new StepMap(ranges)] : [])
}
