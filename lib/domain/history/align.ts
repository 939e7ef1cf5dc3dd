import { diffArrays } from 'diff'

/** So many in a row that both lists have, or only the first, or only the second. */
export type Step = { readonly kind: 'same' | 'removed' | 'added'; readonly count: number }

/** How many differences are looked for, before two lists count as having nothing in common between their ends. */
const MOST_EDITS = 1500

/** How to come from one list to the other with the fewest removals and additions. */
export function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const removed = before.slice(head, before.length - tail)
  const added = after.slice(head, after.length - tail)
  const middle = diffArrays(removed, added, { maxEditLength: MOST_EDITS })?.map(
    (change): Step => ({
      kind: change.removed ? 'removed' : change.added ? 'added' : 'same',
      count: change.count,
    }),
  ) ?? [
    { kind: 'removed', count: removed.length },
    { kind: 'added', count: added.length },
  ]
  const steps: Step[] = [{ kind: 'same', count: head }, ...middle, { kind: 'same', count: tail }]
  return steps.filter(({ count }) => count > 0)
}

/** Something of each list that belongs together, or of one where the other has nothing like it. */
export type Match<T> =
  | { readonly before: T; readonly after: T }
  | { readonly before: T; readonly after: null }
  | { readonly before: null; readonly after: T }

/** A piece of text in a list: a block, a sentence. */
type Unit = { readonly text: string }

/** Puts the pieces of two texts beside one another: equal ones first, then, between those, the similar ones. */
export function align<T extends Unit>(before: readonly T[], after: readonly T[]): readonly Match<T>[] {
  const matches: Match<T>[] = []
  let removed: T[] = []
  let added: T[] = []
  let from = 0
  let to = 0
  const closeHole = () => {
    matches.push(...pairSimilar(removed, added))
    removed = []
    added = []
  }
  const textOf = ({ text }: T) => text
  for (const { kind, count } of stepsBetween(before.map(textOf), after.map(textOf))) {
    if (kind === 'removed') removed.push(...before.slice(from, from + count))
    else if (kind === 'added') added.push(...after.slice(to, to + count))
    else {
      closeHole()
      for (let step = 0; step < count; step += 1) {
        const one = before[from + step]
        const other = after[to + step]
        if (one && other) matches.push({ before: one, after: other })
      }
    }
    if (kind !== 'added') from += count
    if (kind !== 'removed') to += count
  }
  closeHole()
  return matches
}

/** Above so many pairs to compare, a hole is cut in two, each half being looked at alone. */
const MOST_PAIRS = 250_000
/** From this share of common words on, two pieces are the same one, rewritten. */
const SIMILAR = 0.35
/** How alike such a pair is. */
const GROWN = 0.5
/** What is shorter than this, in UTF-16 units, may begin like something else by chance. */
const LEAST_GROWN = 8

function pairSimilar<T extends Unit>(before: readonly T[], after: readonly T[]): readonly Match<T>[] {
  const rows = before.length
  const columns = after.length
  if (rows * columns > MOST_PAIRS) {
    const [row, column] = [rows >> 1, columns >> 1]
    return [
      ...pairSimilar(before.slice(0, row), after.slice(0, column)),
      ...pairSimilar(before.slice(row), after.slice(column)),
    ]
  }
  return readPairs(before, after, scores(before, after))
}

type Scores = { readonly likeness: Float32Array; readonly best: Float32Array }

/** `best` of [row, column]: the most likeness that the pieces from there on have in common, in their order. */
function scores(before: readonly Unit[], after: readonly Unit[]): Scores {
  const columns = after.length
  const likeness = new Float32Array(before.length * columns)
  const best = new Float32Array((before.length + 1) * (columns + 1))
  const ids = new Map<string, number>()
  const bags = before.map(({ text }) => bagOf(text, ids))
  const others = after.map(({ text }) => bagOf(text, ids))
  for (let row = bags.length - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const like = Math.max(likenessOf(bags[row], others[column]), growthOf(before[row], after[column]))
      likeness[row * columns + column] = like
      const at = row * (columns + 1) + column
      const below = best[at + columns + 1] ?? 0
      const right = best[at + 1] ?? 0
      const both = like >= SIMILAR ? like + (best[at + columns + 2] ?? 0) : 0
      best[at] = Math.max(below, right, both)
    }
  }
  return { likeness, best }
}

function readPairs<T>(
  before: readonly T[],
  after: readonly T[],
  { likeness, best }: Scores,
): readonly Match<T>[] {
  const matches: Match<T>[] = []
  const columns = after.length
  let row = 0
  let column = 0
  for (;;) {
    const one = before[row]
    const other = after[column]
    const at = row * (columns + 1) + column
    const like = one && other ? (likeness[row * columns + column] ?? 0) : 0
    if (one && other && like >= SIMILAR && best[at] === Math.fround(like + (best[at + columns + 2] ?? 0))) {
      matches.push({ before: one, after: other })
      row += 1
      column += 1
    } else if (one && (!other || best[at] === best[at + columns + 1])) {
      matches.push({ before: one, after: null })
      row += 1
    } else if (other) {
      matches.push({ before: null, after: other })
      column += 1
    } else return matches
  }
}

/** A piece that was only added to, or cut at one end, is the same one, however much that is. */
function growthOf(one: Unit | undefined, other: Unit | undefined): number {
  if (!one || !other) return 0
  const [short, long] = one.text.length < other.text.length ? [one.text, other.text] : [other.text, one.text]
  const grown = short.length >= LEAST_GROWN && (long.startsWith(short) || long.endsWith(short))
  return grown ? GROWN : 0
}

/** The words of a text as sorted numbers. */
function bagOf(text: string, ids: Map<string, number>): Uint32Array {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return Uint32Array.from(words, (word) => {
    const id = ids.get(word) ?? ids.size
    ids.set(word, id)
    return id
  }).sort()
}

/** How much of two bags is common, from 0 to 1. */
function likenessOf(one: Uint32Array = new Uint32Array(), other: Uint32Array = new Uint32Array()): number {
  const size = one.length + other.length
  if (size === 0 || 2 * Math.min(one.length, other.length) < SIMILAR * size) return 0
  let common = 0
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const difference = (one[i] ?? 0) - (other[j] ?? 0)
    if (difference === 0) common += 1
    if (difference <= 0) i += 1
    if (difference >= 0) j += 1
  }
  return (2 * common) / size
}
