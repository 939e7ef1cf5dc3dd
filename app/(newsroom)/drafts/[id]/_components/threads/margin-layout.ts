/** A card of the margin. Pixels from the top of the margin. */
export type Card = {
  readonly id: string
  /** Top of its passage. */
  readonly wanted: number
  readonly height: number
}

export type Layout = {
  /** Between two cards; pixels. */
  readonly gap: number
  /** The card that is open stands exactly at its passage, whatever the others have to do. */
  readonly active: string | null
}

/** Cards that have moved together; `mean` is where the first of them would start, were they all without height. */
type Block = { sum: number; count: number; mean: number }

/**
 * Where each card stands: in the order given, none over another, and as near to their passages as that allows
 * (least squares). Without their heights the cards only have to keep their order, which is isotonic regression:
 * neighbours in the wrong order are pooled at the mean of what they want.
 * @param cards in the order of their passages
 * @returns their tops, in the same order
 */
export function layOut(cards: readonly Card[], { gap, active }: Layout): readonly number[] {
  const offsets = startsOf(cards, gap)
  const wanted = cards.map((card, index) => card.wanted - (offsets[index] ?? 0))
  const fixed = active === null ? -1 : cards.findIndex(({ id }) => id === active)
  const place = (index: number, shifted: number) => shifted + (offsets[index] ?? 0)
  if (fixed < 0) {
    return isotonic(wanted).map((shifted, index) => place(index, Math.max(0, shifted)))
  }
  const bound = wanted[fixed] ?? 0
  const before = isotonic(wanted.slice(0, fixed)).map((shifted) => Math.min(shifted, bound))
  const after = isotonic(wanted.slice(fixed + 1)).map((shifted) => Math.max(shifted, bound))
  return [...before, bound, ...after].map((shifted, index) => place(index, shifted))
}

/** Where cards would start if they stood one right after another from 0. */
function startsOf(cards: readonly Card[], gap: number): readonly number[] {
  const starts: number[] = []
  let next = 0
  for (const { height } of cards) {
    starts.push(next)
    next += height + gap
  }
  return starts
}

/** The rising sequence that is nearest to `values`. */
function isotonic(values: readonly number[]): readonly number[] {
  const blocks: Block[] = []
  for (const value of values) {
    let block: Block = { sum: value, count: 1, mean: value }
    for (let last = blocks.at(-1); last && last.mean > block.mean; last = blocks.at(-1)) {
      blocks.pop()
      const [sum, count] = [last.sum + block.sum, last.count + block.count]
      block = { sum, count, mean: sum / count }
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ mean, count }) => Array.from({ length: count }, () => mean))
}
