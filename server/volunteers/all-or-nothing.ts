import { TransactionRollbackError } from 'drizzle-orm'
import type { Result } from '#lib/domain/result.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

/** A transaction whose refusal leaves nothing behind: `ok` commits, a failure rolls back and is returned. */
export async function allOrNothing<T, E>(
  orm: Orm,
  change: (tx: Transaction) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  let refusal: Result<T, E> | null = null
  try {
    return await orm.transaction(async (tx) => {
      const outcome = await change(tx)
      if (outcome.ok) return outcome
      refusal = outcome
      return tx.rollback()
    })
  } catch (error) {
    if (refusal && error instanceof TransactionRollbackError) return refusal
    throw error
  }
}
