import { describe, expect, it } from 'vitest'
import { isSafeHref } from '#lib/domain/links.ts'

describe('a link in a draft', () => {
  it.each(['https://exemple.quebec', 'HTTPS://élections.quebec/vote?a=b#c', 'mailto:presse@exemple.quebec'])(
    'may lead to %s',
    (href) => {
      expect(isSafeHref(href)).toBe(true)
    },
  )

  it.each([
    'http://exemple.quebec',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'https:\n//exemple.quebec',
    'https://',
    'https:///chemin',
    'https:exemple.quebec',
    '//exemple.quebec',
    '/drafts',
    'data:text/html,x',
    'mailto:',
    'mailto:?subject=x',
    `https://exemple.quebec/${'a'.repeat(2048)}`,
    '',
    null,
    undefined,
    {},
    ['https://exemple.quebec'],
  ])('may not lead to %j', (href) => {
    expect(isSafeHref(href)).toBe(false)
  })
})
