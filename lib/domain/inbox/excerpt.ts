import { mentionOf, partsOf } from '../threads/comment.ts'

/** Characters of an excerpt, mentions as they are kept included. */
const LONGEST = 280

/**
 * The beginning of what was said, on one line, for a page or a letter that knows the names. A mention is there whole or
 * not at all.
 */
export function storedExcerpt(said: string): string {
  const line = said
    .slice(0, 4 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= LONGEST) return line
  let cut = ''
  for (const part of partsOf(line)) {
    const room = LONGEST - cut.length
    const text = part.kind === 'text' ? part.text : mentionOf(part.id)
    if (part.kind === 'text' || text.length <= room) cut += text.slice(0, room)
    if (text.length > room) break
  }
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}
