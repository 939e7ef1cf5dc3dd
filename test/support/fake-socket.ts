import * as decoding from 'lib0/decoding'
import type { CloseCode } from '#lib/protocol/close-codes.ts'
import { MAX_OUTGOING_BYTES, MESSAGE } from '#lib/protocol/messages.ts'
import type { Frame } from '#server/sync/wire/frames.ts'
import type { Wire } from '#server/sync/wire/wire.ts'

/** What the server said, as a client reads it. */
export type ServerMessage =
  | { readonly type: 'stepOne'; readonly vector: Uint8Array }
  | { readonly type: 'stepTwo' | 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: ReadonlyMap<number, AwarenessEntry> }
  | { readonly type: 'denied'; readonly reason: string }
  | { readonly type: 'durable'; readonly n: number }
  | { readonly type: 'storage'; readonly behind: boolean }

type AwarenessEntry = { readonly clock: number; readonly state: Record<string, unknown> | null }

/** The payload of a whole WebSocket frame of a server. */
export function payloadOf(frame: Frame): Uint8Array {
  const short = (frame[1] ?? 0) & 127
  const start = short === 126 ? 4 : short === 127 ? 10 : 2
  const length =
    short === 126 ? frame.readUInt16BE(2) : short === 127 ? Number(frame.readBigUInt64BE(2)) : short
  if (frame.length !== start + length) throw new Error('a frame has the wrong length')
  return new Uint8Array(frame.subarray(start))
}

export function readServerMessage(payload: Uint8Array): ServerMessage {
  const decoder = decoding.createDecoder(payload)
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case MESSAGE.sync: {
      const step = decoding.readVarUint(decoder)
      const bytes = decoding.readVarUint8Array(decoder)
      if (step === 0) return { type: 'stepOne', vector: bytes }
      return { type: step === 1 ? 'stepTwo' : 'update', update: bytes }
    }
    case MESSAGE.awareness:
      return { type: 'awareness', entries: readAwareness(decoding.readVarUint8Array(decoder)) }
    case MESSAGE.auth:
      if (decoding.readVarUint(decoder) !== 0) throw new Error('unknown auth message')
      return { type: 'denied', reason: decoding.readVarString(decoder) }
    case MESSAGE.durable:
      return { type: 'durable', n: decoding.readVarUint(decoder) }
    case MESSAGE.storage:
      return { type: 'storage', behind: decoding.readVarUint(decoder) === 1 }
    default:
      throw new Error(`unknown message type ${type}`)
  }
}

function readAwareness(bytes: Uint8Array): ReadonlyMap<number, AwarenessEntry> {
  const decoder = decoding.createDecoder(bytes)
  const entries = new Map<number, AwarenessEntry>()
  const count = decoding.readVarUint(decoder)
  for (let index = 0; index < count; index += 1) {
    const client = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.set(client, { clock, state: JSON.parse(decoding.readVarString(decoder)) })
  }
  return entries
}

/** The other end of a wire: what is sent piles up until `flush`, as in a network that can be held. */
export function fakeSocket() {
  const inFlight: Frame[] = []
  const received: ServerMessage[] = []
  let closedWith: CloseCode | null = null
  let stuck = 0
  const wire: Wire = {
    send: (frame) => inFlight.push(frame),
    waiting: () => stuck,
    tooSlow: () => stuck > MAX_OUTGOING_BYTES,
    close: (code) => {
      closedWith ??= code
    },
  }
  return {
    wire,
    received,
    closedWith: () => closedWith,
    /** Delivers what was sent. @returns what arrived now */
    flush: () => {
      const now = inFlight.splice(0).map((frame) => readServerMessage(payloadOf(frame)))
      received.push(...now)
      return now
    },
    /** Makes the network look as if so many bytes waited in it. */
    stick: (bytes: number) => {
      stuck = bytes
    },
  }
}
