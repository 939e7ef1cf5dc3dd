import { type SQL, sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import { moment, tsvector } from './columns.ts'
import { volunteers } from './people.ts'

/** What lists and searches read. All but the archive decision is derived from `draft/<id>` by the projector. */
export const drafts = pgTable(
  'drafts',
  {
    id: uuid('id').$type<DraftId>().primaryKey(),
    title: text('title').notNull(),
    plainText: text('plain_text').notNull(),
    wordCount: integer('word_count').notNull(),
    characterCount: integer('character_count').notNull(),
    /** Title and text with accents folded and case lowered (lib/domain/search): what the index sees. */
    searchTitle: text('search_title').notNull(),
    searchText: text('search_text').notNull(),
    createdBy: uuid('created_by')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastEditorId: uuid('last_editor_id')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    lastEditedAt: moment('last_edited_at').notNull().defaultNow(),
    /** `textHash` of lib/documents/draft/text: what exactly the draft says. Empty before the first projection. */
    contentHash: text('content_hash').notNull().default(''),
    /** Decided by people, not derived; moved by server/review only. */
    stage: text('stage').$type<Stage>().notNull().default('drafting'),
    archivedAt: moment('archived_at'),
    /** French stems for meaning, whole words for what is half typed; titles weigh more. */
    search: tsvector('search').generatedAlwaysAs(
      (): SQL => sql`setweight(to_tsvector('french', ${drafts.searchTitle}), 'A')
        || setweight(to_tsvector('simple', ${drafts.searchTitle}), 'A')
        || setweight(to_tsvector('french', left(${drafts.searchText}, 200000)), 'B')
        || setweight(to_tsvector('simple', left(${drafts.searchText}, 200000)), 'C')`,
    ),
  },
  (table) => [
    index('drafts_search').using('gin', table.search),
    index('drafts_last_edited').on(table.archivedAt, table.lastEditedAt),
  ],
)
