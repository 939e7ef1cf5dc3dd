import type { VolunteerId } from '../ids.ts'
import { mentionOf, partsOf } from '../threads/comment.ts'

/** A mention as comments keep it: `@[<volunteer id>]`. */
const MENTION = /@\[([0-9a-f-]{36})\]/g

/** Characters of an excerpt, mentions as they are kept included. */
const LONGEST = 280

/** The beginning of what was said, on one line. A mention is there whole or not at all. */
export function excerptOf(said: string): string {
  const line = said
    .slice(0, 4 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= LONGEST) return line
  const open = [...line.matchAll(MENTION)].find(
    ({ index, 0: mention }) => index < LONGEST && index + mention.length > LONGEST,
  )
  const cut = line.slice(0, open ? open.index : LONGEST).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.trimEnd()}…`
}

/** The text as people read it. @param nameOf null for an id that nobody has */
export const withNames = (text: string, nameOf: (id: VolunteerId) => string | null): string =>
  partsOf(text)
    .map((part) => {
      if (part.kind === 'text') return part.text
      const name = nameOf(part.id)
      return name === null ? mentionOf(part.id) : `@${name}`
    })
    .join('')
