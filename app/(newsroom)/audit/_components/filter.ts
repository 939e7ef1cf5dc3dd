import { z } from 'zod'
import { DECISION_GROUPS } from '#lib/domain/audit/decision.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { parseDraftId, parseVolunteerId } from '#lib/domain/ids.ts'

/** The names under which the address, the form and the file’s request carry a filter. */
export const FILTER_NAMES = ['person', 'group', 'draft', 'from', 'to'] as const

const id = <Id extends string>(parse: (text: string) => Id | null) =>
  z.string().transform((text) => parse(text))
const day = z.string().transform((text) => (parseDay(text) === null ? null : (text as PlainDay)))

/** What does not narrow, or says nothing that can be asked for, is null: an address typed by hand shows everything. */
const filter = z.object({
  person: id(parseVolunteerId).nullable().catch(null),
  group: z.enum(DECISION_GROUPS).nullable().catch(null),
  draft: id(parseDraftId).nullable().catch(null),
  from: day.nullable().catch(null),
  to: day.nullable().catch(null),
})
export type Filter = z.output<typeof filter>

export const readFilter = (of: (name: string) => unknown): Filter =>
  filter.parse(Object.fromEntries(FILTER_NAMES.map((name) => [name, of(name)])))

export const isNarrow = (chosen: Filter): boolean => FILTER_NAMES.some((name) => chosen[name] !== null)

/** @param below the number of the decision that the page begins below; null: the newest */
export function addressOf(chosen: Filter, below: number | null): string {
  const query = new URLSearchParams()
  for (const name of FILTER_NAMES) if (chosen[name] !== null) query.set(name, chosen[name])
  if (below !== null) query.set('below', String(below))
  return query.size > 0 ? `/audit?${query}` : '/audit'
}

/** @returns null for what is no number of a decision */
export function readBelow(text: unknown): number | null {
  const number = Number(text)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
