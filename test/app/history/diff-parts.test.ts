import { expect, it } from 'vitest'
import { partsOf } from '#app/(newsroom)/drafts/[id]/_components/history/diff-parts.ts'
import type { Row } from '#lib/domain/history/diff.ts'

const shape = { type: 'paragraph', within: [] }
/** «.» a block that stayed, «x» one that changed. */
const rowsOf = (kinds: string): readonly Row[] =>
  [...kinds].map((kind) => ({
    kind: kind === '.' ? 'same' : 'changed',
    before: shape,
    after: shape,
    pieces: [],
  }))

const drawn = (kinds: string) =>
  partsOf(rowsOf(kinds)).map((part) =>
    part.kind === 'hidden' ? `(${part.rows.length})` : (part.change ?? '.'),
  )

it('changes are numbered, each with a block around it, and what is far from them is put away', () => {
  expect(drawn('.....x....x')).toEqual(['(4)', '.', 0, '.', '.', '.', '.', 1])
  expect(drawn('......x.......')).toEqual(['(5)', '.', 0, '.', '(6)'])
})

it('a line that says how little is hidden would be longer than what it hides', () => {
  expect(drawn('...x...')).toEqual(['.', '.', '.', 0, '.', '.', '.'])
})

it('no block is lost or shown twice', () => {
  const rows = rowsOf('.x....xx......x.......')
  expect(partsOf(rows).flatMap((part) => (part.kind === 'hidden' ? part.rows : [part.row]))).toEqual(rows)
})
