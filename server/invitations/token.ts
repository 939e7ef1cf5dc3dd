import { createHash, randomBytes } from 'node:crypto'

/** 256 bits in the alphabet of links: 43 characters. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/

export const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * What is kept of a token: who reads the database, or a backup of it, cannot make the link. The token is as long
 * as the hash, so a slow hash would protect nothing more.
 *
 * @returns null for what cannot be a token
 */
export const tokenHash = (token: string): string | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest('hex') : null
