/** What is written down for ever when it is decided. */
export const DECISION_ACTIONS = [
  'review.asked',
  'review.withdrawn',
  'review.approved',
  'review.changesRequested',
  'review.overridden',
  'review.verdictWithdrawn',
  'review.voided',
  'review.configured',
  'draft.stage',
  'draft.scheduled',
  'draft.published',
  'draft.archived',
  'draft.restored',
  'revision.named',
  'revision.restored',
  'volunteer.invited',
  'volunteer.uninvited',
  'volunteer.joined',
  'volunteer.role',
  'volunteer.suspended',
  'volunteer.reinstated',
  'comment.deleted',
  'calendar.locked',
  'calendar.unlocked',
  'calendar.imported',
  'audit.exported',
  'newsroom.restored',
] as const
export type DecisionAction = (typeof DECISION_ACTIONS)[number]

/** What an action is about: the first word of its name. */
export const DECISION_GROUPS = [
  'review',
  'draft',
  'revision',
  'comment',
  'volunteer',
  'calendar',
  'audit',
  'newsroom',
] as const satisfies readonly GroupOf<DecisionAction>[]
export type DecisionGroup = (typeof DECISION_GROUPS)[number]
type GroupOf<A extends string> = A extends `${infer Group}.${string}` ? Group : never

export const actionsOf = (group: DecisionGroup): readonly DecisionAction[] =>
  DECISION_ACTIONS.filter((action) => action.startsWith(`${group}.`))

/** What an action was about, in plain values. */
export type DecisionDetail = Readonly<Record<string, string | number | boolean | null>>
