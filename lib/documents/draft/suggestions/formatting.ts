import type { Mark, Node } from '@tiptap/pm/model'
import type { Formatting } from './edits.ts'
import type { Pen } from './pen.ts'
import { FORMATS, type Format } from './proposal.ts'
import { formatIn, formatsOf, idOf, portionsIn, type Run, runsIn } from './reading.ts'

const isFormat = (name: string): name is Format => FORMATS.some((known) => known === name)
const hrefOf = (mark: Mark): string | null => (mark.type.name === 'link' ? String(mark.attrs.href) : null)

/**
 * Proposes a format, or that one goes. Asked for again, one’s own proposal is taken back; on text that is itself one’s
 * own proposal, it is done at once.
 */
export function proposeFormat(pen: Pen, { from, to, mark, add }: Formatting): void {
  const { out, writer } = pen
  const { name } = mark.type
  if (!isFormat(name)) return
  const runs = portionsIn(out.before, from, to)
    .flatMap(runsIn)
    .filter(({ node }) => node.isText)
  const here = ({ from: start, to: end }: Run) =>
    [out.mapping.map(start, 1), out.mapping.map(end, -1)] as const
  for (const run of runs.filter(({ node }) => pen.isMyInsertion(node))) {
    if (add) out.addMark(...here(run), mark)
    else out.removeMark(...here(run), mark)
  }
  const others = runs.filter(({ node }) => !pen.isMyInsertion(node) && mark.isInSet(node.marks) !== add)
  const href = add ? hrefOf(mark) : null
  const mine = (node: Node) =>
    formatsOf(node).filter((one) => formatIn(one).mark === name && writer.isMine(idOf(one)))
  const same = (node: Node) =>
    mine(node).filter((one) => formatIn(one).add === add && formatIn(one).href === href)
  const again = others.length > 0 && others.every(({ node }) => same(node).length > 0)
  const id = writer.makeId()
  for (const run of others) {
    for (const one of again ? same(run.node) : mine(run.node)) out.removeMark(...here(run), one)
    if (!again) pen.format(run.from, run.to, { id, mark: name, add, href })
  }
}
