import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { CommentId, DraftId, SlotId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'
import { moment } from './columns.ts'
import { drafts } from './drafts.ts'
import { volunteers } from './people.ts'

/** A conversation: about a passage of a draft, a whole draft, or a slot of the calendar. */
export const threads = pgTable(
  'threads',
  {
    id: uuid('id').$type<ThreadId>().primaryKey(),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    /** Without a reference: a slot lives in a document, and its thread outlives it. */
    slotId: uuid('slot_id').$type<SlotId>(),
    /** Null: about the whole. */
    anchor: jsonb('anchor').$type<ThreadAnchor>(),
    createdBy: uuid('created_by')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    resolvedBy: uuid('resolved_by')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    resolvedAt: moment('resolved_at'),
    /** Raised with every change of the thread or of its comments: the later of two pieces of news wins. */
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('threads_draft').on(table.draftId),
    index('threads_slot').on(table.slotId),
    check('threads_one_subject', sql`(${table.draftId} is null) <> (${table.slotId} is null)`),
  ],
)

export const threadComments = pgTable(
  'thread_comments',
  {
    /** Drawn by the page that wrote it: sent twice, it is there once. */
    id: uuid('id').$type<CommentId>().primaryKey(),
    threadId: uuid('thread_id')
      .$type<ThreadId>()
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    /** Plain text; a mention is `@[<volunteer id>]`. Empty once it is deleted. */
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
  },
  (table) => [index('thread_comments_thread').on(table.threadId, table.createdAt)],
)

export const commentReactions = pgTable(
  'comment_reactions',
  {
    commentId: uuid('comment_id')
      .$type<CommentId>()
      .notNull()
      .references(() => threadComments.id, { onDelete: 'cascade' }),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id, { onDelete: 'cascade' }),
    emoji: text('emoji').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.commentId, table.volunteerId, table.emoji] })],
)

/** Who hears of a thread. `following` false: somebody who took part and wants to hear no more of it. */
export const threadFollowers = pgTable(
  'thread_followers',
  {
    threadId: uuid('thread_id')
      .$type<ThreadId>()
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id, { onDelete: 'cascade' }),
    following: boolean('following').notNull(),
  },
  (table) => [primaryKey({ columns: [table.threadId, table.volunteerId] })],
)
