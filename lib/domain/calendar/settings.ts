import { isZone } from './zone.ts'

/** How the newsroom plans. Kept in its row as jsonb; read by the browser too. */
export type CalendarSettings = {
  /** IANA zone of the newsroom: its whole days, its quiet hours, its archive. */
  readonly zone: string
  /** Quiet hours, in minutes after midnight (0–1439), over midnight where `from` > `to`; both null: none. */
  readonly quietFrom: number | null
  readonly quietTo: number | null
  /** Posts on one channel closer than this are pointed out; 0: only posts at the same instant. */
  readonly minGapMinutes: number
  /** So many days without a post on a channel are pointed out; 0: never. */
  readonly silentDays: number
}

export const DEFAULT_SETTINGS: CalendarSettings = {
  zone: 'America/Toronto',
  quietFrom: 22 * 60,
  quietTo: 6 * 60 + 30,
  minGapMinutes: 30,
  silentDays: 3,
}

export const SETTINGS_LIMITS = { minGapMinutes: 24 * 60, silentDays: 60 } as const

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

const isMinute = (value: unknown): value is number => isWhole(value, 0, 24 * 60 - 1)

function parseQuiet(from: unknown, to: unknown): Pick<CalendarSettings, 'quietFrom' | 'quietTo'> {
  if (from === null || to === null) return { quietFrom: null, quietTo: null }
  if (isMinute(from) && isMinute(to) && from !== to) return { quietFrom: from, quietTo: to }
  return { quietFrom: DEFAULT_SETTINGS.quietFrom, quietTo: DEFAULT_SETTINGS.quietTo }
}

/** What was stored, each unreadable field replaced by its default: an older row must not close the calendar. */
export function parseSettings(value: unknown): CalendarSettings {
  const stored: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {}
  return {
    zone: isZone(stored.zone) ? stored.zone : DEFAULT_SETTINGS.zone,
    ...parseQuiet(stored.quietFrom, stored.quietTo),
    minGapMinutes: isWhole(stored.minGapMinutes, 0, SETTINGS_LIMITS.minGapMinutes)
      ? stored.minGapMinutes
      : DEFAULT_SETTINGS.minGapMinutes,
    silentDays: isWhole(stored.silentDays, 0, SETTINGS_LIMITS.silentDays)
      ? stored.silentDays
      : DEFAULT_SETTINGS.silentDays,
  }
}

export type SettingsProblem = 'badZone' | 'badQuietHours' | 'badGap' | 'badSilence'

/** Why settings cannot be stored, or null. Quiet hours that begin when they end would be none or the whole day. */
export function settingsProblem(settings: CalendarSettings): SettingsProblem | null {
  const { quietFrom, quietTo } = settings
  if (!isZone(settings.zone)) return 'badZone'
  if ((quietFrom === null) !== (quietTo === null)) return 'badQuietHours'
  if (quietFrom !== null && (!isMinute(quietFrom) || !isMinute(quietTo) || quietFrom === quietTo)) {
    return 'badQuietHours'
  }
  if (!isWhole(settings.minGapMinutes, 0, SETTINGS_LIMITS.minGapMinutes)) return 'badGap'
  if (!isWhole(settings.silentDays, 0, SETTINGS_LIMITS.silentDays)) return 'badSilence'
  return null
}
