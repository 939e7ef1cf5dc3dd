import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NAME_MAX, nameProblem, tidyName } from '#lib/domain/accounts/name.ts'

test('a name keeps its accents and loses what cannot be seen', () => {
  expect(tidyName('  Zoé \n  L’Heureux\u202e ')).toBe('Zoé L’Heureux')
})

test('what is left out between two spaces leaves one', () => {
  expect(tidyName('!\t\u0000\t!')).toBe('! !')
  expect(tidyName('e\u200b\u0301')).toBe('é')
})

test('a name has 1 to 80 characters, counted as people count them, and something to read in it', () => {
  expect(nameProblem('')).toBe('nameMissing')
  expect(nameProblem('— …')).toBe('nameMissing')
  expect(nameProblem('李')).toBeNull()
  expect(nameProblem('𝒵'.repeat(NAME_MAX))).toBeNull()
  expect(nameProblem('é'.repeat(NAME_MAX + 1))).toBe('nameTooLong')
})

test('tidying is done once and for all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = tidyName(text)
      expect(tidyName(name)).toBe(name)
      expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e]|^\s|\s$|\s\s/u)
    }),
  )
})
