import * as Y from 'yjs'
import { markName } from './roots.ts'

/** Marks and attributes that propose something have names that begin so. */
const SUGGEST = 'suggest'
/** What PostgreSQL keeps as it is, whoever made it up. */
const ID = /^[\w-]{1,100}$/

export const isSuggestionId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

export const isSuggesting = (name: string): boolean => name.startsWith(SUGGEST)

/**
 * The id of the suggestion that an item of an update carries: a mark (`suggestInsert`, `suggestInsert--<hash>`) whose
 * value has an `id`, or an attribute of a block whose value has one. Null for all else, and for ids that are none.
 *
 * Where an attribute is written over, its update does not repeat the attribute’s name: any value with an `id` is taken
 * for one. No other value of a draft has one.
 */
export function suggestionIn({ content }: Y.Item): string | null {
  if (content instanceof Y.ContentFormat)
    return isSuggesting(markName(content.key)) ? idOf(content.value) : null
  return content instanceof Y.ContentAny ? idOf(content.arr.at(-1)) : null
}

function idOf(value: unknown): string | null {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return isSuggestionId(id) ? id : null
}
