import { isZone, offsetAt } from '#lib/domain/calendar/zone.ts'
import type { ZoneLines } from './lines.ts'
import { OUTLOOK_ZONES, WINDOWS_ZONES } from './windows-zones.ts'

/** Zones in which a newsroom of ours is likely to be, for definitions that name no place. */
const LIKELY = [
  ...['America/Toronto', 'America/Halifax', 'America/St_Johns', 'America/Winnipeg', 'America/Regina'],
  ...['America/Edmonton', 'America/Phoenix', 'America/Vancouver', 'Europe/Paris', 'Europe/London'],
  ...['Europe/Athens', 'UTC'],
]

/** Definitions of such files are of the rules of our days. */
const PROBED_YEAR = 2025

/** The zone of the IANA database that a TZID means, or null. */
export type ZoneOf = (tzid: string) => string | null

/** @param newsroom the zone that is tried first for a definition that names no place */
export function zonesOf(defined: readonly ZoneLines[], newsroom: string): ZoneOf {
  const definitions = new Map(defined.map((zone) => [lineValue(zone, 'TZID'), zone]))
  const known = new Map<string, string | null>()
  return (tzid) => {
    const before = known.get(tzid)
    if (before !== undefined) return before
    const definition = definitions.get(tzid)
    const windows = windowsZone(tzid)
    const named = windows ? nearest(windows, newsroom) : byName(tzid)
    const zone = named ?? (definition ? byDefinition(definition, newsroom) : null)
    // «America/Montreal» is another name of the newsroom’s own zone.
    const own = zone !== null && canonicalName(zone) === canonicalName(newsroom) ? newsroom : zone
    known.set(tzid, own)
    return own
  }
}

const lineValue = ({ lines }: ZoneLines, name: string): string | null => {
  const line = lines.find((text) => new RegExp(`^${name}[;:]`, 'i').test(text))
  return line === undefined ? null : line.slice(line.indexOf(':') + 1).trim()
}

/** A name of the IANA database in whatever case, also at the end of a path («/mozilla.org/…/Europe/Paris»). */
function byName(tzid: string): string | null {
  const name = tzid.trim().replace(/^"|"$/g, '')
  const parts = name.split('/').filter(Boolean)
  const tails = name.startsWith('/') ? [parts.slice(-3), parts.slice(-2), parts.slice(-1)] : [parts]
  for (const tail of tails) {
    const zone = canonical(tail.join('/'))
    if (zone !== null) return zone
  }
  return null
}

/** «Eastern Standard Time», «(UTC-05:00) Eastern Time (US & Canada)» */
function windowsZone(tzid: string): string | null {
  const name = tzid.trim().toLowerCase().replace(/\s+/g, ' ')
  const label = name.replace(/^\((utc|gmt)[^)]*\) ?/, '')
  return WINDOWS_ZONES[name] ?? OUTLOOK_ZONES[label] ?? null
}

/** Windows has one name for all places that share a clock: where the newsroom is one of them, it is meant. */
const nearest = (zone: string, newsroom: string): string =>
  String(seasons(zone)) === String(seasons(newsroom)) ? newsroom : zone

/** Minutes ahead of UTC in the middle of January and of July. */
const seasons = (zone: string): readonly number[] =>
  [0, 6].map((month) => offsetAt(zone, Date.UTC(PROBED_YEAR, month, 15)) / 60_000)

const canonical = (name: string): string | null => (isZone(name) ? name : canonicalName(name))

function canonicalName(name: string): string | null {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    return isZone(zone) ? zone : null
  } catch {
    return null
  }
}

/** By the place it names, else by the offsets that it leads to in winter and summer. */
function byDefinition(definition: ZoneLines, newsroom: string): string | null {
  const place = lineValue(definition, 'X-LIC-LOCATION')
  const named = place === null ? null : byName(place)
  if (named !== null) return named
  const standard = offsetOf(definition.standard)
  if (standard === null) return null
  const daylight = offsetOf(definition.daylight) ?? standard
  const matching = [newsroom, ...LIKELY].find(
    (zone) => String(seasons(zone)) === String([standard, daylight]),
  )
  if (matching !== undefined) return matching
  // A zone without summer time is its offset. (The signs of Etc/GMT are those of POSIX.)
  if (daylight !== standard || standard % 60 !== 0) return null
  return byName(`Etc/GMT${standard <= 0 ? '+' : '-'}${Math.abs(standard) / 60}`)
}

/** Minutes ahead of UTC. */
function offsetOf(text: string | null): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(text ?? '') ?? []
  return sign === undefined ? null : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
