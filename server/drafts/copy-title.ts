import { MAX_TITLE } from '#lib/documents/draft/roots.ts'
import type { Locale } from '#lib/domain/permissions.ts'

const WORDS: Readonly<Record<Locale, string>> = { fr: 'copie', en: 'copy' }
/** The end of a title that says that it is a copy, in either language, and which one. */
const MARK = /\s*\((?:copie|copy)(?: (\d{1,4}))?\)$/

/**
 * The title of a copy, in the words of whoever copies: «Titre (copie)», and that of its own copy «Titre (copie 2)».
 * A draft without a title has a copy without one. What is too long is cut before the mark.
 */
export function copyTitle(title: string, locale: Locale): string {
  if (title === '') return ''
  const marked = MARK.exec(title)
  const number = marked ? Number(marked[1] ?? 1) + 1 : 1
  const mark = number === 1 ? ` (${WORDS[locale]})` : ` (${WORDS[locale]} ${number})`
  const bare = marked ? title.slice(0, marked.index) : title
  return `${bare.slice(0, MAX_TITLE - mark.length).trimEnd()}${mark}`
}
