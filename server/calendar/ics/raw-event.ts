import ICAL from 'ical.js'
import { parseSlotId, type SlotId } from '#lib/domain/ids.ts'
import { isStage, type Stage } from '#lib/domain/review/stage.ts'
import { plain } from './jcal.ts'
import type { EventLines } from './lines.ts'

/** Times as they are written: `2026-11-27T12:00:00`, with `Z` in UTC, or a day; `zone` is the TZID. */
export type RawTime = { readonly value: string; readonly zone: string | null }

/** An event as it is written, before anything is made of it. */
export type RawEvent = {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly location: string
  readonly categories: readonly string[]
  readonly start: RawTime | null
  readonly end: RawTime | null
  readonly duration: string | null
  readonly rules: readonly string[]
  readonly extra: readonly RawTime[]
  readonly excepted: readonly RawTime[]
  /** Which occurrence it stands for. */
  readonly occurrence: RawTime | null
  /** It stands for all later occurrences too, or has rules of what not to repeat: neither can be kept. */
  readonly foreign: boolean
  readonly cancelled: boolean
  readonly tentative: boolean
  readonly sequence: number
  /** Which slot it was written from, and its stage then: only in files of ours. */
  readonly slot: SlotId | null
  readonly stage: Stage | null
}

type Parsed = { readonly parameters: Readonly<Record<string, unknown>>; readonly values: readonly unknown[] }

/** @returns null for a line that is none */
function parseLine(line: string): readonly [string, Parsed] | null {
  try {
    const property: unknown = ICAL.parse.property(line)
    if (!Array.isArray(property)) return null
    const [name, parameters, , ...values] = property as [
      string,
      Record<string, unknown>,
      string,
      ...unknown[],
    ]
    return [name.toUpperCase(), { parameters, values }]
  } catch {
    return null
  }
}

/** Rules have a reader of their own, which says what is wrong with them. */
const RULE = /^(RRULE|EXRULE)[;:]/i

export function readRaw({ lines }: EventLines): RawEvent {
  const found = new Map<string, Parsed[]>()
  const rules: string[] = []
  for (const line of lines) {
    if (RULE.test(line)) rules.push(line)
    const parsed = RULE.test(line) ? null : parseLine(line)
    if (parsed) found.set(parsed[0], [...(found.get(parsed[0]) ?? []), parsed[1]])
  }
  const text = (name: string) => plain(String(found.get(name)?.[0]?.values[0] ?? ''))
  const times = (name: string) => (found.get(name) ?? []).flatMap(timesOf)
  const stage = text('X-PUPITRE-STAGE')
  return {
    uid: text('UID').replaceAll('\n', '').trim(),
    title: text('SUMMARY').replace(/\s+/g, ' ').trim(),
    description: text('DESCRIPTION'),
    location: text('LOCATION').replace(/\s+/g, ' ').trim(),
    categories: (found.get('CATEGORIES') ?? []).flatMap(({ values }) => values.map(String)),
    start: times('DTSTART')[0] ?? null,
    end: times('DTEND')[0] ?? null,
    duration: found.has('DURATION') ? text('DURATION') : null,
    rules: rules.filter((line) => /^RRULE/i.test(line)).map((line) => line.slice(line.indexOf(':') + 1)),
    extra: times('RDATE'),
    excepted: times('EXDATE'),
    occurrence: times('RECURRENCE-ID')[0] ?? null,
    foreign:
      rules.some((line) => /^EXRULE/i.test(line)) ||
      found.get('RECURRENCE-ID')?.[0]?.parameters.range !== undefined,
    cancelled: text('STATUS').toUpperCase() === 'CANCELLED',
    tentative: text('STATUS').toUpperCase() === 'TENTATIVE',
    sequence: Number.parseInt(text('SEQUENCE'), 10) || 0,
    slot: parseSlotId(text('X-PUPITRE-SLOT')),
    stage: isStage(stage) ? stage : null,
  }
}

function timesOf({ parameters, values }: Parsed): readonly RawTime[] {
  const zone = typeof parameters.tzid === 'string' && parameters.tzid !== '' ? parameters.tzid : null
  // Of a period (RDATE;VALUE=PERIOD) only the start counts: its occurrence lasts as long as the others.
  return values.map((value) => ({ value: String(Array.isArray(value) ? value[0] : value), zone }))
}
