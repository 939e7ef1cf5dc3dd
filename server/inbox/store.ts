import { and, eq, inArray, isNull, notExists, or, sql } from 'drizzle-orm'
import { notifications } from '#drizzle/schema/inbox.ts'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Transaction } from '#server/db/database.ts'
import type { Notice } from './port.ts'

type NewRow = typeof notifications.$inferInsert

/**
 * Of some people those who are here, with their choices. Whoever was told of a comment already is left out: once
 * as somebody named is enough, and a comment that is sent twice tells once.
 */
export function peopleToTell(tx: Transaction, ids: readonly VolunteerId[], { kind, commentId }: Notice) {
  const told = commentId
    ? notExists(
        tx
          .select({ one: sql`1` })
          .from(notifications)
          .where(
            and(
              eq(notifications.volunteerId, volunteers.id),
              eq(notifications.commentId, commentId),
              or(eq(notifications.kind, kind), sql`${kind} <> 'mention'`),
            ),
          ),
      )
    : undefined
  return tx
    .select({ id: volunteers.id, notify: volunteers.notify })
    .from(volunteers)
    .where(and(inArray(volunteers.id, [...ids]), isNull(volunteers.suspendedAt), told))
}

export const insertNotifications = (tx: Transaction, rows: NewRow[]) => tx.insert(notifications).values(rows)
