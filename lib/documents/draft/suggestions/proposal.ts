import { isSafeHref } from '#lib/domain/links.ts'
import { isSuggestionId } from '../suggestion-id.ts'

/** Marks that propose something, as the shared text names them. They name nobody: rows know who made which id. */
export const INSERT = 'suggestInsert'
export const DELETE = 'suggestDelete'
export const FORMAT = 'suggestFormat'
export const SUGGESTION_MARKS: ReadonlySet<string> = new Set([INSERT, DELETE, FORMAT])

/**
 * What the sign in a proposed insertion stands for: a paragraph that would end here (`split`) or go on in the next one
 * (`join`), a line break that would come here (`line`) or leave from behind it (`unline`).
 */
const BREAKS = ['split', 'join', 'line', 'unline'] as const
export type Break = (typeof BREAKS)[number]

/** The signs that hold the place of a proposed break. They are never part of the text itself. */
export const BREAK_SIGNS: Readonly<Record<Break, string>> = { split: '¶', join: '¶', line: '↵', unline: '↵' }

/** Formats that can be proposed. Those of blocks cannot: a block’s kind is not something that text can carry. */
export const FORMATS = ['bold', 'italic', 'link'] as const
export type Format = (typeof FORMATS)[number]

/**
 * `id` is the suggestion. `part` tells apart what was marked in different steps: each step writes markers of its own
 * into the shared text, so that somebody who decides on what they see never decides on what they have not seen.
 */
type Part = { readonly id: string; readonly part: number }
export type FormatAttrs = Part & {
  readonly mark: Format
  readonly add: boolean
  /** Where a proposed link leads; null for all else. */
  readonly href: string | null
}

const isPart = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const oneOf = (known: readonly unknown[], value: unknown) => known.includes(value)

const BOUNDS: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  [INSERT]: { id: isSuggestionId, part: isPart, kind: (value) => value === null || oneOf(BREAKS, value) },
  [DELETE]: { id: isSuggestionId, part: isPart },
  [FORMAT]: {
    id: isSuggestionId,
    part: isPart,
    mark: (value) => oneOf(FORMATS, value),
    add: (value) => typeof value === 'boolean',
    href: (value) => value === null || isSafeHref(value),
  },
}

/** Whether this is exactly what a mark of suggestions may hold, and nothing beside it. */
export function isProposal(name: string, value: unknown): boolean {
  const bounds = BOUNDS[name]
  if (!bounds || typeof value !== 'object' || value === null) return false
  const attrs = new Map<string, unknown>(Object.entries(value))
  const known = Object.entries(bounds).every(([key, holds]) => attrs.has(key) && holds(attrs.get(key)))
  if (!known || attrs.size !== Object.keys(bounds).length) return false
  return (
    name !== FORMAT ||
    (attrs.get('mark') === 'link' && attrs.get('add') === true) === (attrs.get('href') !== null)
  )
}
