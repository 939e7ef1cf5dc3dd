import { describe, expect, test } from 'vitest'
import { negotiateLocale } from '#app/_i18n/negotiate.ts'

const stranger = { volunteer: null, cookie: null, header: null }

describe('the language of a page', () => {
  test('is the one that the volunteer chose, whatever the browser asks', () => {
    expect(negotiateLocale({ volunteer: 'en', cookie: 'fr', header: 'fr-CA' })).toBe('en')
  })

  test('is the one that the browser remembers, for whoever is signed out', () => {
    expect(negotiateLocale({ ...stranger, cookie: 'en', header: 'fr-CA' })).toBe('en')
  })

  test.each([
    ['en-CA,en;q=0.9', 'en'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['de,en;q=0.4,fr;q=0.3', 'en'],
    ['en;q=0,fr;q=0.1', 'fr'],
    ['EN-us', 'en'],
  ])('follows the weights of Accept-Language: %s', (header, locale) => {
    expect(negotiateLocale({ ...stranger, header })).toBe(locale)
  })

  test.each([null, '', '*', 'de,ja', 'en;q=abc', ';;;,,,', 'fr;q=0.8,en;q=0.8'])(
    'is French when in doubt: %s',
    (header) => {
      expect(negotiateLocale({ ...stranger, header })).toBe('fr')
    },
  )

  test('ignores a cookie that names no language of ours', () => {
    expect(negotiateLocale({ ...stranger, cookie: '../../etc', header: 'en' })).toBe('en')
  })
})
