import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { bytea, moment } from './columns.ts'
import { volunteers } from './people.ts'

/** One row per shared document; its lock orders the appends of all processes. */
export const documents = pgTable('documents', {
  /** `draft/<uuid>`: the name in the socket's address. */
  name: text('name').primaryKey(),
  schemaVersion: integer('schema_version').notNull(),
  /** Sequence number of the last committed update; the first is 1. */
  headSeq: bigint('head_seq', { mode: 'number' }).notNull().default(0),
  /** Up to which update the rows derived from this document are true. */
  projectedSeq: bigint('projected_seq', { mode: 'number' }).notNull().default(0),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/**
 * The append-only log: an update is saved when its row here is committed. No foreign keys: they cost a third of an
 * append and find nothing, for a row comes in only through the row of its document, and volunteers are never deleted.
 * A trigger deletes the rows of a deleted document.
 */
export const documentUpdates = pgTable(
  'document_updates',
  {
    document: text('document').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** A Yjs update, encoding v1. */
    data: bytea('data').notNull(),
    /** Who wrote it; null for the server itself (seeds, migrations). */
    volunteerId: uuid('volunteer_id').$type<VolunteerId>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.document, table.seq] })],
)

/** The state of a document after all updates up to `seq`; replaces exactly those rows of the log. */
export const documentSnapshots = pgTable('document_snapshots', {
  document: text('document')
    .primaryKey()
    .references(() => documents.name, { onDelete: 'cascade' }),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  data: bytea('data').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/**
 * Which volunteer stands behind a Yjs client id in a document. Written with the first update that
 * carries the id, and kept when compaction deletes that update: who wrote a passage stays known.
 */
export const documentClients = pgTable(
  'document_clients',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name, { onDelete: 'cascade' }),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.document, table.clientId] }),
    index('document_clients_volunteer').on(table.volunteerId),
  ],
)

/**
 * Who made a suggestion in a document. Written with the first update that carries its id, in the same
 * transaction: the mark in the text names nobody, so that nobody can be named falsely.
 */
export const documentSuggestions = pgTable(
  'document_suggestions',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.document, table.id] })],
)

/**
 * Who wrote the updates that compaction deleted, and the last one of each: who has changed a document since a
 * moment stays known, also of those who only took something out.
 */
export const documentEditors = pgTable(
  'document_editors',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name, { onDelete: 'cascade' }),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.document, table.volunteerId] })],
)
