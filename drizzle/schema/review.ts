import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { DraftId, ReviewId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import type { VerdictKind } from '#lib/domain/review/verdict.ts'
import { moment } from './columns.ts'
import { drafts } from './drafts.ts'
import { revisions } from './history.ts'
import { volunteers } from './people.ts'

/** One round: somebody asked others to read a draft. At most one of a draft is open. */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid('id').$type<ReviewId>().primaryKey(),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    askedBy: uuid('asked_by')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    note: text('note').notNull(),
    /** Whoever is here may take it; otherwise those of `review_reviewers` are asked. */
    anybody: boolean('anybody').notNull(),
    askedAt: moment('asked_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
  },
  (table) => [index('reviews_draft').on(table.draftId, table.askedAt)],
)

export const reviewReviewers = pgTable(
  'review_reviewers',
  {
    reviewId: uuid('review_id')
      .$type<ReviewId>()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.volunteerId] })],
)

/** What somebody decided on exactly one revision. Never changed, but for being taken back. */
export const verdicts = pgTable(
  'verdicts',
  {
    id: uuid('id').$type<VerdictId>().primaryKey(),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    reviewId: uuid('review_id')
      .$type<ReviewId>()
      .references(() => reviews.id),
    revisionId: uuid('revision_id')
      .$type<RevisionId>()
      .notNull()
      .references(() => revisions.id),
    /** That of the revision: an approval counts while the draft says exactly this. */
    hash: text('hash').notNull(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    kind: text('kind').$type<VerdictKind>().notNull(),
    /** What is to be changed, or why nobody else was waited for. */
    reason: text('reason').notNull(),
    /** The points of the checklist that were ticked, as they read then. */
    checked: jsonb('checked').$type<readonly string[]>().notNull(),
    at: moment('at').notNull().defaultNow(),
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [index('verdicts_draft').on(table.draftId, table.at)],
)
