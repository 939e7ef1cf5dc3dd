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
