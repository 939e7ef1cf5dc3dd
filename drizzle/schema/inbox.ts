import { sql } from 'drizzle-orm'
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
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
import { moment } from './columns.ts'
import { drafts } from './drafts.ts'
import { volunteers } from './people.ts'
import { reviews } from './review.ts'
import { threads } from './threads.ts'

/** One thing that one volunteer should know. What it says is read from the rows it names. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').$type<NotificationId>().primaryKey(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Who did it; null: nobody in particular. */
    byId: uuid('by_id')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    slotId: uuid('slot_id').$type<SlotId>(),
    threadId: uuid('thread_id')
      .$type<ThreadId>()
      .references(() => threads.id, { onDelete: 'cascade' }),
    commentId: uuid('comment_id').$type<CommentId>(),
    reviewId: uuid('review_id')
      .$type<ReviewId>()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    readAt: moment('read_at'),
    /** When an e-mail has to tell of it; null: none is to, or one has. */
    mailDueAt: moment('mail_due_at'),
    mailedAt: moment('mailed_at'),
    /** Since when the mail server could not be told; null: it was not tried, or it went well. */
    mailFailingSince: moment('mail_failing_since'),
  },
  (table) => [
    index('notifications_volunteer').on(table.volunteerId, table.createdAt),
    index('notifications_unread').on(table.volunteerId).where(sql`${table.readAt} is null`),
    index('notifications_thread').on(table.threadId),
    index('notifications_mail_due').on(table.mailDueAt).where(sql`${table.mailDueAt} is not null`),
  ],
)
