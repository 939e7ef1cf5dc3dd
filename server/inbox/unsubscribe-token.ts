import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseThreadId, parseVolunteerId, type ThreadId, type VolunteerId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { LinkRefusal } from './types.ts'

const DAY_MS = 86_400_000
/** Days that a link holds: longer than anybody keeps an e-mail unread, shorter than archives are kept. */
const LIFETIME = 120
/** Two UUIDs and the day on which it ends, then the seal. Bytes. */
const CONTENT = 16 + 16 + 4
const SEAL = 32
const SHAPE = /^[A-Za-z0-9_-]{91}$/

type Promised = { readonly volunteerId: VolunteerId; readonly threadId: ThreadId }

/** Leads out of one thread without a sign-in. Nothing of it is kept: the seal is the proof. */
export function unsubscribeToken({ volunteerId, threadId }: Promised, secret: string, now: Date): string {
  const content = Buffer.alloc(CONTENT)
  bytesOf(volunteerId).copy(content, 0)
  bytesOf(threadId).copy(content, 16)
  content.writeUInt32BE(Math.floor(now.getTime() / DAY_MS) + LIFETIME, 32)
  return Buffer.concat([content, sealOf(content, secret)]).toString('base64url')
}

export function readUnsubscribeToken(
  token: string,
  secret: string,
  now: Date,
): Result<Promised, LinkRefusal> {
  const bytes = SHAPE.test(token) ? Buffer.from(token, 'base64url') : null
  if (bytes?.length !== CONTENT + SEAL) return fail('unknown')
  const content = bytes.subarray(0, CONTENT)
  if (!timingSafeEqual(bytes.subarray(CONTENT), sealOf(content, secret))) return fail('unknown')
  const volunteerId = parseVolunteerId(uuidOf(content.subarray(0, 16)))
  const threadId = parseThreadId(uuidOf(content.subarray(16, 32)))
  if (!volunteerId || !threadId) return fail('unknown')
  if (content.readUInt32BE(32) * DAY_MS < now.getTime()) return fail('expired')
  return ok({ volunteerId, threadId })
}

/** The words keep this seal from being good for anything else that the secret seals. */
const sealOf = (content: Buffer, secret: string) =>
  createHmac('sha256', secret).update('leave a thread by a link\0').update(content).digest()

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

const uuidOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
