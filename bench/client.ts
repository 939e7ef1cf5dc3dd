import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

const SYNC = 0
const AWARENESS = 1
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

/** How to reach one document: the socket’s address, and the headers of a signed-in volunteer. */
export type Door = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

/** Who a writer says it is in its awareness state. */
export type Writer = { readonly id: string; readonly name: string; readonly color: string }

export type Socket = { close(): void }

function open({ url, headers }: Door, onFrame: (frame: Uint8Array) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  // The handler is there before the first frame can come: a server may speak first.
  socket.on('message', (data) => onFrame(data as Buffer))
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`${url} closed: ${code} ${reason}`)))
  })
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, SYNC)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}

function awarenessFrame(client: number, clock: number, state: unknown): Uint8Array {
  const states = encoding.createEncoder()
  encoding.writeVarUint(states, 1)
  encoding.writeVarUint(states, client)
  encoding.writeVarUint(states, clock)
  encoding.writeVarString(states, JSON.stringify(state))
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, AWARENESS)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states))
  return encoding.toUint8Array(encoder)
}

/** @returns the payload of a sync frame of one of these steps, or null for any other frame. */
function syncPayload(frame: Uint8Array, steps: readonly number[]): Uint8Array | null {
  const decoder = decoding.createDecoder(frame)
  if (decoding.readVarUint(decoder) !== SYNC || !steps.includes(decoding.readVarUint(decoder))) return null
  return decoding.readVarUint8Array(decoder)
}

/** Joins and hands every frame on, unread. */
export async function listen(door: Door, onFrame: (frame: Uint8Array) => void): Promise<Socket> {
  const socket = await open(door, onFrame)
  socket.send(syncFrame(STEP_1, Y.encodeStateVector(new Y.Doc())))
  return { close: () => socket.close() }
}

/** A person at a keyboard: single characters, and a caret that moves with each of them. */
export type Typist = Socket & {
  readonly client: number
  /** @returns the clock of the character, and of the caret that followed it */
  type(): { readonly clock: number; readonly caret: number }
}

/** Joins, and writes in the midst of what is there: in the paragraph at `place` (0 first, 1 last). */
export async function writeWithin(door: Door, writer: Writer, place: number): Promise<Typist> {
  const doc = new Y.Doc()
  let joined = () => {}
  const ready = new Promise<void>((resolve) => {
    joined = resolve
  })
  const socket = await open(door, (frame) => {
    const update = syncPayload(frame, [STEP_2, UPDATE])
    if (update) Y.applyUpdate(doc, update, 'remote')
    if (syncPayload(frame, [STEP_2])) joined()
  })
  socket.send(syncFrame(STEP_1, Y.encodeStateVector(doc)))
  await Promise.race([ready, refusal(socket)])
  const texts = textsOf(doc.getXmlFragment('body'))
  const text = texts[Math.min(texts.length - 1, Math.floor(place * texts.length))]
  if (!text) throw new Error(`${door.url} holds no text to write in`)
  let index = Math.floor(text.length / 2)
  return typing(socket, doc, writer, () => {
    index += 1
    return { text, index: index - 1 }
  })
}

const refusal = (socket: WebSocket) =>
  new Promise<never>((_, reject) => {
    socket.once('close', (code) => reject(new Error(`${socket.url} closed with ${code} before it synced`)))
  })

function textsOf(parent: Y.XmlFragment): Y.XmlText[] {
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return child.length > 0 ? [child] : []
    return child instanceof Y.XmlElement ? textsOf(child) : []
  })
}

function typing(
  socket: WebSocket,
  doc: Y.Doc,
  writer: Writer,
  next: () => { text: Y.XmlText; index: number },
): Typist {
  const words = 'le vent se leva sur la place et personne ne bougea '
  let typed = 0
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') socket.send(syncFrame(UPDATE, update))
  })
  return {
    client: doc.clientID,
    type() {
      const { text, index } = next()
      text.insert(index, words.charAt(typed % words.length))
      typed += 1
      const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index + 1, -1))
      const cursor = { anchor: place, head: place }
      socket.send(awarenessFrame(doc.clientID, typed, { user: writer, cursor }))
      return { clock: Y.getState(doc.store, doc.clientID) - 1, caret: typed }
    },
    close: () => socket.close(),
  }
}
