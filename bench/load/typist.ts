import * as Y from 'yjs'
import type { Writer } from '../client.ts'
import { tongueOf } from '../wire/messages.ts'
import { type Entrance, type OnMessage, openWire, type Wire } from '../wire/socket.ts'
import { keystrokes } from './traces.ts'

/** One change of one character, by which it is known again where it arrives. */
export type EditId = string

export const inserted = (client: number, clock: number): EditId => `${client}:${clock}`
export const removed = (client: number, clock: number): EditId => `${client}:${clock}-`

/** A person at a keyboard: single characters, and a caret that moves with each of them. */
export type Typist = {
  readonly client: number
  readonly wire: Wire
  /** Strikes the next key. @returns the edit, and the clock of the caret that follows it */
  type(): { readonly edit: EditId; readonly caret: number }
  /** Replaces everything that it wrote by this. */
  paste(text: string): void
  /** How many of its edits, from the first on, the server said it has. */
  acknowledged(): number
}

type Options = {
  readonly writer: Writer
  /** Which part of the recording it replays. */
  readonly part: number
  /** Asks after each key to be told when it is on disk (Pupitre only). */
  readonly asks?: boolean
  readonly onMessage?: OnMessage
}

/** Keys of the recording between two typists. */
const APART = 2500

/** Writes in a new paragraph of its own. It keeps nothing of what others write. */
export async function openTypist(door: Entrance, options: Options): Promise<Typist> {
  const { writer, part, asks = false, onMessage } = options
  const tongue = tongueOf(door)
  const doc = new Y.Doc()
  const text = new Y.XmlText()
  const keys = keystrokes(part * APART)
  let edits = 0
  /** Of the edits, how many each message that carried an update had brought the server to. */
  const carried: number[] = []
  let acknowledged = 0
  let taken = 0
  let caret = 0
  let last: Uint8Array = new Uint8Array()
  const wire = await openWire(door, (message, wire) => {
    onMessage?.(message, wire)
    const heard = tongue.read(message)
    if (heard.type === 'stepOne') {
      carried.push(edits)
      wire.send(tongue.stepTwo(Y.encodeStateAsUpdate(doc, heard.vector)))
    } else if (heard.type === 'durable') acknowledged = Math.max(acknowledged, heard.n)
    else if (heard.type === 'taken') acknowledged = carried[taken++] ?? acknowledged
  })
  doc.on('update', (update: Uint8Array) => {
    last = update
    wire.send(tongue.update(update))
  })
  if (tongue.greeting) wire.send(tongue.greeting)
  wire.send(tongue.stepOne(Y.encodeStateVector(doc)))
  carried.push(0)
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  doc.getXmlFragment('body').insert(0, [paragraph])

  const change = ([at, gone, added]: readonly [number, number, string]): EditId => {
    edits += 1
    carried.push(edits)
    if (gone === 0) {
      text.insert(at, added)
      return inserted(doc.clientID, Y.getState(doc.store, doc.clientID) - 1)
    }
    text.delete(at, gone)
    const [place] = Y.decodeUpdate(last).ds.clients.get(doc.clientID) ?? []
    return removed(doc.clientID, place?.clock ?? Number.NaN)
  }
  return {
    client: doc.clientID,
    wire,
    type() {
      const key = keys.next().value
      const edit = change(key)
      caret += 1
      const place = Y.relativePositionToJSON(
        Y.createRelativePositionFromTypeIndex(text, Math.min(text.length, key[0] + key[2].length), -1),
      )
      const cursor = { anchor: place, head: place }
      wire.send(tongue.awareness(doc.clientID, caret, { user: writer, cursor }))
      if (asks) wire.send(tongue.barrier(edits))
      return { edit, caret }
    },
    paste(content) {
      carried.push(edits)
      doc.transact(() => {
        text.delete(0, text.length)
        text.insert(0, content)
      })
    },
    acknowledged: () => acknowledged,
  }
}
