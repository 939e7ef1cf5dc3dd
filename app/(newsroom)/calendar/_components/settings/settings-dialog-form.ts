import { type CalendarSettings, SETTINGS_LIMITS } from '#lib/domain/calendar/settings.ts'
import { parseClock } from '#lib/domain/calendar/zone.ts'

/** What the fields hold: text, but for the zone that was chosen and the box that was ticked. */
type Typed = Readonly<Record<string, string | boolean>> & { readonly zone: string; readonly quiet: boolean }

type Read =
  | { readonly ok: true; readonly value: CalendarSettings }
  | { readonly ok: false; readonly error: 'invalid'; readonly fields: Readonly<Record<string, string>> }

const whole = (text: unknown, most: number): number | null => {
  if (typeof text !== 'string' || !/^\d{1,6}$/.test(text.trim())) return null
  const number = Number(text)
  return number <= most ? number : null
}

/** The settings that were typed, or what is wrong with which field. */
export function readSettings(typed: Typed): Read {
  const quietFrom = typed.quiet ? parseClock(typed.quietFrom) : null
  const quietTo = typed.quiet ? parseClock(typed.quietTo) : null
  const minGapMinutes = whole(typed.minGapMinutes, SETTINGS_LIMITS.minGapMinutes)
  const silentDays = whole(typed.silentDays, SETTINGS_LIMITS.silentDays)
  const badQuiet = typed.quiet && (quietFrom === null || quietTo === null || quietFrom === quietTo)
  if (badQuiet || minGapMinutes === null || silentDays === null) {
    return {
      ok: false,
      error: 'invalid',
      fields: {
        ...(badQuiet ? { quietFrom: 'badQuietHours' } : {}),
        ...(minGapMinutes === null ? { minGapMinutes: 'badGap' } : {}),
        ...(silentDays === null ? { silentDays: 'badSilence' } : {}),
      },
    }
  }
  return { ok: true, value: { zone: typed.zone, quietFrom, quietTo, minGapMinutes, silentDays } }
}
