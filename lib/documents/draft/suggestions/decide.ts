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
 * Accepts or rejects suggestions, as the text stands now; those of the ids that are no longer in it do nothing.
 * @param ids null: all that there are
 */
export function decide(tr: Transform, ids: ReadonlySet<string> | null, verdict: Verdict): Transform {
  const chosen: Chosen = (id) => ids === null || ids.has(id)
  const portions = portionsIn(tr.doc, 0, tr.doc.content.size)
  // From the end on: what is still to come stays where it is.
  for (const portion of portions.toReversed()) {
    if (!touches(portion.block, chosen)) continue
    const acts = runsIn(portion).map((run) => actOn(run, chosen, verdict))
    if (isSwallowed(acts) && blockBehind(tr.doc, portion)) {
      tr.deleteRange(portion.start - 1, portion.start + portion.block.content.size + 1)
    } else for (const act of acts.toReversed()) perform(tr, act, chosen)
  }
  return tr
}

const touches = (block: Node, chosen: Chosen): boolean => {
  let found = false
  block.forEach((node) => {
    found ||= suggestionsOn(node).some((mark) => chosen(idOf(mark)))
  })
  return found
}

const suggestionsOn = (node: Node) => [...insertsOf(node), ...deletesOf(node), ...formatsOf(node)]

type Act =
  | { readonly what: 'keep' | 'remove'; readonly run: Run }
  | { readonly what: 'settle'; readonly run: Run; readonly verdict: Verdict }
  | { readonly what: 'break'; readonly run: Run; readonly kind: Break }

function actOn(run: Run, chosen: Chosen, verdict: Verdict): Act {
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

function perform(tr: Transform, act: Act, chosen: Chosen): void {
  const { from, to } = act.run
  if (act.what === 'remove') tr.delete(from, to)
  if (act.what === 'settle') settle(tr, act.run, act.verdict, chosen)
  if (act.what === 'break') breakAt(tr, from, to, act.kind)
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
const isSwallowed = (acts: readonly Act[]): boolean => {
  const joins = acts.filter((act) => act.what === 'break' && act.kind === 'join')
  return joins.length > 0 && acts.every((act) => act.what === 'remove' || joins.includes(act))
}
