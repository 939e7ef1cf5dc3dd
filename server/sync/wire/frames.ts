import * as decoding from 'lib0/decoding'
import { MESSAGE } from '#lib/protocol/messages.ts'

/** A whole WebSocket frame (RFC 6455, unmasked, final), made once and written to any number of sockets. */
export type Frame = Buffer

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2
const PERMISSION_DENIED = 0
const BINARY = 0x82
const TEXT = 0x81

/** What a client may say. */
export type ClientMessage =
  | { readonly type: 'state'; readonly vector: Uint8Array }
  /** `whole`: the answer to our step 1, hence everything that we lacked. */
  | { readonly type: 'update'; readonly update: Uint8Array; readonly whole: boolean }
  | { readonly type: 'awareness'; readonly entries: Uint8Array }
  | { readonly type: 'queryAwareness' }
  | { readonly type: 'barrier'; readonly n: number }

/** @returns null for what is malformed, truncated, followed by other bytes, or of an unknown type */
export function readMessage(data: Uint8Array): ClientMessage | null {
  const decoder = decoding.createDecoder(data)
  try {
    const message = readFrom(decoder)
    return decoding.hasContent(decoder) ? null : message
  } catch {
    return null
  }
}

function readFrom(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      return readSync(decoder)
    case MESSAGE.awareness:
      return { type: 'awareness', entries: decoding.readVarUint8Array(decoder) }
    case MESSAGE.queryAwareness:
      return { type: 'queryAwareness' }
    case MESSAGE.barrier: {
      const n = decoding.readVarUint(decoder)
      return Number.isSafeInteger(n) ? { type: 'barrier', n } : null
    }
    default:
      return null
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage | null {
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (step === STEP_1) return { type: 'state', vector: bytes }
  if (step === STEP_2 || step === UPDATE) return { type: 'update', update: bytes, whole: step === STEP_2 }
  return null
}

export const stepOneFrame = (vector: Uint8Array): Frame => frameOf([MESSAGE.sync, STEP_1], vector)
export const stepTwoFrame = (update: Uint8Array): Frame => frameOf([MESSAGE.sync, STEP_2], update)
export const updateFrame = (update: Uint8Array): Frame => frameOf([MESSAGE.sync, UPDATE], update)
export const awarenessFrame = (entries: Uint8Array): Frame => frameOf([MESSAGE.awareness], entries)
export const durableFrame = (n: number): Frame => binaryFrame([MESSAGE.durable, ...varUint(n)])
export const storageFrame = (behind: boolean): Frame => binaryFrame([MESSAGE.storage, behind ? 1 : 0])
export const deniedFrame = (reason: string): Frame =>
  frameOf([MESSAGE.auth, PERMISSION_DENIED], Buffer.from(reason, 'utf8'))

/**
 * An awareness message about nobody. The stock provider reconnects after 30 s without a message, and does
 * not count pings.
 */
export const KEEP_ALIVE: Frame = awarenessFrame(Uint8Array.of(0))

export function jsonFrame(value: unknown): Frame {
  const text = Buffer.from(JSON.stringify(value), 'utf8')
  return Buffer.concat([Uint8Array.from(header(TEXT, text.length)), text])
}

/** `prefix`, then `body` with its length before it. */
function frameOf(prefix: readonly number[], body: Uint8Array): Frame {
  const start = [...prefix, ...varUint(body.length)]
  const head = header(BINARY, start.length + body.length)
  const frame = Buffer.allocUnsafe(head.length + start.length + body.length)
  frame.set(head, 0)
  frame.set(start, head.length)
  frame.set(body, head.length + start.length)
  return frame
}

const binaryFrame = (payload: readonly number[]): Frame =>
  Buffer.from([...header(BINARY, payload.length), ...payload])

function header(kind: number, length: number): readonly number[] {
  if (length < 126) return [kind, length]
  if (length < 65536) return [kind, 126, length >> 8, length & 255]
  const high = Math.floor(length / 2 ** 32)
  const parts = [high, length].flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255))
  return [kind, 127, ...parts]
}

function varUint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return bytes
}
