import { and, eq } from 'drizzle-orm'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'
import { hashPassword, isOutdated } from './password-hash.ts'

export type Credentials = {
  readonly id: VolunteerId
  readonly passwordHash: string
  readonly suspendedAt: Date | null
}

/** What a sign-in is checked against. @param email in its one spelling */
export async function credentialsOf(orm: Orm, email: string): Promise<Credentials | null> {
  const [row] = await orm
    .select({
      id: volunteers.id,
      passwordHash: volunteers.passwordHash,
      suspendedAt: volunteers.suspendedAt,
    })
    .from(volunteers)
    .where(eq(volunteers.email, email))
  return row ?? null
}

/** Only in this moment is the password known, so an old hash is made anew now; a password changed meanwhile wins. */
export async function renewHash(orm: Orm, account: Credentials, password: string): Promise<void> {
  if (!isOutdated(account.passwordHash)) return
  await orm
    .update(volunteers)
    .set({ passwordHash: await hashPassword(password) })
    .where(and(eq(volunteers.id, account.id), eq(volunteers.passwordHash, account.passwordHash)))
}
