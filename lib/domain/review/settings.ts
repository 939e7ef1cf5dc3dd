import type { Channel } from '../channels/channels.ts'

/** Whose approval a text needs: nobody’s, one other person’s, two others’, a coordinator’s. */
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
