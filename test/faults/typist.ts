import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { stepOne, stepTwo, updateMessage } from '#test/server/sync/room-harness.ts'
import { readServerMessage } from '#test/support/fake-socket.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import type { Doorway } from './doorway.ts'

const marksIn = (update: Uint8Array): string[] =>
  Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString
      ? (struct.content.str.match(/«\d+»/g) ?? [])
      : [],
  )

/** A page without a screen: writes into a draft and reads it, and knows when what it wrote arrived elsewhere. */
export class Typist {
  readonly doc = new Y.Doc()
  closedWith: number | null = null
  readonly #ws: WebSocket
  readonly #expected = new Map<string, () => void>()
  #onSynced = () => {}

  private constructor({ url, cookie, origin }: Doorway) {
    this.#ws = new WebSocket(url, { headers: { cookie, origin }, perMessageDeflate: false })
    this.#ws.on('error', () => {})
    this.#ws.on('close', (code) => {
      this.closedWith = code
    })
    this.#ws.on('open', () => this.#ws.send(stepOne(Y.encodeStateVector(this.doc))))
    this.#ws.on('message', (data: Buffer) => this.#hear(data))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#ws.send(updateMessage(update))
    })
  }

  static async open(door: Doorway): Promise<Typist> {
    const typist = new Typist(door)
    await new Promise<void>((resolve, reject) => {
      typist.#onSynced = resolve
      typist.#ws.once('close', (code) => reject(new Error(`closed with ${code}`)))
    })
    return typist
  }

  /** @param arrived is told after how many milliseconds the other had it */
  type(number: number, other: Typist, arrived: (wait: number) => void): void {
    const at = performance.now()
    other.#expected.set(`«${number}»`, () => arrived(performance.now() - at))
    typeParagraph(this.doc, `«${number}»`)
  }

  /** Writes the title anew, so that much is said and little is kept. */
  replace(title: string): void {
    this.doc.getMap('meta').set('title', title)
  }

  text(): string {
    return textOf(this.doc)
  }

  close(): void {
    this.#ws.close()
  }

  #hear(data: Buffer): void {
    const message = readServerMessage(new Uint8Array(data))
    if (message.type === 'stepOne') {
      this.#ws.send(stepTwo(Y.encodeStateAsUpdate(this.doc, message.vector)))
    }
    if (message.type !== 'stepTwo' && message.type !== 'update') return
    Y.applyUpdate(this.doc, message.update, 'server')
    if (message.type === 'stepTwo') this.#onSynced()
    for (const mark of marksIn(message.update)) {
      this.#expected.get(mark)?.()
      this.#expected.delete(mark)
    }
  }
}
