import { isLocale, LOCALES, type Locale } from '#lib/domain/permissions.ts'

export const LOCALE_COOKIE = 'pupitre-locale'

/** French first: for whoever asks for neither of our languages, and in a tie. */
const FIRST: Locale = LOCALES[0]

type Known = {
  /** What the signed-in volunteer chose. */
  volunteer: string | null
  /** What this browser chose while signed out. */
  cookie: string | null
  /** The Accept-Language header. */
  header: string | null
}

/** The language of a page, from the strongest wish to the weakest. */
export function negotiateLocale({ volunteer, cookie, header }: Known): Locale {
  for (const wish of [volunteer, cookie]) if (wish && isLocale(wish)) return wish
  return fromHeader(header ?? '')
}

function fromHeader(header: string): Locale {
  const best = new Map<Locale, number>()
  for (const part of header.split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const locale = tag.split('-')[0] ?? ''
    if (!isLocale(locale)) continue
    const written = parameters.find((parameter) => parameter.trim().startsWith('q='))
    const weight = written ? Number(written.trim().slice(2)) : 1
    if (weight > (best.get(locale) ?? 0)) best.set(locale, weight)
  }
  return LOCALES.reduce(
    (held, locale) => ((best.get(locale) ?? 0) > (best.get(held) ?? 0) ? locale : held),
    FIRST,
  )
}
