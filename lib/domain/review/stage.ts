/** How far a text has come, in the order in which it usually goes. */
export const STAGES = [
  'idea',
  'drafting',
  'inReview',
  'changesRequested',
  'approved',
  'scheduled',
  'published',
] as const
export type Stage = (typeof STAGES)[number]

export const isStage = (value: unknown): value is Stage =>
  typeof value === 'string' && (STAGES as readonly string[]).includes(value)

/** Somebody was asked to judge the text, and nobody has let it through. */
export const isUnderReview = (stage: Stage): boolean => stage === 'inReview' || stage === 'changesRequested'
/** Its approval holds it at this stage: the text falls back with it. */
export const isHeld = (stage: Stage): boolean => stage === 'approved' || stage === 'scheduled'
