import { describe, expect, it } from 'vitest'
import { MAX_TITLE } from '#lib/documents/draft/roots.ts'
import { copyTitle } from '#server/drafts/copy-title.ts'

describe('the title of a copy', () => {
  it.each([
    ['Communiqué', 'fr', 'Communiqué (copie)'],
    ['Communiqué', 'en', 'Communiqué (copy)'],
    ['Communiqué (copie)', 'fr', 'Communiqué (copie 2)'],
    ['Communiqué (copie 9)', 'fr', 'Communiqué (copie 10)'],
    ['Communiqué (copie)', 'en', 'Communiqué (copy 2)'],
    ['Budget (version longue)', 'fr', 'Budget (version longue) (copie)'],
    ['', 'fr', ''],
  ] as const)('of «%s» (%s) is «%s»', (title, locale, copy) => {
    expect(copyTitle(title, locale)).toBe(copy)
  })

  it('is never longer than a title may be', () => {
    const copy = copyTitle('é'.repeat(MAX_TITLE), 'fr')
    expect(copy).toHaveLength(MAX_TITLE)
    expect(copy).toMatch(/é \(copie\)$/)
  })
})
