import type { Mark, Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { AddMarkStep, Mapping, RemoveMarkStep, ReplaceStep, type StepMap } from '@tiptap/pm/transform'

/** A stretch of the text before (`from`, `to`) that became another one (`newFrom`, `newTo`) in the text after. */
export type Replacement = {
  readonly from: number
  readonly to: number
  readonly newFrom: number
  readonly newTo: number
}
/** A format that was put on a stretch, or taken off it. */
export type Formatting = {
  readonly from: number
  readonly to: number
  readonly mark: Mark
  readonly add: boolean
}
export type Edits = {
  readonly replacements: readonly Replacement[]
  readonly formattings: readonly Formatting[]
}

/** What a transaction does to the text; null where it changes what kind of block something is, or how blocks nest. */
export function editsOf(transaction: Transaction): Edits | null {
  const { steps } = transaction
  const known = steps.every(
    (step) => step instanceof ReplaceStep || step instanceof AddMarkStep || step instanceof RemoveMarkStep,
  )
  if (!known) return null
  const { before, doc } = transaction
  const replacements = replacementsIn(transaction.mapping.maps, before, doc)
  return { replacements, formattings: formattingsOf(transaction) }
}

/** What steps in a row replaced, by what each of them moved; in the order of the text, apart from one another. */
export const replacementsIn = (maps: readonly StepMap[], before: Node, after: Node): readonly Replacement[] =>
  joined(replacementsOf(maps)).map((one) => trimmed(one, before, after))

function replacementsOf(maps: readonly StepMap[]): readonly Replacement[] {
  const all: Replacement[] = []
  const mapping = new Mapping([...maps])
  for (const [at, map] of maps.entries()) {
    const back = backFrom(mapping, at)
    const on = mapping.slice(at + 1)
    map.forEach((from, to, newFrom, newTo) => {
      all.push({
        from: back.map(from, -1),
        to: back.map(to, 1),
        newFrom: on.map(newFrom, -1),
        newTo: on.map(newTo, 1),
      })
    })
  }
  return all.toSorted((one, other) => one.from - other.from || one.to - other.to)
}

/** To the text before, from where so many steps have led. (`slice` keeps all maps, and `invert` turns them all.) */
const backFrom = (mapping: Mapping, steps: number) => new Mapping(mapping.maps.slice(0, steps)).invert()

/** Those that touch are one: a selection that was deleted and then split is replaced by a break. */
function joined(all: readonly Replacement[]): readonly Replacement[] {
  const apart: Replacement[] = []
  for (const one of all) {
    const last = apart.at(-1)
    if (!last || one.from > last.to) apart.push(one)
    else
      apart[apart.length - 1] = {
        from: last.from,
        to: Math.max(last.to, one.to),
        newFrom: Math.min(last.newFrom, one.newFrom),
        newTo: Math.max(last.newTo, one.newTo),
      }
  }
  return apart
}

/** Without what is the same before and after, where both are stretches of one block. */
function trimmed(one: Replacement, before: Node, after: Node): Replacement {
  const { from, to, newFrom, newTo } = one
  const $from = before.resolve(from)
  const $newFrom = after.resolve(newFrom)
  const inBlocks = $from.parent.isTextblock && $newFrom.parent.isTextblock
  if (!inBlocks || to > $from.end() || newTo > $newFrom.end() || from === to || newFrom === newTo) return one
  const old = $from.parent.content.cut($from.parentOffset, to - $from.start())
  const fresh = $newFrom.parent.content.cut($newFrom.parentOffset, newTo - $newFrom.start())
  const start = old.findDiffStart(fresh)
  const end = old.findDiffEnd(fresh)
  if (start === null || !end) return { ...one, to: from, newTo: newFrom }
  // Where letters repeat, the ends may overlap the starts.
  const over = Math.max(0, start - Math.min(end.a, end.b))
  return {
    from: from + start,
    to: from + end.a + over,
    newFrom: newFrom + start,
    newTo: newFrom + end.b + over,
  }
}

/** Of text that was there before; what is on new text, the new text has. */
function formattingsOf({ steps, mapping }: Transaction): readonly Formatting[] {
  return steps.flatMap((step, at) => {
    if (!(step instanceof AddMarkStep) && !(step instanceof RemoveMarkStep)) return []
    const back = backFrom(mapping, at)
    const [from, to] = [back.map(step.from, 1), back.map(step.to, -1)]
    return from < to ? [{ from, to, mark: step.mark, add: step instanceof AddMarkStep }] : []
  })
}
