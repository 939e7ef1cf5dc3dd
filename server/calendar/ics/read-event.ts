import { isRuleDay } from '#lib/domain/calendar/recurrence.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import { slotProblem } from '#lib/domain/calendar/slot-problem.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import type { SkipReason } from '../types.ts'
import type { IncomingFields } from './incoming.ts'
import { noteFrom } from './plain-text.ts'
import type { RawEvent, RawTime } from './raw-event.ts'
import { readRepeat } from './read-repeat.ts'
import { type Clocks, lengthOf, occurrenceDay, readSpan, readTime, type Span, spanOf } from './read-time.ts'

/** What networks are called in French and in English, folded. Everything else is a tag. */
const CHANNEL_WORDS: Readonly<Record<string, Channel>> = {
  facebook: 'facebook',
  fb: 'facebook',
  'page facebook': 'facebook',
  x: 'x',
  twitter: 'x',
  'x (twitter)': 'x',
  instagram: 'instagram',
  insta: 'instagram',
  ig: 'instagram',
  youtube: 'youtube',
  yt: 'youtube',
  'chaine youtube': 'youtube',
  blog: 'blog',
  blogue: 'blog',
  autre: 'other',
  other: 'other',
}

/** Days that one series may leave out or add: past that it is no calendar of people. */
const MOST_EXCEPTIONS = 2000
const MOST_EXTRA = 366

const UNTITLED = 'Sans titre'

/** Cut where no character is torn in two. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '')

function categoriesOf(raw: RawEvent): Pick<IncomingFields, 'channels' | 'tags'> {
  const channels = new Set<Channel>()
  const tags = new Set<string>()
  for (const category of raw.categories) {
    const word = category
      .replace(/\s+/g, ' ')
      .replace(/^\s*#+/, '')
      .trim()
    const channel = CHANNEL_WORDS[foldForSearch(word).trim()]
    if (channel) channels.add(channel)
    else if (word !== '') tags.add(cut(word, LIMITS.tag))
  }
  return { channels: [...channels], tags: [...tags].slice(0, LIMITS.tags) }
}

function noteOf({ description, location }: RawEvent): string {
  const note = noteFrom(description)
  // A place would be lost: slots have none.
  return cut([note, note.includes(location) ? '' : location].filter(Boolean).join('\n\n'), LIMITS.note)
}

function wordsOf(raw: RawEvent): Omit<IncomingFields, keyof Span | 'repeat' | 'skipped'> {
  return {
    title: cut(raw.title, LIMITS.title) || UNTITLED,
    ...categoriesOf(raw),
    // What stands in a calendar is planned, unless it says that it may not be.
    stage: raw.stage ?? (raw.tentative ? 'idea' : 'scheduled'),
    note: noteOf(raw),
  }
}

/** A whole slot around what a file says, to ask the rules about. */
const slotOf = (fields: IncomingFields): Slot => ({
  ...fields,
  id: '' as SlotId,
  draft: null,
  owner: null,
  embargo: null,
  partOf: null,
  uid: null,
  createdBy: null,
})

/** The bounds of slots that the reading above has not seen to. */
function checked(fields: IncomingFields): Result<IncomingFields, SkipReason> {
  const problem = slotProblem(slotOf(fields))
  if (problem === null) return ok(fields)
  if (problem === 'outOfRange' || problem === 'endsBeforeStart' || problem === 'badZone') return fail(problem)
  if (problem === 'tooLong') return fail('outOfRange')
  if (problem === 'repeatEndsBeforeStart') return fail('repeatNever')
  return fail(problem === 'badRepeat' ? 'repeatNotKnown' : 'unreadable')
}

/** What takes place once: an event that does not repeat, or one that stands for an occurrence. */
export function readSingle(raw: RawEvent, clocks: Clocks): Result<IncomingFields, SkipReason> {
  if (raw.foreign) return fail('repeatNotKnown')
  const span = readSpan({ ...raw, rules: [] }, clocks)
  if (!span.ok) return span
  return checked({ ...wordsOf(raw), ...span.value, repeat: null, skipped: [] })
}

export type ReadSeries = {
  readonly fields: IncomingFields
  /** Occurrences beside the rule (RDATE), by their day. */
  readonly extra: readonly { readonly day: PlainDay; readonly fields: IncomingFields }[]
}

/**
 * An event that is not one occurrence of another.
 * @param replaced occurrences for which other events stand, or that were called off
 */
export function readSeries(
  raw: RawEvent,
  replaced: readonly RawTime[],
  clocks: Clocks,
): Result<ReadSeries, SkipReason> {
  if (raw.foreign) return fail('repeatNotKnown')
  if (raw.extra.length > MOST_EXTRA || raw.excepted.length > MOST_EXCEPTIONS) return fail('repeatNotKnown')
  const span = readSpan(raw, clocks)
  if (!span.ok) return span
  const repeat = readRepeat(raw.rules, span.value.time)
  if (!repeat.ok) return repeat
  const series: IncomingFields = { ...wordsOf(raw), ...span.value, repeat: repeat.value, skipped: [] }
  const problem = checked(series)
  if (!problem.ok) return problem
  const skipped = skippedDays(series, [...raw.excepted, ...replaced], clocks)
  const fields = { ...series, skipped }
  if (isNever(fields, replaced.length)) return fail('repeatNever')
  return ok({ fields, extra: extraOf(raw, fields, clocks) })
}

function skippedDays(fields: IncomingFields, times: readonly RawTime[], clocks: Clocks): readonly PlainDay[] {
  if (fields.repeat === null) return []
  const slot = slotOf(fields)
  const days = times.flatMap((time) => occurrenceDay(time, fields.time, clocks) ?? [])
  return [...new Set(days)].filter((day) => isRuleDay(slot, day)).toSorted()
}

/** Programs leave a rule without occurrences behind when each was deleted by itself. */
function isNever({ repeat, skipped }: IncomingFields, replaced: number): boolean {
  if (repeat?.end === null || repeat?.end === undefined || replaced > 0) return false
  return 'count' in repeat.end && skipped.length >= repeat.end.count
}

function extraOf(raw: RawEvent, series: IncomingFields, clocks: Clocks): ReadSeries['extra'] {
  const slot = slotOf(series)
  const extra = new Map<PlainDay, IncomingFields>()
  for (const time of raw.extra) {
    const day = occurrenceDay(time, series.time, clocks)
    const start = readTime(time, clocks, series.time.kind === 'timed' ? series.time.zone : clocks.newsroom)
    const span = start.ok ? spanOf(start.value, lengthOf(series)) : start
    if (day === null || !span.ok || isRuleDay(slot, day) || extra.has(day)) continue
    const fields = checked({ ...series, ...span.value, repeat: null, skipped: [] })
    if (fields.ok) extra.set(day, fields.value)
  }
  return [...extra].map(([day, fields]) => ({ day, fields }))
}
