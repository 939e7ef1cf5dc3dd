import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type DocumentName, parseDocumentName } from '#lib/documents/registry.ts'
import { parseVolunteerId } from '#lib/domain/ids.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { NodeId, PeerUpdate } from '../bus.ts'

/** What processes tell one another about one document, on its channel. */
export type DocumentMessage =
  | { readonly type: 'updates'; readonly first: number; readonly updates: readonly PeerUpdate[] }
  | { readonly type: 'presence'; readonly message: Uint8Array }
  /** Somebody has opened the document: who is here? */
  | { readonly type: 'who' }

/** What they tell one another about themselves, on the channel of all. */
export type NodeMessage =
  | { readonly type: 'beat' }
  | { readonly type: 'bye' }
  /** Who has a socket in a document there. */
  | { readonly type: 'people'; readonly document: DocumentName; readonly people: readonly PersonHere[] }
  /** Say again all that you have said; null: everybody. */
  | { readonly type: 'ask'; readonly node: NodeId | null }

const DOCUMENT = { updates: 1, presence: 2, who: 3 } as const
const NODE = { beat: 16, bye: 17, people: 18, ask: 19 } as const

export function encodeDocumentMessage(message: DocumentMessage): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, DOCUMENT[message.type])
  if (message.type === 'presence') encoding.writeVarUint8Array(encoder, message.message)
  if (message.type === 'updates') {
    encoding.writeVarUint(encoder, message.first)
    encoding.writeVarUint(encoder, message.updates.length)
    for (const { data, author } of message.updates) {
      encoding.writeVarString(encoder, author ?? '')
      encoding.writeVarUint8Array(encoder, data)
    }
  }
  return encoding.toUint8Array(encoder)
}

export function encodeNodeMessage(message: NodeMessage): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, NODE[message.type])
  if (message.type === 'ask') encoding.writeVarString(encoder, message.node ?? '')
  if (message.type === 'people') {
    encoding.writeVarString(encoder, message.document)
    encoding.writeVarUint(encoder, message.people.length)
    for (const { volunteerId, name, color } of message.people) {
      for (const text of [volunteerId, name, color]) encoding.writeVarString(encoder, text)
    }
  }
  return encoding.toUint8Array(encoder)
}

/** @returns null for what is not exactly one message */
export const decodeDocumentMessage = (data: Uint8Array): DocumentMessage | null =>
  whole(data, readDocumentMessage)

/** @returns null for what is not exactly one message */
export const decodeNodeMessage = (data: Uint8Array): NodeMessage | null => whole(data, readNodeMessage)

function whole<M>(data: Uint8Array, read: (decoder: decoding.Decoder) => M | null): M | null {
  const decoder = decoding.createDecoder(data)
  try {
    const message = read(decoder)
    return decoding.hasContent(decoder) ? null : message
  } catch {
    return null
  }
}

function readDocumentMessage(decoder: decoding.Decoder): DocumentMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case DOCUMENT.updates: {
      const first = decoding.readVarUint(decoder)
      const count = decoding.readVarUint(decoder)
      if (!Number.isSafeInteger(first) || first < 1 || count < 1) return null
      const updates: PeerUpdate[] = []
      // The count is believed no further than there are bytes: reading past the end throws.
      while (updates.length < count) {
        const author = decoding.readVarString(decoder)
        const data = decoding.readVarUint8Array(decoder)
        const parsed = author === '' ? null : parseVolunteerId(author)
        if (author !== '' && parsed === null) return null
        updates.push({ data, author: parsed })
      }
      return { type: 'updates', first, updates }
    }
    case DOCUMENT.presence:
      return { type: 'presence', message: decoding.readVarUint8Array(decoder) }
    case DOCUMENT.who:
      return { type: 'who' }
    default:
      return null
  }
}

function readNodeMessage(decoder: decoding.Decoder): NodeMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case NODE.beat:
      return { type: 'beat' }
    case NODE.bye:
      return { type: 'bye' }
    case NODE.people: {
      const document = parseDocumentName(decoding.readVarString(decoder))?.name
      const count = decoding.readVarUint(decoder)
      const people: PersonHere[] = []
      while (people.length < count) {
        const volunteerId = parseVolunteerId(decoding.readVarString(decoder))
        const name = decoding.readVarString(decoder)
        const color = decoding.readVarString(decoder)
        if (volunteerId === null) return null
        people.push({ volunteerId, name, color })
      }
      return document ? { type: 'people', document, people } : null
    }
    case NODE.ask: {
      const node = decoding.readVarString(decoder)
      return { type: 'ask', node: node === '' ? null : node }
    }
    default:
      return null
  }
}
