import { hash, verify } from '@node-rs/argon2'
import { normalizePassword, PASSWORD_MAX } from '#lib/domain/accounts/password.ts'

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/** @returns an argon2id PHC string */
export const hashPassword = (password: string): Promise<string> =>
  hash(normalizePassword(password), PARAMETERS)

/** True for a hash made with other parameters than today's: it is made anew at the next sign-in. */
export const isOutdated = (passwordHash: string): boolean => !passwordHash.startsWith(PREFIX)

let nobody: Promise<string> | null = null

/**
 * Compares a password with a volunteer's hash; null stands for an account that does not exist. Nobody's password
 * takes as long to refuse as somebody's, so that the answer's delay tells no stranger who has an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const tooLong = password.length > PASSWORD_MAX
  nobody ??= hashPassword('')
  const matches = await verify(passwordHash ?? (await nobody), tooLong ? '' : normalizePassword(password))
  return matches && passwordHash !== null && !tooLong
}
