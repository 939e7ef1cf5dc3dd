import type { NoticeKind } from './notice.ts'

/** When an e-mail tells of something: at once (but see `mailDueAt`), once a day, never. */
export const PACES = ['now', 'digest', 'none'] as const
export type Pace = (typeof PACES)[number]

/** What a choice is made for; the inbox itself always has everything. */
export const NOTICE_GROUPS = ['mentions', 'replies', 'reviews', 'approvals'] as const
export type NoticeGroup = (typeof NOTICE_GROUPS)[number]

export const GROUP_OF: Readonly<Record<NoticeKind, NoticeGroup>> = {
  mention: 'mentions',
  reply: 'replies',
  thread: 'replies',
  reviewAsked: 'reviews',
  approved: 'approvals',
  changesRequested: 'approvals',
  approvalVoided: 'approvals',
}
