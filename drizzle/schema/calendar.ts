import { type SQL, sql } from 'drizzle-orm'
import { date, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { DraftId, FeedId, SlotId, VolunteerId } from '#lib/domain/ids.ts'
import { moment, tsvector } from './columns.ts'
import { volunteers } from './people.ts'

/**
 * Every slot: those of `calendar/main`, derived by the projector, and those of the past, which left the document
 * and are only here.
 */
export const calendarSlots = pgTable(
  'calendar_slots',
  {
    id: uuid('id').$type<SlotId>().primaryKey(),
    /** The entries of the slot's map: what `readSlot` of lib/documents/calendar reads. */
    fields: jsonb('fields').$type<Readonly<Record<string, unknown>>>().notNull(),
    /** First and last day that it touches, by the newsroom’s clocks; no last day: it repeats without end. */
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day'),
    draftId: uuid('draft_id').$type<DraftId>(),
    /** UID of the event that it was imported from, and the occurrence of it (empty: the whole series). */
    uid: text('uid'),
    uidDay: text('uid_day').notNull().default(''),
    /** Title, tags and note with accents folded and case lowered: what the index sees. */
    searchText: text('search_text').notNull(),
    /** Since when the slot is out of the document; null while it is in it. */
    archivedAt: moment('archived_at'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    search: tsvector('search').generatedAlwaysAs(
      (): SQL => sql`to_tsvector('french', ${calendarSlots.searchText})
        || to_tsvector('simple', ${calendarSlots.searchText})`,
    ),
  },
  (table) => [
    index('calendar_slots_days').on(table.firstDay, table.lastDay),
    index('calendar_slots_draft').on(table.draftId),
    index('calendar_slots_uid').on(table.uid, table.uidDay),
    index('calendar_slots_search').using('gin', table.search),
  ],
)

/** The secret address under which a volunteer's own calendar program reads the newsroom's calendar. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: uuid('id').$type<FeedId>().primaryKey(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id, { onDelete: 'cascade' }),
    /** SHA-256 of the secret in the address, hex: the address itself is nowhere at rest. */
    tokenHash: text('token_hash').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastReadAt: moment('last_read_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('calendar_feeds_token').on(table.tokenHash),
    index('calendar_feeds_volunteer').on(table.volunteerId),
  ],
)
