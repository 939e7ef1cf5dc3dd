import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Unreadable } from './unreadable.ts'

/** The first bytes of a file, in the clear; docs/BACKUP-FORMAT.md has the table. */
export type Preamble = {
  readonly sealing: 'plain' | 'encrypted'
  /** Costs of scrypt: the base-2 logarithm of N, r, and p. */
  readonly cost: { readonly logN: number; readonly r: number; readonly p: number }
  /** Seven bytes that no other stream under the same key has. */
  readonly nonce: Buffer
  /** Sixteen bytes for scrypt. */
  readonly salt: Buffer
  /** Sixteen bytes that only whoever has the key can make of the bytes before them. */
  readonly proof: Buffer
}

export const PREAMBLE_BYTES = 64
/** What `proof` is made of. */
export const PROVEN_BYTES = 44
/** The line feed and the carriage return are there to be broken by a transfer that takes the file for text. */
const MAGIC = Buffer.from('PUPITRE BACKUP\r\n', 'latin1')
const FORMAT = 1
const SEALINGS = ['plain', 'encrypted'] as const
/** Costs that are agreed to: at most 256 MiB of memory. A file cannot make us spend more. */
const MOST = { logN: 18, r: 8, p: 1 }
const NONE = Buffer.alloc(16)

/** @param cost null for a file that is not encrypted */
export function makePreamble(cost: Preamble['cost'] | null): Preamble {
  const sealing = cost === null ? 'plain' : 'encrypted'
  const [nonce, salt] = [randomBytes(7), randomBytes(16)]
  return { sealing, cost: cost ?? { logN: 0, r: 0, p: 0 }, nonce, salt, proof: NONE }
}

export function writePreamble({ sealing, cost, nonce, salt, proof }: Preamble): Buffer {
  const { logN, r, p } = cost
  const fields = Buffer.from([FORMAT, SEALINGS.indexOf(sealing), logN, r, p])
  const sum = Buffer.alloc(4)
  const summed = Buffer.concat([MAGIC, fields, nonce, salt, proof])
  sum.writeUInt32BE(crc32(summed))
  return Buffer.concat([summed, sum])
}

/** @throws Unreadable */
export function readPreamble(bytes: Buffer): Preamble {
  const opening = bytes.subarray(0, MAGIC.length)
  if (bytes.length === 0 || !opening.equals(MAGIC.subarray(0, opening.length)))
    throw new Unreadable('notBackup')
  if (bytes.length < PREAMBLE_BYTES) throw new Unreadable('cut', bytes.length)
  if (crc32(bytes.subarray(0, 60)) !== bytes.readUInt32BE(60)) throw new Unreadable('damaged', 0)
  const [format, kind = -1, logN = 0, r = 0, p = 0] = bytes.subarray(MAGIC.length)
  if (format !== FORMAT) throw new Unreadable('newerFormat')
  const sealing = SEALINGS[kind]
  const isDear = logN > MOST.logN || r > MOST.r || p > MOST.p
  if (sealing === undefined || isDear) throw new Unreadable('damaged', 0)
  const [nonce, salt, proof] = [bytes.subarray(21, 28), bytes.subarray(28, 44), bytes.subarray(44, 60)]
  return { sealing, cost: { logN, r, p }, nonce, salt, proof }
}
