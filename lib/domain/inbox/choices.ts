import { z } from 'zod'
import { instantOnDay, localTime } from '../calendar/zone.ts'
import type { NoticeKind } from './notice.ts'
import { GROUP_OF, type NoticeGroup, PACES, type Pace } from './pace.ts'

/** What reaches a volunteer by e-mail. Kept in their row as jsonb; read by the browser too. */
export type MailChoices = {
  readonly pace: Readonly<Record<NoticeGroup, Pace>>
  /** No e-mail in these hours: minutes after the newsroom’s midnight (0–1439), over midnight where `from` > `to`. */
  readonly quiet: { readonly from: number; readonly to: number } | null
  /** When the daily e-mail goes out: minutes after the newsroom’s midnight. */
  readonly digestAt: number
}

export const DEFAULT_CHOICES: MailChoices = {
  pace: { mentions: 'now', replies: 'digest', reviews: 'now', approvals: 'now' },
  quiet: { from: 22 * 60, to: 7 * 60 },
  digestAt: 8 * 60,
}

const minute = z.int().min(0).max(1439)
const pace = z.enum(PACES)
const paces = z.object({ mentions: pace, replies: pace, reviews: pace, approvals: pace })
/** Hours that begin when they end would be none or the whole day. */
const quiet = z
  .object({ from: minute, to: minute })
  .refine(({ from, to }) => from !== to)
  .nullable()

export const mailChoices = z.object({ pace: paces, quiet, digestAt: minute })

/** Each unreadable part becomes its default: an older row must neither silence nor flood anybody. */
const stored = z.object({
  pace: z
    .object({
      mentions: pace.catch(DEFAULT_CHOICES.pace.mentions),
      replies: pace.catch(DEFAULT_CHOICES.pace.replies),
      reviews: pace.catch(DEFAULT_CHOICES.pace.reviews),
      approvals: pace.catch(DEFAULT_CHOICES.pace.approvals),
    })
    .catch(DEFAULT_CHOICES.pace),
  quiet: quiet.catch(DEFAULT_CHOICES.quiet),
  digestAt: minute.catch(DEFAULT_CHOICES.digestAt),
})

export const parseChoices = (value: unknown): MailChoices => stored.catch(DEFAULT_CHOICES).parse(value)

const refusal = z.object({ refused: z.string() })

/**
 * The address at which the mail server refused mail for good, kept beside the choices. Another address is worth
 * another try.
 */
export function refusedAddress(value: unknown): string | null {
  const read = refusal.safeParse(value)
  return read.success ? read.data.refused : null
}

/** How long something waits for what comes right after it, so that a burst is one e-mail. Milliseconds. */
export const BURST_MS = 120_000
/** The same for whoever was named: somebody waits for them. */
const MENTION_BURST_MS = 30_000

/**
 * When an e-mail may tell of something that happened at `now` (ms); null: never.
 * @param zone IANA, the newsroom’s
 */
export function mailDueAt(
  kind: NoticeKind,
  { pace, quiet, digestAt }: MailChoices,
  now: number,
  zone: string,
): number | null {
  switch (pace[GROUP_OF[kind]]) {
    case 'none':
      return null
    case 'now':
      return afterQuiet(now + (kind === 'mention' ? MENTION_BURST_MS : BURST_MS), quiet, zone)
    case 'digest':
      return afterQuiet(nextAt(digestAt, now, zone), quiet, zone)
  }
}

/** The first instant (ms) after `now` at which the clocks show `minutes`. Once a day, also where they show it twice. */
function nextAt(minutes: number, now: number, zone: string): number {
  const { day } = localTime(now, zone)
  const today = instantOnDay(day, minutes, zone)
  return today > now ? today : instantOnDay(day + 1, minutes, zone)
}

/** `ms`, or the end of the quiet hours that it lies in. */
export function afterQuiet(ms: number, quiet: MailChoices['quiet'], zone: string): number {
  if (!quiet) return ms
  const { day, minutes } = localTime(ms, zone)
  if (!isQuiet(minutes, quiet)) return ms
  const over = minutes < quiet.to ? day : day + 1
  const end = instantOnDay(over, quiet.to, zone)
  // Where the clocks leave that minute out, the first one after it may be quiet again: then the end is a day later.
  if (end > ms) return afterQuiet(end, quiet, zone)
  // The hour that comes twice in autumn: its first end is past, and we are in it again.
  const sinceMinute = ms % 60_000
  return ms - sinceMinute + (quiet.to - minutes) * 60_000
}

const isQuiet = (minutes: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to
