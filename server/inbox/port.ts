import type { CommentId, DraftId, ReviewId, SlotId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { NoticeKind } from '#lib/domain/inbox/notice.ts'
import type { Transaction } from '#server/db/database.ts'

/** Something that people should know. */
export type Notice = {
  readonly kind: NoticeKind
  /** Whoever did it and whoever is suspended is left out; each person is told once. */
  readonly to: Iterable<VolunteerId>
  readonly by: VolunteerId | null
  readonly draftId?: DraftId | null
  readonly slotId?: SlotId | null
  readonly threadId?: ThreadId
  readonly commentId?: CommentId
  readonly reviewId?: ReviewId
}

/** Other features tell; the inbox keeps, shows and mails it. Within the transaction of what it is about. */
export type Notify = (tx: Transaction, notice: Notice) => Promise<void>
