import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { tongueOf } from '../wire/messages.ts'
import { type Entrance, openWire, type Wire } from '../wire/socket.ts'
import { paper } from './traces.ts'

/** A text as it was written, key by key, with all that was taken away again. */
export type Written = {
  readonly client: number
  /** How far its clock has come: who has this much has all of it. */
  readonly clock: number
  /** The whole as one update. */
  readonly update: Uint8Array
  readonly edits: number
}

const texts = new Map<number, Written>()

/**
 * The same for all servers and rounds: what was stored in the first is looked for in the others.
 * @param length characters after which the writing stops; by default it goes on to the end of the recording
 */
export function written(length = Number.POSITIVE_INFINITY): Written {
  const text = texts.get(length) ?? write(length)
  texts.set(length, text)
  return text
}

function write(length: number): Written {
  const doc = new Y.Doc()
  const text = new Y.XmlText()
  let edits = 0
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    doc.getXmlFragment('body').insert(0, [paragraph])
    for (const [at, gone, added] of paper().patches) {
      if (text.length >= length) break
      if (gone > 0) text.delete(at, gone)
      if (added !== '') text.insert(at, added)
      edits += 1
    }
  })
  const clock = Y.getState(doc.store, doc.clientID)
  return { client: doc.clientID, clock, update: Y.encodeStateAsUpdate(doc), edits }
}

export type Joined = {
  readonly wire: Wire
  readonly doc: Y.Doc
  /** Milliseconds from the start of the handshake until the last missing byte had arrived. */
  readonly arrived: number
  /** Of all updates so far. */
  bytes(): number
}

const PATIENCE_MS = 30_000

/**
 * Joins, and waits until what was written is there, whatever the server says meanwhile: some answer with an empty
 * document before they have read theirs.
 */
export async function join(door: Entrance, { client, clock }: Written): Promise<Joined> {
  const tongue = tongueOf(door)
  const doc = new Y.Doc()
  const started = performance.now()
  let bytes = 0
  let finish = (_arrived: number) => {}
  const complete = new Promise<number>((resolve) => {
    finish = resolve
  })
  const wire = await openWire(door, (message) => {
    const now = performance.now()
    const heard = tongue.read(message)
    if (heard.type !== 'update') return
    bytes += heard.update.length
    Y.applyUpdate(doc, heard.update)
    if (Y.getState(doc.store, client) >= clock) finish(now - started)
  })
  if (tongue.greeting) wire.send(tongue.greeting)
  wire.send(tongue.stepOne(Y.encodeStateVector(doc)))
  const arrived = await Promise.race([complete, sleep(PATIENCE_MS, null, { ref: false })])
  if (arrived === null) throw new Error(`${door.url} never gave what was written to it`)
  return { wire, doc, arrived, bytes: () => bytes }
}

/** Sends what was written, and holds the connection open. */
export async function put(door: Entrance, { update }: Written): Promise<Wire> {
  const tongue = tongueOf(door)
  let answered = () => {}
  const synced = new Promise<void>((resolve) => {
    answered = resolve
  })
  const wire = await openWire(door, (message, own) => {
    const heard = tongue.read(message)
    if (heard.type === 'stepOne') own.send(tongue.stepTwo(update))
    if (heard.type === 'update' && heard.first) answered()
  })
  if (tongue.greeting) wire.send(tongue.greeting)
  wire.send(tongue.stepOne(Y.encodeStateVector(new Y.Doc())))
  await Promise.race([synced, sleep(PATIENCE_MS, null, { ref: false })])
  wire.send(tongue.update(update))
  return wire
}

/** Sends what was written, and leaves when the server gives it back to a stranger. */
export async function keep(door: Entrance, text: Written): Promise<void> {
  const author = await put(door, text)
  const reader = await join(door, text)
  author.close()
  reader.wire.close()
}

/** Reads a document of which nobody knows what it should hold: all that comes until nothing does. */
export async function readAll(door: Entrance): Promise<Y.Doc> {
  const tongue = tongueOf(door)
  const doc = new Y.Doc()
  let last = performance.now()
  const wire = await openWire(door, (message) => {
    const heard = tongue.read(message)
    if (heard.type !== 'update') return
    last = performance.now()
    Y.applyUpdate(doc, heard.update)
  })
  if (tongue.greeting) wire.send(tongue.greeting)
  wire.send(tongue.stepOne(Y.encodeStateVector(doc)))
  while (performance.now() - last < SILENCE_MS) await sleep(50)
  wire.close()
  return doc
}

const SILENCE_MS = 1500
