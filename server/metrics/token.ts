import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What the operator’s own commands name to read `/metrics`: whoever can read the secret can sign any session with it,
 * so it gives nothing away that they could not have.
 */
export const operatorToken = (secret: string): string =>
  createHmac('sha256', secret).update('pupitre metrics').digest('hex')

const digest = (text: string) => createHash('sha256').update(text).digest()

/** @returns whether a header `Authorization` names one of `tokens`; in a time that says nothing about them */
export function namesToken(header: string | undefined, tokens: readonly string[]): boolean {
  const named = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  if (named === undefined) return false
  const given = digest(named)
  let found = false
  for (const token of tokens) found = timingSafeEqual(given, digest(token)) || found
  return found
}
