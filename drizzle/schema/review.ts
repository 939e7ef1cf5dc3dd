import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { DraftId, ReviewId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
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
  (table) => [
    index('reviews_draft').on(table.draftId, table.askedAt),
    uniqueIndex('reviews_open').on(table.draftId).where(sql`${table.closedAt} is null`),
  ],
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
    /** What they were then: what was published keeps the approvals it had. */
    role: text('role').$type<Role>().notNull(),
    kind: text('kind').$type<VerdictKind>().notNull(),
    /** What is to be changed, or why nobody else was waited for. */
    reason: text('reason').notNull(),
    /** The points of the checklist that were ticked, as they read then. */
    checked: jsonb('checked').$type<readonly string[]>().notNull(),
    at: moment('at').notNull().defaultNow(),
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [
    index('verdicts_draft').on(table.draftId, table.at),
    index('verdicts_volunteer').on(table.volunteerId),
    uniqueIndex('verdicts_one_each')
      .on(table.draftId, table.volunteerId, table.hash)
      .where(sql`${table.withdrawnAt} is null and ${table.kind} <> 'override'`),
  ],
)

/**
 * The revisions of a draft that were approved, and those that went out. What a later text shares with one of them
 * needs nobody’s approval again: lib/domain/review/approved says how far that goes.
 */
export const approvedRevisions = pgTable(
  'approved_revisions',
  {
    revisionId: uuid('revision_id')
      .$type<RevisionId>()
      .primaryKey()
      .references(() => revisions.id),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull(),
    /** See `seq` of the revisions table. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Who had written what was not approved before. */
    writers: jsonb('writers').$type<readonly VolunteerId[]>().notNull(),
    /** The approved revision from which on they were counted; null: from the first word. */
    since: uuid('since').$type<RevisionId>(),
    at: moment('at').notNull().defaultNow(),
    /** When it went out; null: it did not, or not under this revision. */
    publishedAt: moment('published_at'),
  },
  (table) => [index('approved_revisions_draft').on(table.draftId, table.at)],
)
