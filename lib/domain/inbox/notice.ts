/** What somebody can be told of. */
export const NOTICE_KINDS = [
  /** Named in a comment. */
  'mention',
  /** A comment in a thread that one follows. */
  'reply',
  /** A new thread on a draft that one wrote in. */
  'thread',
  /** Asked to review, by name or as whoever is here. */
  'reviewAsked',
  'approved',
  'changesRequested',
  /** An approval, one’s own or that of one’s text, counts no more: the text was changed. */
  'approvalVoided',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
