import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Entrance } from './socket.ts'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
/** Hocuspocus: its own step 1, sent as an answer, and that it has taken an update into its memory. */
const SYNC_REPLY = 4
const SYNC_STATUS = 8
/** Pupitre: lib/protocol/PROTOCOL.md. */
const BARRIER = 100
const DURABLE = 101

/** What servers say, as far as the load listens. */
type Heard =
  | { readonly type: 'stepOne'; readonly vector: Uint8Array }
  /** `first`: the answer to our step 1. */
  | { readonly type: 'update'; readonly update: Uint8Array; readonly first: boolean }
  | { readonly type: 'awareness'; readonly states: Uint8Array }
  /** Everything sent up to our `n`-th message is on disk. */
  | { readonly type: 'durable'; readonly n: number }
  /** One more update was taken. */
  | { readonly type: 'taken' }
  | { readonly type: 'other' }

/** One document’s way of writing and reading messages; a Hocuspocus repeats the document’s name in each. */
export type Tongue = {
  /** What is sent before anything else. */
  readonly greeting: Uint8Array | null
  /** Bytes of a message that come before its type. */
  readonly skip: number
  stepOne(vector: Uint8Array): Uint8Array
  stepTwo(update: Uint8Array): Uint8Array
  update(update: Uint8Array): Uint8Array
  awareness(client: number, clock: number, state: unknown): Uint8Array
  /** Says something that changes nothing, for servers that drop who is silent. */
  sign(): Uint8Array
  barrier(n: number): Uint8Array
  read(message: Uint8Array): Heard
}

export function tongueOf({ addressed }: Pick<Entrance, 'addressed'>): Tongue {
  const start = (type: number) => {
    const encoder = encoding.createEncoder()
    if (addressed !== null) encoding.writeVarString(encoder, addressed)
    encoding.writeVarUint(encoder, type)
    return encoder
  }
  const sync = (step: number, payload: Uint8Array) => {
    const encoder = start(SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
    return encoding.toUint8Array(encoder)
  }
  const states = (write: (encoder: encoding.Encoder) => void) => {
    const inner = encoding.createEncoder()
    write(inner)
    const encoder = start(AWARENESS)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
    return encoding.toUint8Array(encoder)
  }
  return {
    greeting: addressed === null ? null : tokenFor(start(AUTH)),
    skip: encoding.length(start(0)) - 1,
    stepOne: (vector) => sync(0, vector),
    stepTwo: (update) => sync(1, update),
    update: (update) => sync(2, update),
    awareness: (client, clock, state) =>
      states((encoder) => {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarString(encoder, JSON.stringify(state))
      }),
    sign: () => states((encoder) => encoding.writeVarUint(encoder, 0)),
    barrier(n) {
      const encoder = start(BARRIER)
      encoding.writeVarUint(encoder, n)
      return encoding.toUint8Array(encoder)
    },
    read(message) {
      const decoder = decoding.createDecoder(message)
      if (addressed !== null) decoding.readVarString(decoder)
      return readMessage(decoder)
    },
  }
}

function tokenFor(encoder: encoding.Encoder): Uint8Array {
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarString(encoder, 'anybody')
  return encoding.toUint8Array(encoder)
}

function readMessage(decoder: decoding.Decoder): Heard {
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
    case SYNC_REPLY: {
      const step = decoding.readVarUint(decoder)
      const payload = decoding.readVarUint8Array(decoder)
      return step === 0
        ? { type: 'stepOne', vector: payload }
        : { type: 'update', update: payload, first: step === 1 }
    }
    case AWARENESS:
      return { type: 'awareness', states: decoding.readVarUint8Array(decoder) }
    case SYNC_STATUS:
      return decoding.readVarUint(decoder) === 1 ? { type: 'taken' } : { type: 'other' }
    case DURABLE:
      return { type: 'durable', n: decoding.readVarUint(decoder) }
    default:
      return { type: 'other' }
  }
}
