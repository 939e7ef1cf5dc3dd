import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { BodyNode } from '#lib/domain/body.ts'
import type { Passage, RevisionKind } from '#lib/domain/history/revision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import { moment } from './columns.ts'
import { drafts } from './drafts.ts'
import { volunteers } from './people.ts'

/** The exact frozen state of a draft. That of the editing session under way is rewritten; the others never are. */
export const revisions = pgTable(
  'revisions',
  {
    id: uuid('id').$type<RevisionId>().primaryKey(),
    draftId: uuid('draft_id')
      .$type<DraftId>()
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<RevisionKind>().notNull(),
    /** What somebody called it. */
    name: text('name'),
    /** All updates up to this one are in it, perhaps some later ones too: who wrote after it is asked with this. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** `textHash` of lib/documents/draft/text. */
    hash: text('hash').notNull(),
    title: text('title').notNull(),
    /** With the suggestions that were open then. */
    body: jsonb('body').$type<readonly BodyNode[]>().notNull(),
    /** Who wrote what is there: runs over the title, a line feed, and the plain text of the body. */
    passages: jsonb('passages').$type<readonly Passage[]>().notNull(),
    /** Who wrote since the revision before. */
    authors: jsonb('authors').$type<readonly VolunteerId[]>().notNull(),
    wordCount: integer('word_count').notNull(),
    /** Who made it; null where it was made by itself. */
    createdBy: uuid('created_by')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    /** When the editing session that it closes began. */
    startedAt: moment('started_at').notNull().defaultNow(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('revisions_draft').on(table.draftId, table.createdAt)],
)
