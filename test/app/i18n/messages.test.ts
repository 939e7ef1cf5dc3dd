import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { MESSAGES } from '#app/_i18n/messages.ts'
import { COLORS } from '#lib/domain/accounts/colors.ts'
import { LOCALES } from '#lib/domain/permissions.ts'
import { catalogues, sourcesIn } from './catalogue.ts'
import { argumentsOf } from './icu.ts'
import { usageIn } from './usage.ts'

const { fr, en } = catalogues
const keys = (catalogue: ReadonlyMap<string, string>) => [...catalogue.keys()].sort()

describe('the reader of sources', () => {
  const catalogue = new Map(['a.one', 'a.two', 'a.kind.x', 'a.kind.y', 'b.deep.key'].map((key) => [key, '']))
  const read = (source: string) => {
    const { used, missing } = usageIn(source, catalogue)
    return { used: [...used].sort(), missing }
  }

  test.each([
    [`const t = useTranslations('a'); t('one')`, ['a.one'], []],
    [`const t = useTranslations('a'); t(on ? 'one' : 'two', { n })`, ['a.one', 'a.two'], []],
    [`const t = useTranslations('a'); t(kind === 'z' ? 'one' : 'two')`, ['a.one', 'a.two'], []],
    [`const t = useTranslations('a'); t(\`kind.\${of(x)}\`)`, ['a.kind.x', 'a.kind.y'], []],
    [`const t = useTranslations('a.kind'); t(x)`, ['a.kind.x', 'a.kind.y'], []],
    [`const [x, t] = await Promise.all([f(), getTranslations('b')]); t('deep.key')`, ['b.deep.key'], []],
    [`title: (await getTranslations('b'))('deep.key')`, ['b.deep.key'], []],
    [`const t = useTranslations('a'); t('three')`, [], ['three']],
    [`const t = useTranslations('a'); t(\`sort.\${x}\`)`, [], ['sort.*']],
    [`const t = useTranslations('a'); other('one')`, [], []],
  ])('understands %s', (source, used, missing) => {
    expect(read(source)).toEqual({ used, missing })
  })
})

/** The names of the elements that a page puts around parts of a message. */
const tagsOf = (message: string): string[] => Array.from(message.matchAll(/<(\w+)>/g), ([, tag = '']) => tag)

describe('messages', () => {
  test('say the same things in French and in English', () => {
    expect(keys(en)).toEqual(keys(fr))
  })

  test('are all handed to the pages', () => {
    const namespaces = new Set(keys(fr).map((key) => key.split('.')[0]))
    for (const locale of LOCALES) expect(Object.keys(MESSAGES[locale]).sort()).toEqual([...namespaces].sort())
  })

  test('take the same arguments in both languages', () => {
    for (const [key, text] of fr) {
      const french = Object.fromEntries(argumentsOf(text))
      expect(Object.fromEntries(argumentsOf(en.get(key) ?? '')), key).toEqual(french)
      expect(tagsOf(en.get(key) ?? '').sort(), key).toEqual(tagsOf(text).sort())
    }
  })

  test.each(LOCALES)('can all be formatted (%s)', (locale) => {
    const onError = (error: Error) => {
      throw error
    }
    const { markup } = createTranslator({ locale, messages: MESSAGES[locale], onError }) as unknown as {
      markup: (key: string, values: Record<string, unknown>) => string
    }
    for (const [key, text] of catalogues[locale]) {
      const values = Object.fromEntries(
        [...argumentsOf(text)].map(([name, kind]) => [
          name,
          kind === 'plural' || kind === 'number' ? 2 : 'x',
        ]),
      )
      const tags = tagsOf(text).map((tag) => [tag, (inner: string) => inner])
      expect(markup(key, { ...values, ...Object.fromEntries(tags) }), key).not.toBe('')
    }
  })

  test('are all asked for, and nothing that is asked for is missing', () => {
    const used = new Set<string>()
    const missing: string[] = []
    for (const { path, text } of sourcesIn('app')) {
      const usage = usageIn(text, fr)
      for (const key of usage.used) used.add(key)
      for (const key of usage.missing) missing.push(`${path}: ${key}`)
    }
    expect(missing).toEqual([])
    expect(keys(fr).filter((key) => !used.has(key))).toEqual([])
  })

  test('put into words only errors that can happen', () => {
    const code = ['app', 'lib', 'server'].flatMap(sourcesIn).map(({ text }) => text)
    const prefix = 'common.errors.'
    const errors = keys(fr).filter((key) => key.startsWith(prefix))
    const silent = errors.filter((key) => {
      const quoted = `'${key.slice(prefix.length)}'`
      return !code.some((text) => text.includes(quoted))
    })
    expect(silent).toEqual([])
  })

  test('name every colour of the palette and no other', () => {
    const named = keys(fr).filter((key) => key.startsWith('profile.colors.'))
    expect(named).toEqual(COLORS.map((color) => `profile.colors.${color.slice(1)}`).sort())
  })
})
