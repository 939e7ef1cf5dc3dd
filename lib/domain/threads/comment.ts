import { parseVolunteerId, type VolunteerId } from '../ids.ts'
import { fail, ok, type Result } from '../result.ts'

/** Longest comment, in UTF-16 units, after `tidyComment`. */
export const MAX_COMMENT = 10_000

/** A comment as it is shown. */
export type CommentPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mention'; readonly id: VolunteerId }

const MENTION = /@\[([0-9a-f-]{36})\]/g
/** Space and control characters are nothing that anybody could read. */
const VISIBLE = /[^\s\p{C}\p{Z}]/u
/** What PostgreSQL cannot hold (NUL), and what no page shows. Tabs and line feeds stay. */
const CONTROL = /[^\P{Cc}\t\n]/gu

/** How a mention is written in the text of a comment. */
export const mentionOf = (id: VolunteerId): string => `@[${id}]`

/** A comment as it is kept: plain text, whatever it looks like; half characters become U+FFFD. */
export const tidyComment = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(CONTROL, '').toWellFormed().trim()

/** @returns what is kept of a text that somebody wrote */
export function readComment(text: string): Result<string, 'empty' | 'tooLong'> {
  const body = tidyComment(text)
  if (!VISIBLE.test(body)) return fail('empty')
  return body.length > MAX_COMMENT ? fail('tooLong') : ok(body)
}

/** The parts in order; neighbouring texts are one, and put together they are the whole body. */
export function partsOf(body: string): readonly CommentPart[] {
  const parts: CommentPart[] = []
  let from = 0
  for (const match of body.matchAll(MENTION)) {
    const id = parseVolunteerId(match[1] ?? '')
    if (id === null) continue
    if (match.index > from) parts.push({ kind: 'text', text: body.slice(from, match.index) })
    parts.push({ kind: 'mention', id })
    from = match.index + match[0].length
  }
  if (from < body.length) parts.push({ kind: 'text', text: body.slice(from) })
  return parts
}

/** Who is named, each once, in order. */
export const mentionsIn = (body: string): readonly VolunteerId[] => [
  ...new Set(partsOf(body).flatMap((part) => (part.kind === 'mention' ? [part.id] : []))),
]

/** The text as people read it. @param nameOf null where nobody has that id, or it is not known yet */
export const withNames = (body: string, nameOf: (id: VolunteerId) => string | null): string =>
  partsOf(body)
    .map((part) => (part.kind === 'text' ? part.text : `@${nameOf(part.id) ?? '…'}`))
    .join('')

/**
 * The beginning of a comment on one line, as people read it.
 * @param nameOf the name of somebody mentioned; null where it is not known
 * @param length at most this many UTF-16 units, the ellipsis included
 */
export function excerptOf(body: string, nameOf: (id: VolunteerId) => string | null, length = 160): string {
  const line = withNames(body, nameOf).replace(/\s+/gu, ' ').trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
