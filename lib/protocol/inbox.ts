import type {
  CommentId,
  DraftId,
  NotificationId,
  ReviewId,
  SlotId,
  ThreadId,
  VolunteerId,
} from '#lib/domain/ids.ts'
import type { NoticeKind } from '#lib/domain/inbox/notice.ts'

/** One line of somebody’s inbox. Times are ISO 8601 in UTC. */
export type NotificationView = {
  readonly id: NotificationId
  readonly kind: NoticeKind
  readonly by: VolunteerId | null
  readonly at: string
  readonly readAt: string | null
  readonly draft: { readonly id: DraftId; readonly title: string } | null
  /** Also where the slot is gone, or the title is not known. */
  readonly slot: { readonly id: SlotId; readonly title: string } | null
  readonly threadId: ThreadId | null
  readonly commentId: CommentId | null
  readonly reviewId: ReviewId | null
  /** The beginning of what was said, as plain text with its mentions as they are stored; empty where nothing was. */
  readonly excerpt: string
}
