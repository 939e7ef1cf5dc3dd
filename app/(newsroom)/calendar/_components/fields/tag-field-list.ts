import { LIMITS, type Slot } from '#lib/domain/calendar/slot.ts'
import { foldForSearch } from '#lib/domain/text.ts'

/** Suggestions that a list still shows at a glance. */
const MOST = 60

const tidy = (text: string) =>
  text
    .replace(/^[\s#]+/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, LIMITS.tag)

/** The tags with one more; the same list where it says nothing new (case and accents aside), or there is no room. */
export function withTag(tags: readonly string[], text: string): readonly string[] {
  const tag = tidy(text)
  const known = new Set(tags.map(foldForSearch))
  return tag === '' || known.has(foldForSearch(tag)) || tags.length >= LIMITS.tags ? tags : [...tags, tag]
}

/** Tags that other slots have, those of most slots first, without what is chosen already. */
export function suggestedTags(
  slots: Iterable<Pick<Slot, 'tags'>>,
  chosen: readonly string[],
): readonly string[] {
  const uses = new Map<string, number>()
  for (const { tags } of slots) for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1)
  for (const tag of chosen) uses.delete(tag)
  return [...uses]
    .sort(([a, often], [b, seldom]) => seldom - often || a.localeCompare(b))
    .slice(0, MOST)
    .map(([tag]) => tag)
}
