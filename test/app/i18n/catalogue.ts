import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES, type Locale } from '#lib/domain/permissions.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MESSAGES = join(ROOT, 'app/_i18n/messages')

/** Full keys, `namespace.part.key`, with their texts. */
export type Catalogue = ReadonlyMap<string, string>

/** The messages as files, so that one that nobody imports is seen too. */
function readCatalogue(locale: Locale): Catalogue {
  const folder = join(MESSAGES, locale)
  const texts = new Map<string, string>()
  for (const file of readdirSync(folder)) {
    flatten(file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, file), 'utf8')), texts)
  }
  return texts
}

function flatten(prefix: string, value: unknown, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(prefix, value)
  else if (value && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) flatten(`${prefix}.${key}`, inner, into)
  else throw new Error(`${prefix} is neither a text nor a group of texts`)
}

export const catalogues = Object.fromEntries(
  LOCALES.map((locale) => [locale, readCatalogue(locale)]),
) as unknown as Record<Locale, Catalogue>

/** TypeScript sources below a folder of the project. */
export function sourcesIn(folder: string): readonly { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(ROOT, folder, path), 'utf8') }))
}
