import { z } from 'zod'
import { CHANNELS, type Channel } from '../channels/channels.ts'
import type { Locale } from '../permissions.ts'

/** Whose approval a text needs, the strictest last: nobody’s, one other person’s, two others’, a coordinator’s. */
export const REVIEW_MODES = ['none', 'one', 'two', 'coordinator'] as const
export type ReviewMode = (typeof REVIEW_MODES)[number]

/** How a newsroom reviews. Of the modes of all channels that a draft is planned for, the strictest counts. */
export type ReviewSettings = {
  readonly mode: ReviewMode
  /** Where a channel differs. */
  readonly channels: Readonly<Partial<Record<Channel, ReviewMode>>>
  /** What a reviewer looks at, in the newsroom’s own words; each point is ticked before approving. */
  readonly checklist: readonly string[]
}

/** `length`: of one point, in UTF-16 units. */
export const CHECKLIST_LIMITS = { points: 20, length: 200 } as const

const DEFAULT_MODE: ReviewMode = 'one'

/** What newsrooms look at until they say otherwise. */
export const DEFAULT_CHECKLIST: { readonly [L in Locale]: readonly string[] } = {
  fr: [
    'Orthographe et typographie relues',
    'Liens ouverts et vérifiés',
    'Images décrites pour qui ne les voit pas',
    'Chiffres et citations appuyés par une source',
  ],
  en: [
    'Spelling and typography checked',
    'Links opened and checked',
    'Images described for those who cannot see them',
    'Figures and quotations backed by a source',
  ],
}

const mode = z.enum(REVIEW_MODES)
const channels = z.partialRecord(z.enum(CHANNELS), mode)
const checklist = z
  .array(z.string().trim().min(1).max(CHECKLIST_LIMITS.length))
  .max(CHECKLIST_LIMITS.points)
  .refine((points) => new Set(points).size === points.length)

const settings = z.strictObject({ mode, channels, checklist })

/** What may be stored: blanks around points taken off; null where a point is blank, there twice or too long. */
export function checkedSettings(value: unknown): ReviewSettings | null {
  const parsed = settings.safeParse(value)
  return parsed.success ? present(parsed.data) : null
}

/**
 * What was stored, each unreadable field replaced by its default, so that an older row stops nobody’s work: a channel
 * whose mode cannot be read asks for what the newsroom does.
 *
 * @param language of the newsroom, for a checklist that nobody has written yet
 */
export function parseReviewSettings(value: unknown, language: Locale): ReviewSettings {
  const stored: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {}
  return present({
    mode: mode.catch(DEFAULT_MODE).parse(stored.mode),
    channels: channels.catch({}).parse(stored.channels),
    checklist: checklist.catch([...DEFAULT_CHECKLIST[language]]).parse(stored.checklist),
  })
}

type Parsed = z.output<typeof settings>

function present({ channels: differing, ...rest }: Parsed): ReviewSettings {
  const named = CHANNELS.flatMap((channel) => {
    const own = differing[channel]
    return own === undefined ? [] : [[channel, own] as const]
  })
  return { ...rest, channels: Object.fromEntries(named) }
}
