import { describe, expect, test } from 'vitest'
import { signInFor, wayBack } from '#app/_gate/way-back.ts'

describe('the way back after signing in', () => {
  test('leads to the page that was asked for', () => {
    const address = new URL(signInFor('/drafts/0b1c'), 'https://pupitre.example.org')
    expect(address.pathname).toBe('/sign-in')
    expect(wayBack(address.searchParams.get('next'))).toBe('/drafts/0b1c')
  })

  test('is the drafts for whoever asked for nothing else', () => {
    expect(signInFor('/drafts')).toBe('/sign-in')
    expect(signInFor(null)).toBe('/sign-in')
    expect(wayBack(undefined)).toBe('/drafts')
  })

  test.each([
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'javascript:alert(1)',
    'drafts',
    '',
    `/${'x'.repeat(600)}`,
  ])('never leads out of the newsroom: %j', (next) => {
    expect(wayBack(next)).toBe('/drafts')
    expect(signInFor(String(next))).toBe('/sign-in')
  })
})
