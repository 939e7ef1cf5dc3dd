import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  scrypt as scryptWith,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'
import { makePreamble, PROVEN_BYTES, type Preamble, writePreamble } from './preamble.ts'
import { Unreadable } from './unreadable.ts'

/** Protects one piece of the file, bound to its place: which one it is, and whether it is the last. */
export type Seal = {
  close(index: number, last: boolean, bytes: Buffer): Buffer
  /** @returns null for what was not sealed like this, at this place */
  open(index: number, last: boolean, sealed: Buffer): Buffer | null
}

/** Bytes that a seal adds to a piece. */
export const TAG_BYTES = 16
/** Costs of scrypt: 128 MiB and about half a second for each guess (RFC 7914; OWASP’s first choice). */
const COST = { logN: 17, r: 8, p: 1 }

/** What the dearest costs that readPreamble lets pass take, and some more; bytes. */
const MEMORY = 2 ** 29

const scrypt = promisify<Buffer, Buffer, number, object, Buffer>(scryptWith)

type Opening = { readonly preamble: Preamble; readonly seal: Seal }

/** The preamble and the seal of a new file. @param key null: not encrypted */
export async function beginSeal(key: Buffer | null, cost: Preamble['cost'] = COST): Promise<Opening> {
  const made = makePreamble(key === null ? null : cost)
  if (key === null) return { preamble: made, seal: plainSeal(writePreamble(made)) }
  const keys = await deriveKeys(key, made)
  const preamble = { ...made, proof: proofOf(made, keys.proving) }
  return { preamble, seal: encryptedSeal(preamble, keys.sealing) }
}

/** The seal of a file that is read. @throws Unreadable where the key is not that of the file */
export async function resumeSeal(preamble: Preamble, key: Buffer | null): Promise<Seal> {
  if (preamble.sealing === 'plain') {
    // A file that somebody put in the place of an encrypted one must not pass for it.
    if (key !== null) throw new Unreadable('keyUnexpected')
    return plainSeal(writePreamble(preamble))
  }
  if (key === null) throw new Unreadable('keyNeeded')
  const keys = await deriveKeys(key, preamble)
  if (!timingSafeEqual(proofOf(preamble, keys.proving), preamble.proof)) throw new Unreadable('wrongKey')
  return encryptedSeal(preamble, keys.sealing)
}

async function deriveKeys(key: Buffer, { cost: { logN, r, p }, salt }: Preamble) {
  const N = 2 ** logN
  const derived = await scrypt(key, salt, 64, { N, r, p, maxmem: MEMORY })
  return { sealing: derived.subarray(0, 32), proving: derived.subarray(32) }
}

const proofOf = (preamble: Preamble, proving: Buffer): Buffer =>
  createHmac('sha256', proving)
    .update(writePreamble(preamble).subarray(0, PROVEN_BYTES))
    .digest()
    .subarray(0, TAG_BYTES)

/** Where a piece stands: four bytes of its number, one that says whether it is the last. */
function placeOf(index: number, last: boolean): Buffer {
  const place = Buffer.alloc(5)
  place.writeUInt32BE(index)
  place[4] = last ? 1 : 0
  return place
}

/**
 * STREAM, as Hoang, Reyhanitabar, Rogaway and Vizár define it (“Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance”, CRYPTO 2015): each piece is AES-256-GCM under a nonce of a prefix, the number of the piece, and
 * whether it is the last. So no piece can be changed, swapped, left out, repeated or cut off unnoticed.
 */
function encryptedSeal(preamble: Preamble, key: Buffer): Seal {
  const bound = writePreamble(preamble)
  const nonceOf = (index: number, last: boolean) => Buffer.concat([preamble.nonce, placeOf(index, last)])
  return {
    close(index, last, bytes) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, last)).setAAD(bound)
      return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    open(index, last, sealed) {
      if (sealed.length < TAG_BYTES) return null
      const end = sealed.length - TAG_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, last), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(bound).setAuthTag(sealed.subarray(end))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
      } catch {
        return null
      }
    },
  }
}

/** The same places, guarded against accidents only: whoever can change a piece can seal it anew. */
function plainSeal(bound: Buffer): Seal {
  const sumOf = (index: number, last: boolean, bytes: Buffer) =>
    createHash('sha256')
      .update(bound)
      .update(placeOf(index, last))
      .update(bytes)
      .digest()
      .subarray(0, TAG_BYTES)
  return {
    close: (index, last, bytes) => Buffer.concat([bytes, sumOf(index, last, bytes)]),
    open(index, last, sealed) {
      if (sealed.length < TAG_BYTES) return null
      const bytes = sealed.subarray(0, -TAG_BYTES)
      return sumOf(index, last, bytes).equals(sealed.subarray(-TAG_BYTES)) ? bytes : null
    },
  }
}
