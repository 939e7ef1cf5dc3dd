import { newsroom } from '#drizzle/schema/people.ts'
import type { Transaction } from '#server/db/database.ts'

/**
 * Waits until no other transaction is changing the staff, and keeps the others waiting until this one ends. The
 * newsroom's one row is the lock: several rows, locked one after the other, could deadlock.
 */
export async function awaitTurn(tx: Transaction): Promise<void> {
  await tx.select({ only: newsroom.only }).from(newsroom).for('update')
}
