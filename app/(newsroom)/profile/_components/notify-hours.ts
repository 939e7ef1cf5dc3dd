import type { MailChoices } from '#lib/domain/inbox/choices.ts'
import { NOTICE_GROUPS, type NoticeGroup, PACES, type Pace } from '#lib/domain/inbox/pace.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** Minutes after midnight as a field of the type `time` wants them. */
export const timeText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** Null where a field of the type `time` was left empty. */
export function timeMinutes(text: string | undefined): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text ?? '') ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

const paceOf = (text: string | undefined): Pace => PACES.find((pace) => pace === text) ?? 'now'

export type HourProblem = 'time' | 'quietHours'

/** What the form says, or what is wrong with it, by the name of the field. */
export function readChoices(
  fields: Readonly<Record<string, string>>,
): { readonly choices: MailChoices } | { readonly wrong: Readonly<Record<string, HourProblem>> } {
  const digestAt = timeMinutes(fields.digestAt)
  const from = timeMinutes(fields.quietFrom)
  const to = timeMinutes(fields.quietTo)
  const quiet = fields.quiet === 'on'
  const wrong: Readonly<Record<string, HourProblem>> = {
    ...(digestAt === null && { digestAt: 'time' as const }),
    ...(quiet && from === null && { quietFrom: 'time' as const }),
    ...(quiet &&
      (to === null ? { quietTo: 'time' as const } : to === from && { quietTo: 'quietHours' as const })),
  }
  if (digestAt === null || Object.keys(wrong).length > 0) return { wrong }
  const pace = Object.fromEntries(NOTICE_GROUPS.map((group) => [group, paceOf(fields[group])])) as Record<
    NoticeGroup,
    Pace
  >
  return { choices: { pace, digestAt, quiet: quiet && from !== null && to !== null ? { from, to } : null } }
}
