import * as Y from 'yjs'
import { markName } from './roots.ts'

/** Marks that propose something have names that begin so. */
const SUGGEST = 'suggest'
/** What PostgreSQL keeps as it is, whoever made it up. */
const ID = /^[\w-]{1,100}$/

export const isSuggestionId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

/**
 * The id of the suggestion whose mark (`suggestInsert`, `suggestInsert--<hash>`) an item of an update begins. Null for
 * all else, also for where a mark ends.
 */
export function suggestionIn({ content }: Y.Item): string | null {
  if (!(content instanceof Y.ContentFormat) || !markName(content.key).startsWith(SUGGEST)) return null
  const value: unknown = content.value
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return isSuggestionId(id) ? id : null
}
