import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

const SYNC = 0
const AWARENESS = 1
const STEP_1 = 0

/** When each edit left its writer: `client:clock` → milliseconds of `performance.now()`. */
export type SendTimes = Map<string, number>

const key = (client: number, clock: number) => `${client}:${clock}`

function connect(url: string, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
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

/** What a listener saw: one entry an edit, in milliseconds from its writer’s `send` to here. */
export type Seen = { readonly latencies: number[]; bytes: number; frames: number }

/**
 * Joins and reads only as much of each frame as the measurement needs: the struct ids of an update.
 * @param times shared by writers and listeners of one process, so that one clock measures both ends
 */
export async function listen(url: string, headers: Record<string, string>, times: SendTimes) {
  const seen: Seen = { latencies: [], bytes: 0, frames: 0 }
  const socket = await connect(url, headers)
  socket.on('message', (data: ArrayBuffer) => {
    const bytes = new Uint8Array(data)
    seen.bytes += bytes.byteLength
    seen.frames += 1
    const decoder = decoding.createDecoder(bytes)
    if (decoding.readVarUint(decoder) !== SYNC) return
    if (decoding.readVarUint(decoder) === STEP_1) return
    const now = performance.now()
    for (const struct of Y.decodeUpdate(decoding.readVarUint8Array(decoder)).structs) {
      const last = struct.id.clock + struct.length - 1
      const sent = times.get(key(struct.id.client, last))
      if (sent !== undefined) seen.latencies.push(now - sent)
    }
  })
  socket.send(syncFrame(STEP_1, Y.encodeStateVector(new Y.Doc())))
  return { seen, close: () => socket.close() }
}

/** A person at a keyboard: single characters, and a caret that moves with each of them. */
export async function write(url: string, headers: Record<string, string>, times: SendTimes) {
  const socket = await connect(url, headers)
  socket.on('message', () => {})
  const doc = new Y.Doc()
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  let clock = 0
  doc.on('update', (update: Uint8Array) => {
    times.set(key(doc.clientID, Y.getState(doc.store, doc.clientID) - 1), performance.now())
    socket.send(syncFrame(2, update))
  })
  paragraph.insert(0, [text])
  doc.getXmlFragment('body').insert(0, [paragraph])
  const caret = () => {
    clock += 1
    const states = encoding.createEncoder()
    encoding.writeVarUint(states, 1)
    encoding.writeVarUint(states, doc.clientID)
    encoding.writeVarUint(states, clock)
    encoding.writeVarString(states, JSON.stringify({ cursor: { anchor: clock, head: clock } }))
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states))
    socket.send(encoding.toUint8Array(encoder))
  }
  return {
    type() {
      text.insert(text.length, String.fromCharCode(97 + (text.length % 26)))
      caret()
    },
    close: () => socket.close(),
  }
}

/** Sends a whole document and waits until the server gives it back to a stranger. */
export async function upload(url: string, headers: Record<string, string>, doc: Y.Doc): Promise<void> {
  const socket = await connect(url, headers)
  socket.send(syncFrame(2, Y.encodeStateAsUpdate(doc)))
  const wanted = Y.encodeStateVector(doc).byteLength
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const joined = await join(url, headers)
    if (joined.stateVectorBytes >= wanted && joined.bytes > 1000) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  socket.close()
}

/** One cold join. @returns milliseconds from the first byte of the handshake to the document applied. */
export async function join(url: string, headers: Record<string, string>) {
  const started = performance.now()
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  const doc = new Y.Doc()
  let bytes = 0
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send(syncFrame(STEP_1, Y.encodeStateVector(doc))))
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`closed ${code} before it synced`)))
    socket.on('message', (data: ArrayBuffer) => {
      bytes += data.byteLength
      const decoder = decoding.createDecoder(new Uint8Array(data))
      if (decoding.readVarUint(decoder) !== SYNC || decoding.readVarUint(decoder) !== 1) return
      Y.applyUpdate(doc, decoding.readVarUint8Array(decoder))
      resolve()
    })
  })
  const milliseconds = performance.now() - started
  socket.removeAllListeners('close')
  socket.close()
  return { milliseconds, bytes, stateVectorBytes: Y.encodeStateVector(doc).byteLength }
}
