import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VolunteerId } from '#lib/domain/ids.ts'
import {
  excerptOf,
  MAX_COMMENT,
  mentionOf,
  mentionsIn,
  partsOf,
  readComment,
  tidyComment,
} from '#lib/domain/threads/comment.ts'
import { isReaction, REACTIONS } from '#lib/domain/threads/reaction.ts'

const id = fc.uuid().map((text) => text.toLowerCase() as VolunteerId)
/** Text with anything in it: mentions, almost mentions, control characters, halves of characters. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      id.map(mentionOf),
      fc.constantFrom('@[', ']', '@[123]', '\0', '\r\n', '\ud83c', '\udf89', '<script>', ' ', '\n'),
      fc.uuid().map((uuid) => `@[${uuid.toUpperCase()}]`),
    ),
  )
  .map((parts) => parts.join(''))

describe('a comment', () => {
  it('is kept as text that PostgreSQL and JSON can hold, and keeping it again changes nothing', () => {
    fc.assert(
      fc.property(text, (written) => {
        const kept = tidyComment(written)
        expect(kept.isWellFormed()).toBe(true)
        expect(kept).not.toMatch(/[\0\r]|^\s|\s$/)
        expect(tidyComment(kept)).toBe(kept)
      }),
    )
  })

  it('has from one character that can be seen to ten thousand', () => {
    for (const nothing of ['', ' \n\t ', '\0', '\u200b\u2060', '\u00a0'])
      expect(readComment(nothing)).toEqual({ ok: false, error: 'empty' })
    expect(readComment('  !  ')).toEqual({ ok: true, value: '!' })
    expect(readComment('🎉')).toEqual({ ok: true, value: '🎉' })
    const longest = 'x'.repeat(MAX_COMMENT)
    expect(readComment(` ${longest}\n`)).toEqual({ ok: true, value: longest })
    expect(readComment(`${longest}x`)).toEqual({ ok: false, error: 'tooLong' })
  })

  it('of a megabyte is refused without keeping anybody waiting', () => {
    const begun = performance.now()
    for (const unit of ['x', '@[', ' ', '\0', mentionOf('0' as VolunteerId)])
      readComment(unit.repeat(2_000_000 / unit.length))
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})

describe('mentions', () => {
  it('are found where they are written, and what is between them stays as it is', () => {
    const pieces = fc.array(fc.oneof(id, fc.constantFrom('Salut ', '@', '[', '] ', '\n', 'é')))
    fc.assert(
      fc.property(pieces, (list) => {
        const body = list
          .map((piece) => (piece.length === 36 ? mentionOf(piece as VolunteerId) : piece))
          .join('')
        expect(mentionsIn(body)).toEqual([...new Set(list.filter((piece) => piece.length === 36))])
      }),
    )
  })

  it('and texts put together again are the whole comment; no two texts are neighbours', () => {
    fc.assert(
      fc.property(text, (body) => {
        const parts = partsOf(body)
        expect(parts.map((part) => (part.kind === 'text' ? part.text : mentionOf(part.id))).join('')).toBe(
          body,
        )
        for (const [at, part] of parts.entries())
          if (part.kind === 'text') expect([part.text === '', parts[at + 1]?.kind]).not.toContain('text')
      }),
    )
  })

  it('name nobody where the id is not one as it is written everywhere', () => {
    const upper = 'AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA'
    for (const body of [`@[${upper}]`, '@[]', `@[${'-'.repeat(36)}]`, '@ada', `[${upper.toLowerCase()}]`])
      expect(mentionsIn(body)).toEqual([])
  })
})

describe('the beginning of a comment', () => {
  it('is one line of at most the length asked for, with no half of a character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (body, length) => {
        const line = excerptOf(tidyComment(body), () => 'Ève', length)
        expect(line.length).toBeLessThanOrEqual(length)
        expect(line).not.toMatch(/\n/)
        expect(line.isWellFormed()).toBe(true)
      }),
    )
  })

  it('names people, and ends between two words where it can', () => {
    const eve = '00000000-0000-4000-8000-000000000001' as VolunteerId
    const body = `Vois avec ${mentionOf(eve)}\nle budget des rives`
    expect(excerptOf(body, () => 'Ève')).toBe('Vois avec @Ève le budget des rives')
    expect(excerptOf(body, () => 'Ève', 24)).toBe('Vois avec @Ève le…')
    expect(excerptOf(mentionOf(eve), () => null)).toBe('@…')
  })
})

it('reactions are a short list, each once, and nothing else is one', () => {
  expect(new Set(REACTIONS).size).toBe(REACTIONS.length)
  for (const emoji of REACTIONS) expect(isReaction(emoji)).toBe(true)
  for (const other of ['', '👍👍', '<b>', '💩', 'toString']) expect(isReaction(other)).toBe(false)
})
