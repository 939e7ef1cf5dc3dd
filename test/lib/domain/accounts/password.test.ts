import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizePassword, PASSWORD_MAX, passwordProblem } from '#lib/domain/accounts/password.ts'

const marie = { name: 'Marie Tremblay', email: 'marie.tremblay@exemple.quebec' }
const problem = (password: string) => passwordProblem(password, marie)

describe('a password', () => {
  test.each([
    'quatre chevaux verts',
    'kR7$wq!pZ2#mX',
    'neige sur la rue Ontario',
    '桜の木の下で眠る猫たちの夢',
    'correct horse battery staple',
    'marie aime les patins usés',
  ])('%s is good', (password) => {
    expect(problem(password)).toBeNull()
  })

  test('needs no capital, digit or sign', () => {
    expect(problem('toutenlettresbasses')).toBeNull()
  })

  test('has at least 12 characters, counted after normalisation', () => {
    expect(problem('onze lettres'.slice(0, 11))).toBe('passwordTooShort')
    expect(problem('patin rouge7')).toBeNull()
    // Eleven letters whose accents are typed apart are eleven characters.
    expect(problem('e\u0301te\u0301 a\u0300 velos'.slice(0, 13))).toBe('passwordTooShort')
  })

  test('is no longer than what the server is willing to hash, before and after normalisation', () => {
    expect(problem('ab cd ef gh '.repeat(30))).toBe('passwordTooLong')
    // One character that NFKC writes as eighteen.
    expect(problem('\ufdfa'.repeat(100))).toBe('passwordTooLong')
  })

  test.each([
    'motdepasse123',
    'Password-2026',
    'aaaaaaaaaaaaa',
    '123456789012',
    'abcdefghijklm',
    'qwertyqwerty',
    'ababababababab',
    'AZERTYUIOP1234',
  ])('%s is among the first that anybody tries', (password) => {
    expect(problem(password)).toBe('passwordCommon')
  })

  test.each([
    'marie.tremblay',
    'MarieTremblay1',
    'tremblay-marie-12',
    'marie.tremblay@exemple.quebec',
    'Tremblay2026!',
  ])('%s is the person’s own name or address', (password) => {
    expect(problem(password)).toBe('passwordPersonal')
  })

  test('typed on two systems gives the same characters', () => {
    expect(normalizePassword('cafe\u0301 ﬁn')).toBe(normalizePassword('café fin'))
  })

  test('that is long and random is always taken', () => {
    const character = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789 -!')
    fc.assert(
      fc.property(fc.array(character, { minLength: 40, maxLength: PASSWORD_MAX }), (characters) => {
        fc.pre(new Set(characters).size > 12)
        expect(problem(characters.join(''))).toBeNull()
      }),
    )
  })
})
