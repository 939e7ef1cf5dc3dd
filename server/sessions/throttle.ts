import { createHmac } from 'node:crypto'
import { and, eq, inArray, lt, sql, TransactionRollbackError } from 'drizzle-orm'
import { throttles } from '#drizzle/schema/people.ts'
import { type Count, KNOWN_ADDRESS_MS, type Limit, take } from '#lib/domain/accounts/throttle.ts'
import type { Database, Orm, Transaction } from '#server/db/database.ts'

/** What a guess is held against: `subject` is an account, an address or both; at rest it is a keyed hash. */
export type Counter = { readonly limit: Limit; readonly subject: readonly string[] }

export type Throttle = {
  /**
   * Counts one guess against all counters, or against none and says false where one of them is full.
   * Guesses made at the same time wait for one another here, never beside the count.
   */
  take(counters: readonly Counter[]): Promise<boolean>
  /** The guess was right: takes it back. */
  giveBack(counters: readonly Counter[]): Promise<void>
  /** The guess was right: forgets the wrong ones before it. */
  clear(counter: Counter): Promise<void>
  /** Remembers that these belong together: an account signed in from an address. */
  remember(subject: readonly string[]): Promise<void>
  isKnown(subject: readonly string[]): Promise<boolean>
}

const KNOWN = 'known'

export function createThrottle({ database, secret }: { database: Database; secret: string }): Throttle {
  const { orm } = database
  const keyOf = (kind: string, subject: readonly string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['throttle', kind, ...subject]))
      .digest('base64url')
  const keyed = (counter: Counter) =>
    keyOf(`${counter.limit.attempts}/${counter.limit.windowMs}`, counter.subject)

  return {
    take: (counters) =>
      orm
        .transaction((tx) => takeAll(tx, byKey(counters, keyed)))
        .catch((error: unknown) => {
          if (error instanceof TransactionRollbackError) return false
          throw error
        }),

    async giveBack(counters) {
      await orm
        .update(throttles)
        .set({ failures: sql`greatest(${throttles.failures} - 1, 0)` })
        .where(inArray(throttles.key, counters.map(keyed)))
    },

    async clear(counter) {
      await orm.delete(throttles).where(eq(throttles.key, keyed(counter)))
    },

    async remember(subject) {
      const row = { key: keyOf(KNOWN, subject), failures: 0, windowStartedAt: new Date() }
      await orm
        .insert(throttles)
        .values(row)
        .onConflictDoUpdate({ target: throttles.key, set: { windowStartedAt: row.windowStartedAt } })
      await sweep(orm)
    },

    async isKnown(subject) {
      const since = new Date(Date.now() - KNOWN_ADDRESS_MS)
      const rows = await orm
        .select({ key: throttles.key })
        .from(throttles)
        .where(and(eq(throttles.key, keyOf(KNOWN, subject)), sql`${throttles.windowStartedAt} > ${since}`))
      return rows.length > 0
    },
  }
}

/** Always in the same order, so that two guesses that share counters wait and never deadlock. */
function byKey(counters: readonly Counter[], keyed: (counter: Counter) => string): Map<string, Limit> {
  const entries = counters.map((counter) => [keyed(counter), counter.limit] as const)
  return new Map(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

async function takeAll(tx: Transaction, limits: Map<string, Limit>): Promise<boolean> {
  const now = new Date()
  const fresh = [...limits.keys()].map((key) => ({ key, failures: 0, windowStartedAt: now }))
  // The update changes nothing: it locks the row that is there, and reads what the last guess left in it.
  const rows = await tx
    .insert(throttles)
    .values(fresh)
    .onConflictDoUpdate({ target: throttles.key, set: { failures: throttles.failures } })
    .returning()
  const next: (Count & { key: string })[] = []
  for (const { key, ...count } of rows) {
    const limit = limits.get(key)
    const taken = limit ? take(count, limit, now) : null
    if (!taken) return tx.rollback()
    next.push({ key, ...taken })
  }
  await tx
    .insert(throttles)
    .values(next)
    .onConflictDoUpdate({
      target: throttles.key,
      set: { failures: sql`excluded.failures`, windowStartedAt: sql`excluded.window_started_at` },
    })
  return true
}

/** Rows that can no longer say anything: nothing outlives the longest memory. */
async function sweep(orm: Orm): Promise<void> {
  await orm.delete(throttles).where(lt(throttles.windowStartedAt, new Date(Date.now() - KNOWN_ADDRESS_MS)))
}
