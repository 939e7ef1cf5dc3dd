import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linked } from '#app/(newsroom)/_threads/linked.ts'
import {
  bodyOf,
  callAt,
  NOTHING,
  nameAt,
  readBody,
  rewrite,
  type Written,
} from '#app/(newsroom)/_threads/written.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

const ANA = '00000000-0000-4000-8000-00000000000a' as VolunteerId
const BOB = '00000000-0000-4000-8000-00000000000b' as VolunteerId
const NAMES = new Map([
  [ANA, 'Ana'],
  [BOB, 'Ana Bélanger'],
])
const nameOf = (id: VolunteerId) => NAMES.get(id) ?? null
const type = (text: string): Written => rewrite(NOTHING, text)

describe('the text of a composer', () => {
  it('shows names and keeps whom they mean, also of two people whose names begin alike', () => {
    const body = `Merci @[${ANA}] et @[${BOB}].`
    const written = readBody(body, nameOf)
    expect(written.text).toBe('Merci @Ana et @Ana Bélanger.')
    expect(bodyOf(written)).toBe(body)
  })

  it('reads back as it was, whatever is in it', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(`@[${ANA}]`, `@[${BOB}]`, '@', '@[', '\n'))
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const body = parts.join('')
        expect(bodyOf(readBody(body, nameOf))).toBe(body)
      }),
    )
  })

  it('lets a name go when a letter of it is changed, and only that one', () => {
    const before = readBody(`@[${ANA}], @[${BOB}]`, nameOf)
    const after = rewrite(before, '@Anna, @Ana Bélanger')
    expect(bodyOf(after)).toBe(`@Anna, @[${BOB}]`)
  })

  it('moves names along with what is typed before them', () => {
    const before = readBody(`@[${BOB}]`, nameOf)
    expect(bodyOf(rewrite(before, 'Salut @Ana Bélanger'))).toBe(`Salut @[${BOB}]`)
  })

  it('calls for a name behind «@» at the start of a word, not in an address', () => {
    expect(callAt(type('Allô @bél'), 9)).toEqual({ from: 5, typed: 'bél' })
    expect(callAt(type('@'), 1)).toEqual({ from: 0, typed: '' })
    expect(callAt(type('(@marie-ève tr'), 14)).toEqual({ from: 1, typed: 'marie-ève tr' })
    expect(callAt(type('ana@exemple'), 11)).toBeNull()
    expect(callAt(type('@ ana'), 5)).toBeNull()
  })

  it('puts a name where it was called, with one space behind it, and does not call for it again', () => {
    const before = type('Allô @an, ça va')
    const { written, caret } = nameAt(before, { from: 5, typed: 'an' }, { id: ANA, name: 'Ana' })
    expect(bodyOf(written)).toBe(`Allô @[${ANA}] , ça va`)
    expect(written.text.slice(0, caret)).toBe('Allô @Ana ')
    expect(callAt(written, 9)).toBeNull()
  })
})

describe('addresses in a comment', () => {
  it('are links when they are https, without what ends the sentence', () => {
    expect(linked('Voir https://exemple.quebec/a?b=1. Merci')).toEqual([
      { text: 'Voir ', href: null },
      { text: 'https://exemple.quebec/a?b=1', href: 'https://exemple.quebec/a?b=1' },
      { text: '. Merci', href: null },
    ])
    expect(linked('(https://fr.wikipedia.org/wiki/Pupitre_(meuble))')[1]?.href).toBe(
      'https://fr.wikipedia.org/wiki/Pupitre_(meuble)',
    )
  })

  it('are mere text when they lead anywhere else', () => {
    for (const text of [
      'javascript:alert(1)',
      'http://exemple.quebec',
      'data:text/html,x',
      'https://',
      '//exemple',
    ])
      expect(linked(text)).toEqual([{ text, href: null }])
  })

  it('leave the text as it was, put together', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('https://a.b', ' ', ').', 'https://x/(y)'))
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        expect(
          linked(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
