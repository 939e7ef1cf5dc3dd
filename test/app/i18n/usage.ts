import type { Catalogue } from './catalogue.ts'

/**
 * Which messages a source file asks for, read from its text. Types already refuse a key that does not exist
 * where the key is written out; this finds the messages that nobody asks for any more, and the keys put
 * together from parts of which one leads nowhere.
 */
export type Usage = { readonly used: ReadonlySet<string>; readonly missing: readonly string[] }

export function usageIn(source: string, catalogue: Catalogue): Usage {
  const namespaces = all(/\b(?:use|get)Translations(?:<[^>]*>)?\(\s*'([\w.]+)'/g, source)
  if (namespaces.length === 0) return { used: new Set(), missing: [] }
  const used = new Set<string>()
  const missing: string[] = []
  for (const asked of callsOf(translatorsIn(source), source)) {
    const patterns = keysIn(asked)
    const wanted = patterns.length > 0 ? patterns : ['*']
    for (const pattern of wanted) {
      const matches = keysLike(pattern, namespaces, catalogue)
      if (matches.length === 0) missing.push(pattern)
      for (const key of matches) used.add(key)
    }
  }
  return { used, missing }
}

/** The names that a file gives to its translators, also those it takes out of a `Promise.all`. */
function translatorsIn(source: string): readonly string[] {
  const single = all(/\b(\w+)\s*=\s*(?:await\s+)?(?:use|get)Translations\b/g, source)
  const several = all(/const \[([^\]]+)\] = await Promise\.all\(\[[^;]*?getTranslations/g, source)
  return [...single, ...several.flatMap((names) => names.split(/[\s,]+/).filter(Boolean))]
}

/** The first arguments of calls of translators: `t(…)`, `t.rich(…)`, `(await getTranslations('x'))(…)`. */
function* callsOf(translators: readonly string[], source: string): Generator<string> {
  const names = translators.length > 0 ? translators.join('|') : '(?!)'
  const call = new RegExp(`(?<![\\w.])(?:${names})(?:\\.rich)?\\(|getTranslations\\('[\\w.]+'\\)\\)\\(`, 'g')
  for (const match of source.matchAll(call)) yield firstArgument(source, match.index + match[0].length)
}

function firstArgument(source: string, from: number): string {
  let depth = 0
  for (let at = from; at < source.length; at++) {
    const character = source[at] ?? ''
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character) && depth-- === 0) return source.slice(from, at)
    if (character === ',' && depth === 0) return source.slice(from, at)
  }
  return source.slice(from)
}

/** The keys written in an expression, a computed part being `*`. None: the whole key is computed. */
function keysIn(expression: string): readonly string[] {
  // What is compared or cast is no key.
  const keys = expression.replace(/[!=]==?\s*'[^']*'|'[^']*'\s*[!=]==?|\bas\s+'[^']*'/g, '')
  const templates = all(/`([^`]*)`/g, keys).map((text) => text.replace(/\$\{[^}]*\}/g, '*'))
  return [...templates, ...all(/'([^']*)'/g, keys.replace(/`[^`]*`/g, ''))]
}

function keysLike(pattern: string, namespaces: readonly string[], catalogue: Catalogue): readonly string[] {
  const like = (computed: string) => {
    const shape = pattern.split('*').map(RegExp.escape).join(computed)
    const wanted = namespaces.map((namespace) => new RegExp(`^${RegExp.escape(namespace)}\\.${shape}$`))
    return [...catalogue.keys()].filter((key) => wanted.some((one) => one.test(key)))
  }
  const matches = like('[^.]+')
  // A computed part is one word of a key, mostly; the name of a decision is two.
  return matches.length > 0 ? matches : like('.+')
}

const all = (pattern: RegExp, text: string): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '')
