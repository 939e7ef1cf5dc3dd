import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storedExcerpt } from '#lib/domain/inbox/excerpt.ts'
import { withNames } from '#lib/domain/threads/comment.ts'

const ID = '0b0e7c1a-2f4d-4c11-9a53-0c7d6a1f2e3b'
const mention = `@[${ID}]`

describe('an excerpt', () => {
  it('is one line, and the whole where it is short', () => {
    expect(storedExcerpt('  Bonjour\n\n à   tous ')).toBe('Bonjour à tous')
    expect(storedExcerpt('')).toBe('')
  })

  it('never cuts a mention or a letter in two, and is bounded, whatever is said', () => {
    const piece = fc.oneof(fc.constant(mention), fc.constant('😀'), fc.string(), fc.constant('\n'))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        const excerpt = storedExcerpt(pieces.join(' '))
        expect(excerpt.length).toBeLessThanOrEqual(281)
        expect(withNames(excerpt, () => 'x')).not.toMatch(/@\[[0-9a-f]{8}-/)
        expect(excerpt.replace('…', '').isWellFormed() || !pieces.join('').isWellFormed()).toBe(true)
      }),
    )
  })

  it('of a megabyte looks at its beginning alone', () => {
    expect(storedExcerpt('a '.repeat(500_000)).length).toBeLessThan(300)
    expect(storedExcerpt(`${' '.repeat(1_000_000)}fin`)).toBe('')
  })
})

it('mentions are read with names; no id is ever shown', () => {
  expect(withNames(`Salut ${mention}!`, (id) => (id === ID ? 'Zoé' : null))).toBe('Salut @Zoé!')
  expect(withNames(mention, () => null)).toBe('@…')
})
