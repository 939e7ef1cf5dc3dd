import { describe, expect, test } from 'vitest'
import { readAddress } from '#app/(newsroom)/drafts/[id]/_components/link-address.ts'
import { typedAddress } from '#app/(newsroom)/drafts/[id]/_components/link-typing.ts'

describe('the address behind what somebody types in the link dialog', () => {
  test.each([
    ['exemple.quebec', 'https://exemple.quebec'],
    ['élections.quebec/vote?x=1', 'https://élections.quebec/vote?x=1'],
    [' https://exemple.org/a ', 'https://exemple.org/a'],
    ['nous@exemple.quebec', 'mailto:nous@exemple.quebec'],
    ['mailto:nous@exemple.quebec', 'mailto:nous@exemple.quebec'],
  ])('«%s» leads to %s', (typed, href) => {
    expect(readAddress(typed)).toBe(href)
  })

  test.each([
    'javascript:alert(1)',
    'http://exemple.org',
    'ftp://x.org',
    'bonjour',
    '',
    'java\nscript:x',
    'data:text/html,x',
  ])('«%s» leads nowhere', (typed) => {
    expect(readAddress(typed)).toBeNull()
  })
})

describe('addresses that become links as they are typed', () => {
  test('one is recognised when a space follows it, without what ends the sentence', () => {
    expect(typedAddress('Voir https://exemple.org/a. ')).toEqual({ text: 'https://exemple.org/a', index: 5 })
    expect(typedAddress('(www.exemple.quebec) ')).toEqual({ text: 'www.exemple.quebec', index: 1 })
    expect(typedAddress('écrire à nous@exemple.org ')).toEqual({ text: 'nous@exemple.org', index: 9 })
  })

  test.each(['https://exemple.org', 'un mot ', 'fin.Debut ', 'http://exemple.org ', 'a@b '])(
    '«%s» is left as it is',
    (before) => {
      expect(typedAddress(before)).toBeNull()
    },
  )
})
