import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Card, layOut } from '#app/(newsroom)/drafts/[id]/_components/threads/margin-layout.ts'

const GAP = 12
const numbered = (cards: readonly { wanted: number; height: number }[]): readonly Card[] =>
  cards
    .toSorted((one, other) => one.wanted - other.wanted)
    .map((card, index) => ({ ...card, id: String(index) }))
const someCards = fc
  .array(
    fc.record({ wanted: fc.integer({ min: 0, max: 2_000 }), height: fc.integer({ min: 20, max: 400 }) }),
    {
      maxLength: 40,
    },
  )
  .map(numbered)
const cardsWithActive = someCards
  .filter((cards) => cards.length > 0)
  .chain((cards) => fc.record({ cards: fc.constant(cards), at: fc.nat(cards.length - 1) }))
const displacement = (cards: readonly Card[], tops: readonly number[]) =>
  cards.reduce((sum, card, index) => sum + ((tops[index] ?? 0) - card.wanted) ** 2, 0)
const overlaps = (cards: readonly Card[], tops: readonly number[]) =>
  cards.some(
    (card, index) =>
      index + 1 < cards.length && (tops[index] ?? 0) + card.height + GAP > (tops[index + 1] ?? 0) + 1e-6,
  )

describe('the cards of the margin', () => {
  it('keep their order and never overlap, with or without an active one', () => {
    fc.assert(
      fc.property(cardsWithActive, fc.boolean(), ({ cards, at }, some) => {
        const tops = layOut(cards, { gap: GAP, active: some ? String(at) : null })
        expect(tops).toHaveLength(cards.length)
        expect(overlaps(cards, tops)).toBe(false)
      }),
    )
  })

  it('put the active one exactly at its passage', () => {
    fc.assert(
      fc.property(cardsWithActive, ({ cards, at }) => {
        const tops = layOut(cards, { gap: GAP, active: String(at) })
        expect(tops[at]).toBeCloseTo(cards[at]?.wanted ?? Number.NaN, 6)
      }),
    )
  })

  it('never start above the margin as long as none is active', () => {
    fc.assert(
      fc.property(someCards, (cards) => {
        expect(layOut(cards, { gap: GAP, active: null }).every((top) => top >= 0)).toBe(true)
      }),
    )
  })

  it('stay exactly where they are wanted when there is room for all', () => {
    const cards = numbered([
      { wanted: 0, height: 80 },
      { wanted: 92, height: 80 },
      { wanted: 500, height: 80 },
    ])
    expect(layOut(cards, { gap: GAP, active: null })).toEqual([0, 92, 500])
  })

  it('are moved as little as possible: no other allowed places are nearer to the passages', () => {
    const shifts = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(cardsWithActive, shifts, fc.boolean(), ({ cards, at }, moves, some) => {
        const active = some ? at : -1
        const tops = layOut(cards, { gap: GAP, active: some ? String(at) : null })
        const others = tops.map((top, index) => (index === active ? top : top + (moves[index] ?? 0)))
        const allowed = !overlaps(cards, others) && (some || others.every((top) => top >= 0))
        if (allowed) expect(displacement(cards, tops)).toBeLessThanOrEqual(displacement(cards, others) + 1e-6)
      }),
      { numRuns: 500 },
    )
  })

  it('that all want one place share the way equally above and below it', () => {
    const cards = numbered([
      { wanted: 300, height: 88 },
      { wanted: 300, height: 88 },
      { wanted: 300, height: 88 },
    ])
    expect(layOut(cards, { gap: GAP, active: null })).toEqual([200, 300, 400])
  })
})
