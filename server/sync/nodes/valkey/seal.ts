import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { NodeId } from '../bus.ts'

/** Bytes of a node’s id, of the count of its messages, and of what proves them. */
const ID = 16
const COUNT = 8
const TAG = 16
/** Keys of nodes that are remembered: a stranger may make up any number of nodes. */
const MAX_KEYS = 256

/** A message whose author is known to have the newsroom’s secret. */
export type Opened = { readonly node: NodeId; readonly count: bigint; readonly plain: Buffer }

/**
 * Who can write to Valkey is nobody of the newsroom for that: every message is sealed (AES-256-GCM) for its channel,
 * with a key that comes from the secret and from the sender’s id. So it says nothing to whoever reads along, and what
 * was changed, made up, or belongs to another channel does not open. Each node counts its messages; a key is never
 * used with the same count twice, since every start is another node.
 */
export class Seal {
  readonly node: NodeId
  readonly #secret: string
  readonly #id = randomBytes(ID)
  readonly #own: Buffer
  #count = 0n
  readonly #keys = new Map<NodeId, Buffer>()

  /** @param secret at least 32 characters, the same in all processes of the newsroom and in no other newsroom */
  constructor(secret: string) {
    this.#secret = secret
    this.node = this.#id.toString('hex')
    this.#own = this.#derive(this.#id)
  }

  /** @returns id, count, sealed, proof */
  close(channel: string, plain: Uint8Array): Buffer {
    this.#count += 1n
    const envelope = Buffer.allocUnsafe(ID + COUNT)
    this.#id.copy(envelope)
    envelope.writeBigUInt64BE(this.#count, ID)
    const cipher = createCipheriv('aes-256-gcm', this.#own, nonceOf(envelope))
    cipher.setAAD(Buffer.from(channel, 'utf8'))
    return Buffer.concat([envelope, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }

  /** @returns null for what nobody of this newsroom has sent to this channel */
  open(channel: string, sealed: Buffer): Opened | null {
    if (sealed.length < ID + COUNT + TAG) return null
    const id = sealed.subarray(0, ID)
    const node = id.toString('hex')
    const key = node === this.node ? this.#own : (this.#keys.get(node) ?? this.#derive(id))
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(sealed), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(channel, 'utf8'))
    decipher.setAuthTag(sealed.subarray(-TAG))
    try {
      const plain = Buffer.concat([decipher.update(sealed.subarray(ID + COUNT, -TAG)), decipher.final()])
      if (node !== this.node) this.#remember(node, key)
      return { node, count: sealed.readBigUInt64BE(ID), plain }
    } catch {
      return null
    }
  }

  #derive(id: Buffer): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, id, 'pupitre bus', 32))
  }

  #remember(node: NodeId, key: Buffer): void {
    if (this.#keys.has(node)) return
    const [oldest] = this.#keys.keys()
    if (this.#keys.size >= MAX_KEYS && oldest !== undefined) this.#keys.delete(oldest)
    this.#keys.set(node, key)
  }
}

function nonceOf(envelope: Buffer): Buffer {
  const nonce = Buffer.alloc(12)
  envelope.copy(nonce, 4, ID, ID + COUNT)
  return nonce
}

/** What tells the channels of this newsroom from those of others that share the Valkey. */
export const namespaceOf = (secret: string, database: string): string =>
  Buffer.from(hkdfSync('sha256', secret, database, 'pupitre bus namespace', 12)).toString('base64url')
