import type { Node } from '@tiptap/pm/model'
import { canSplit, type Transform } from '@tiptap/pm/transform'
import { type Break, INSERT } from './proposal.ts'
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

export type Verdict = 'accept' | 'reject'
type Chosen = (id: string) => boolean

/**
 * Takes a step in accepting or rejecting suggestions, as the text stands now: of every block all that only changes marks,
 * and the last of what changes its text. Ids that are no longer in the text do nothing.
 *
 * Steps are to reach the shared text one by one. The binding writes the smallest stretch that holds all changes to a
 * block’s text anew: what lies between two of them would lose the threads on it, and what others are writing there.
 * @param ids null: all that there are
 * @returns false: there was nothing left to do
 */
export function decideStep(tr: Transform, ids: ReadonlySet<string> | null, verdict: Verdict): boolean {
  const { doc } = tr
  const chosen: Chosen = (id) => ids === null || ids.has(id)
  // From the end on: what is still to come stays where it is.
  for (const portion of portionsIn(doc, 0, doc.content.size).toReversed()) {
    if (!touches(portion.block, chosen)) continue
    const fates = runsIn(portion).map((run) => fateOf(run, chosen, verdict))
    if (isSwallowed(fates) && blockBehind(doc, portion)) {
      tr.deleteRange(portion.start - 1, portion.start + portion.block.content.size + 1)
      continue
    }
    const last = fates.findLast(({ what }) => what === 'remove' || what === 'break')
    for (const fate of fates.toReversed())
      if (fate === last || fate.what === 'settle') perform(tr, fate, chosen)
  }
  return tr.doc !== doc
}

const touches = (block: Node, chosen: Chosen): boolean => {
  let found = false
  block.forEach((node) => {
    found ||= suggestionsOn(node).some((mark) => chosen(idOf(mark)))
  })
  return found
}

const suggestionsOn = (node: Node) => [...insertsOf(node), ...deletesOf(node), ...formatsOf(node)]

type Fate =
  | { readonly what: 'keep' | 'remove'; readonly run: Run }
  | { readonly what: 'settle'; readonly run: Run; readonly verdict: Verdict }
  | { readonly what: 'break'; readonly run: Run; readonly kind: Break }

function fateOf(run: Run, chosen: Chosen, verdict: Verdict): Fate {
  const { node } = run
  if (!suggestionsOn(node).some((mark) => chosen(idOf(mark)))) return { what: 'keep', run }
  const going = verdict === 'accept' ? deletesOf(node) : insertsOf(node)
  if (going.some((mark) => chosen(idOf(mark)))) return { what: 'remove', run }
  const kind = insertsOf(node)
    .map(breakOf)
    .find((one) => one !== null)
  const isIn = insertsOf(node).every((mark) => chosen(idOf(mark)))
  if (verdict === 'accept' && kind && isIn) return { what: 'break', run, kind }
  return { what: 'settle', run, verdict }
}

function perform(tr: Transform, fate: Fate, chosen: Chosen): void {
  const { from, to } = fate.run
  if (fate.what === 'remove') tr.delete(from, to)
  if (fate.what === 'settle') settle(tr, fate.run, fate.verdict, chosen)
  if (fate.what === 'break') breakAt(tr, from, to, fate.kind)
}

function settle(tr: Transform, { node, from, to }: Run, verdict: Verdict, chosen: Chosen): void {
  const { marks } = tr.doc.type.schema
  const rest = insertsOf(node).filter((mark) => !chosen(idOf(mark)))
  for (const mark of suggestionsOn(node)) {
    if (!chosen(idOf(mark))) continue
    tr.removeMark(from, to, mark)
    // A break in a passage that is itself only proposed is then a break of that passage.
    const kind = breakOf(mark)
    const around = rest.find((one) => breakOf(one) === null)
    if (mark.type.name === INSERT && kind && around) {
      tr.removeMark(from, to, around)
      tr.addMark(from, to, mark.type.create({ ...around.attrs, kind }))
    }
  }
  if (verdict === 'reject') return
  const formats = formatsOf(node)
    .filter((mark) => chosen(idOf(mark)))
    .map(formatIn)
  for (const { mark, add, href } of formats.toSorted((one, other) => Number(one.add) - Number(other.add))) {
    const type = marks[mark]
    if (type && add) tr.addMark(from, to, type.create(mark === 'link' ? { href } : null))
    else if (type) tr.removeMark(from, to, type)
  }
}

function breakAt(tr: Transform, from: number, to: number, kind: Break): void {
  const { nodes } = tr.doc.type.schema
  if (kind === 'line') {
    if (nodes.hardBreak) tr.replaceWith(from, to, nodes.hardBreak.create())
    return
  }
  tr.delete(from, to)
  if (kind === 'split') split(tr, from)
  else if (kind === 'unline') {
    const behind = tr.doc.nodeAt(from)
    if (behind?.type === nodes.hardBreak) tr.delete(from, from + 1)
  } else join(tr, from)
}

/** As the Enter key would: a new item in a list, a paragraph behind a heading. */
function split(tr: Transform, pos: number): void {
  const $pos = tr.doc.resolve(pos)
  const { paragraph } = tr.doc.type.schema.nodes
  const inItem = $pos.depth > 1 && $pos.node(-1).type.name === 'listItem' && $pos.index(-1) === 0
  const depth = inItem ? 2 : 1
  const atEnd = pos === $pos.end() && $pos.parent.type.name === 'heading'
  const types = atEnd && paragraph ? [{ type: paragraph }] : undefined
  if (canSplit(tr.doc, pos, depth, types)) tr.split(pos, depth, types)
}

function join(tr: Transform, pos: number): void {
  const $pos = tr.doc.resolve(pos)
  const behind = blockBehind(tr.doc, { start: $pos.start(), block: $pos.parent })
  if (behind) tr.delete($pos.end(), behind.start)
}

const blockBehind = (doc: Node, { start, block }: Pick<Portion, 'start' | 'block'>) =>
  portionsIn(doc, start + block.content.size, doc.content.size)[1]

/** Everything in it goes, and so does its end: the block goes, and what is behind stays what it is. */
const isSwallowed = (fates: readonly Fate[]): boolean => {
  const joins = fates.filter((fate) => fate.what === 'break' && fate.kind === 'join')
  return joins.length > 0 && fates.every((fate) => fate.what === 'remove' || joins.includes(fate))
}
