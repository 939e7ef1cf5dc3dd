import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { InvitationId, LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Locale, Role } from '#lib/domain/permissions.ts'
import { moment } from './columns.ts'

/** One row: this instance is one newsroom. It exists from the end of the first-run set-up on. */
export const newsroom = pgTable(
  'newsroom',
  {
    only: boolean('only').primaryKey().default(true),
    name: text('name').notNull(),
    /** Zone, quiet hours and warnings: lib/domain/calendar/settings reads it, and knows what is left out. */
    calendar: jsonb('calendar').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    /** Who must approve, and what reviewers look at: lib/domain/review/settings reads it. */
    review: jsonb('review').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [check('newsroom_is_one', sql`${table.only}`)],
)

export const volunteers = pgTable(
  'volunteers',
  {
    id: uuid('id').$type<VolunteerId>().primaryKey(),
    /** Trimmed and lower-cased by lib/domain: unique as written. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    color: text('color').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    role: text('role').$type<Role>().notNull(),
    /** argon2id, PHC string. */
    passwordHash: text('password_hash').notNull(),
    suspendedAt: moment('suspended_at'),
    /** What reaches them by e-mail, and when: lib/domain/inbox/choices reads it. */
    notify: jsonb('notify').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('volunteers_email').on(table.email),
    check('volunteers_color', sql`${table.color} ~ '^#[0-9a-f]{6}$'`),
  ],
)

/** A signed-in browser. Its id is the `sid` in the token; without a live row the token is worth nothing. */
export const loginSessions = pgTable(
  'login_sessions',
  {
    id: uuid('id').$type<LoginSessionId>().primaryKey(),
    volunteerId: uuid('volunteer_id')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('login_sessions_volunteer').on(table.volunteerId)],
)

export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').$type<InvitationId>().primaryKey(),
    /** SHA-256 of the secret in the link, hex: the link itself is nowhere at rest. */
    tokenHash: text('token_hash').notNull(),
    role: text('role').$type<Role>().notNull(),
    email: text('email'),
    invitedBy: uuid('invited_by')
      .$type<VolunteerId>()
      .notNull()
      .references(() => volunteers.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    acceptedBy: uuid('accepted_by')
      .$type<VolunteerId>()
      .references(() => volunteers.id),
    revokedAt: moment('revoked_at'),
  },
  (table) => [uniqueIndex('invitations_token').on(table.tokenHash)],
)

/** Failed attempts in a window, by a hashed key (an account, an address). */
export const throttles = pgTable('throttles', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  windowStartedAt: moment('window_started_at').notNull(),
})
