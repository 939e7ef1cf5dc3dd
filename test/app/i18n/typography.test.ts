import { describe, expect, test } from 'vitest'
import { catalogues } from './catalogue.ts'

const NBSP = '\u00a0'

/** Office québécois de la langue française, Vitrine linguistique: pages 22039, 21516 and 21241. */
const FRENCH: readonly (readonly [rule: string, fault: RegExp])[] = [
  ['a non-breaking space goes before a colon', new RegExp(`[^${NBSP}]:(?=\\s|$)`)],
  ['a non-breaking space goes inside «', new RegExp(`«(?!${NBSP})`)],
  ['a non-breaking space goes inside »', new RegExp(`(?<!${NBSP})»`)],
  ['a non-breaking space goes before % and $', new RegExp(`(?<!${NBSP})[%$]`)],
  ['no space goes before ! ? ;', /\s[!?;]/],
  ['hours are written 20 h 30', /\d:\d\d/],
  ['quotation marks are « »', /["“”]/],
]

const BOTH: readonly (readonly [rule: string, fault: RegExp])[] = [
  ['an apostrophe is curved', /'/],
  ['three dots are one character', /\.\.\./],
  ['spaces are not doubled and do not hang at an end', /\s\s|^\s|\s$/],
  ['a narrow space does not exist on every system', /\u202f/],
]

const ENGLISH: readonly (readonly [rule: string, fault: RegExp])[] = [
  ['quotation marks are curved', /["«»]/],
  ['no space goes before ! ? ; :', /\s[!?;:]/],
]

describe('the typography of messages', () => {
  test.each([...FRENCH, ...BOTH])('in French: %s', (_rule, fault) => {
    expect(faulty(catalogues.fr, fault)).toEqual([])
  })

  test.each([...ENGLISH, ...BOTH])('in English: %s', (_rule, fault) => {
    expect(faulty(catalogues.en, fault)).toEqual([])
  })

  test('is judged by rules that see what they are for', () => {
    const wrong: Record<string, string> = {
      'a non-breaking space goes before a colon': 'Rôle : lecture',
      'a non-breaking space goes inside «': '« Bonjour »',
      'a non-breaking space goes inside »': '« Bonjour »',
      'a non-breaking space goes before % and $': '25$',
      'no space goes before ! ? ;': 'Vraiment ?',
      'hours are written 20 h 30': 'à 20:30',
      'quotation marks are « »': '"Bonjour"',
    }
    for (const [rule, fault] of FRENCH) expect(wrong[rule], rule).toMatch(fault)
    const right = `À 20 h 30, dites${NBSP}: «${NBSP}Bonjour!${NBSP}» Puis 25${NBSP}%; vu?`
    for (const [rule, fault] of FRENCH) expect(right, rule).not.toMatch(fault)
  })
})

const faulty = (catalogue: ReadonlyMap<string, string>, fault: RegExp) =>
  [...catalogue].filter(([, text]) => fault.test(text)).map(([key, text]) => `${key}: ${text}`)
