import type { BodyMark, DraftText } from '#lib/domain/body.ts'
import { countText } from '../text.ts'
import { align, type Match, type Step, stepsBetween } from './align.ts'
import { type Block, blocksOf, type Run, type Shape, titleBlock } from './blocks.ts'

/** A run of one block; `formatted`: the same words under other marks. */
export type Piece = {
  readonly kind: 'same' | 'added' | 'removed' | 'formatted'
  readonly text: string
  readonly marks: readonly BodyMark[]
  /** Of a `formatted` one: the marks that it had. */
  readonly before?: readonly BodyMark[]
}

/** A block of the old text, the new one, or both. Its pieces in order; without the added ones they are the old block. */
export type Row = {
  readonly kind: 'same' | 'added' | 'removed' | 'changed'
  /** Null where the old text has no such block. */
  readonly before: Shape | null
  readonly after: Shape | null
  readonly pieces: readonly Piece[]
}

export type TextDiff = {
  /** The first is the title. */
  readonly rows: readonly Row[]
  readonly wordsAdded: number
  readonly wordsRemoved: number
  /** Stretches whose marks changed, and blocks that became something else. */
  readonly formats: number
}

/** What changed between two texts, block by block and word by word. */
export function diffTexts(before: DraftText, after: DraftText): TextDiff {
  const title: Match<Block> = { before: titleBlock(before.title), after: titleBlock(after.title) }
  const rows = [title, ...align(blocksOf(before.body), blocksOf(after.body))].map(rowOf)
  const pieces = rows.flatMap((row) => row.pieces)
  const words = (kind: Piece['kind']) =>
    pieces.reduce((sum, piece) => (piece.kind === kind ? sum + countText(piece.text).words : sum), 0)
  const formats =
    pieces.filter(({ kind }) => kind === 'formatted').length + rows.filter((row) => hasNewShape(row)).length
  return { rows, wordsAdded: words('added'), wordsRemoved: words('removed'), formats }
}

/** Whether a block of both texts became something else: a heading, say. */
export const hasNewShape = ({ before, after }: Pick<Row, 'before' | 'after'>): boolean =>
  before !== null && after !== null && keyOf(before) !== keyOf(after)

const keyOf = (value: unknown) => JSON.stringify(value)

function rowOf({ before, after }: Match<Block>): Row {
  if (before && after) {
    const shapes = { before: before.shape, after: after.shape }
    const pieces = piecesOf(before, after)
    const same = pieces.every(({ kind }) => kind === 'same') && !hasNewShape(shapes)
    return { kind: same ? 'same' : 'changed', ...shapes, pieces }
  }
  const kind = before ? 'removed' : 'added'
  const runs = (before ?? after)?.runs ?? []
  const pieces = runs.map(({ text, marks }): Piece => ({ kind, text, marks }))
  return { kind, before: before?.shape ?? null, after: after?.shape ?? null, pieces }
}

function piecesOf(before: Block, after: Block): readonly Piece[] {
  const steps = tidy(stepsInside(before.text, after.text), before.text)
  const from = new Reader(before.runs)
  const to = new Reader(after.runs)
  const pieces: Piece[] = []
  for (const { kind, count } of steps) {
    if (kind === 'removed') pieces.push(...from.take(count).map((run): Piece => ({ kind, ...run })))
    else if (kind === 'added') pieces.push(...to.take(count).map((run): Piece => ({ kind, ...run })))
    else pieces.push(...kept(from.take(count), to.take(count)))
  }
  return pieces
}

/** Words that stayed, told apart by whether their marks did. */
function kept(before: readonly Run[], after: readonly Run[]): readonly Piece[] {
  const from = new Reader(before)
  const pieces: Piece[] = []
  for (const run of after) {
    let at = 0
    for (const old of from.take(run.text.length)) {
      const text = run.text.slice(at, at + old.text.length)
      at += text.length
      const same = keyOf(old.marks) === keyOf(run.marks)
      pieces.push({
        kind: same ? 'same' : 'formatted',
        text,
        marks: run.marks,
        ...(!same && { before: old.marks }),
      })
    }
  }
  return joined(pieces)
}

/** Neighbours that say the same of their text are one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    const alike = last && keyOf({ ...last, text: '' }) === keyOf({ ...piece, text: '' })
    if (alike) out[out.length - 1] = { ...last, text: last.text + piece.text }
    else out.push(piece)
  }
  return out
}

/** Hands out runs in order, cut where asked. */
class Reader {
  readonly #runs: readonly Run[]
  #at = 0
  #offset = 0

  constructor(runs: readonly Run[]) {
    this.#runs = runs
  }

  take(length: number): readonly Run[] {
    const taken: Run[] = []
    for (let left = length; left > 0; ) {
      const run = this.#runs[this.#at]
      if (!run) break
      const text = run.text.slice(this.#offset, this.#offset + left)
      if (text !== '') taken.push({ text, marks: run.marks })
      left -= text.length
      this.#offset += text.length
      if (this.#offset >= run.text.length) {
        this.#at += 1
        this.#offset = 0
      }
    }
    return taken
  }
}

/** Above so many words and spaces, a block is compared sentence by sentence first. */
const LONG = 400

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}\p{M}]+['’]?|\s+|./gsu) ?? []
const sentencesOf = (text: string) =>
  (text.match(/[^.!?…\n]+[.!?…\n]*|[.!?…\n]+/g) ?? []).map((sentence) => ({ text: sentence }))

/** Steps between two texts word by word, in UTF-16 units. */
export function stepsInside(before: string, after: string): readonly Step[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', count: before.length }]
  const words = wordsOf(before)
  const others = wordsOf(after)
  if (words.length + others.length <= 2 * LONG) return wordSteps(words, others)
  return align(sentencesOf(before), sentencesOf(after)).flatMap(
    ({ before: one, after: other }): readonly Step[] => {
      if (one && other) return wordSteps(wordsOf(one.text), wordsOf(other.text))
      return [
        one ? { kind: 'removed', count: one.text.length } : { kind: 'added', count: other?.text.length ?? 0 },
      ]
    },
  )
}

function wordSteps(before: readonly string[], after: readonly string[]): readonly Step[] {
  let from = 0
  let to = 0
  return stepsBetween(before, after).map(({ kind, count }) => {
    const words = kind === 'added' ? after.slice(to, to + count) : before.slice(from, from + count)
    if (kind !== 'added') from += count
    if (kind !== 'removed') to += count
    return { kind, count: words.reduce((sum, word) => sum + word.length, 0) }
  })
}

/**
 * A space that stayed between two changes changed with them: «[un][deux] [petit][grand]» is harder to read than
 * «[un petit][deux grand]». Of each change, what was removed comes first.
 */
function tidy(steps: readonly Step[], before: string): readonly Step[] {
  const out: Step[] = []
  let removed = 0
  let added = 0
  let at = 0
  const close = () => {
    if (removed > 0) out.push({ kind: 'removed', count: removed })
    if (added > 0) out.push({ kind: 'added', count: added })
    removed = 0
    added = 0
  }
  for (const [index, { kind, count }] of steps.entries()) {
    const text = kind === 'added' ? '' : before.slice(at, at + count)
    const bridge = removed > 0 && added > 0 && index < steps.length - 1 && text.trim() === ''
    if (kind === 'same' && !bridge) close()
    if (kind === 'same' && !bridge) out.push({ kind, count })
    else {
      if (kind !== 'added') removed += count
      if (kind !== 'removed') added += count
    }
    if (kind !== 'added') at += count
  }
  close()
  return out
}
