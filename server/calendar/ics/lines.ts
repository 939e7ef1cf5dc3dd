import { fail, ok, type Result } from '#lib/domain/result.ts'

/** What is looked at of an event. The rest, above all who was invited, is not even read. */
const WANTED = new Set([
  ...[
    'UID',
    'RECURRENCE-ID',
    'DTSTART',
    'DTEND',
    'DURATION',
    'RRULE',
    'RDATE',
    'EXDATE',
    'EXRULE',
    'SEQUENCE',
  ],
  ...['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CATEGORIES', 'STATUS', 'X-PUPITRE-SLOT', 'X-PUPITRE-STAGE'],
])
const ZONE_WANTED = new Set(['TZID', 'X-LIC-LOCATION', 'TZOFFSETTO'])

const MAX_EVENTS = 20_000
/** Past this a value goes on without being read: no title or note is so long. */
const MAX_LINE = 200_000
const MAX_LINES = 5000

/** Unfolded content lines, still escaped. `complete`: it was ended before the file was. */
export type EventLines = { readonly lines: readonly string[]; readonly complete: boolean }
export type ZoneLines = {
  readonly lines: readonly string[]
  /** Offsets that its STANDARD and DAYLIGHT parts lead to, as written; the last of each. */
  readonly standard: string | null
  readonly daylight: string | null
}
export type CalendarLines = { readonly zones: readonly ZoneLines[]; readonly events: readonly EventLines[] }

/** Takes a file apart at its lines, so that what is broken in one event spoils no other. */
export function takeApart(text: string): Result<CalendarLines, 'notCalendar' | 'tooMany'> {
  if (!/^\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 2000))) return fail('notCalendar')
  const taker = new Taker()
  for (const line of unfolded(text)) {
    taker.take(line)
    if (taker.events.length > MAX_EVENTS) return fail('tooMany')
  }
  taker.end()
  return ok(taker)
}

class Taker implements CalendarLines {
  readonly events: EventLines[] = []
  readonly zones: ZoneLines[] = []
  /** Names of the components that are open, outermost first. */
  readonly #open: string[] = []
  #lines: string[] = []
  #offsets: { STANDARD: string | null; DAYLIGHT: string | null } = { STANDARD: null, DAYLIGHT: null }

  take(line: string): void {
    const name = /^[A-Za-z0-9-]+(?=[;:])/.exec(line)?.[0].toUpperCase()
    if (name === 'BEGIN') this.#begin(nameIn(line))
    else if (name === 'END') this.#end(nameIn(line))
    else if (name !== undefined) this.#keep(name, line)
  }

  end(): void {
    if (this.#open.includes('VEVENT')) this.events.push({ lines: this.#lines, complete: false })
  }

  #begin(component: string): void {
    if (component === 'VEVENT' || component === 'VTIMEZONE') {
      // One that begins inside of another: the first was never ended.
      this.end()
      this.#open.length = 0
      this.#lines = []
      this.#offsets = { STANDARD: null, DAYLIGHT: null }
    }
    if (this.#open.length < 20) this.#open.push(component)
  }

  #end(component: string): void {
    const at = this.#open.lastIndexOf(component)
    if (at < 0) return
    this.#open.length = at
    if (component === 'VEVENT') this.events.push({ lines: this.#lines, complete: true })
    if (component !== 'VTIMEZONE') return
    const { STANDARD: standard, DAYLIGHT: daylight } = this.#offsets
    this.zones.push({ lines: this.#lines, standard, daylight })
  }

  #keep(name: string, line: string): void {
    const inside = this.#open.at(-1)
    if (inside === 'VEVENT' && WANTED.has(name) && this.#lines.length < MAX_LINES) this.#lines.push(line)
    if (inside === 'VTIMEZONE' && ZONE_WANTED.has(name)) this.#lines.push(line)
    if (name === 'TZOFFSETTO' && (inside === 'STANDARD' || inside === 'DAYLIGHT')) {
      this.#offsets[inside] = nameIn(line)
    }
  }
}

const nameIn = (line: string): string =>
  line
    .slice(line.indexOf(':') + 1)
    .trim()
    .toUpperCase()

/** Lines with what was folded joined again (RFC 5545, 3.1), whatever ends them. */
function* unfolded(text: string): Iterable<string> {
  let parts: string[] = []
  let length = 0
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed < 0 ? text.length : feed
    const line = text.slice(at, text[end - 1] === '\r' ? end - 1 : end)
    at = end + 1
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (length < MAX_LINE) parts.push(line.slice(1, MAX_LINE))
    } else {
      if (parts.length > 0) yield parts.join('')
      parts = [line.slice(0, MAX_LINE)]
      length = 0
    }
    length += line.length
  }
  if (parts.length > 0) yield parts.join('')
}
