import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { barrier, stepOne, stepTwo, updateMessage } from '#test/server/sync/room-harness.ts'
import { readServerMessage } from '#test/support/fake-socket.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'

/** Marks that tell edits apart in the text: who wrote them, and the how manieth it was. */
const mark = (writer: string, count: number) => `<${writer}${count}>`

export const marksIn = (text: string): string[] => text.match(/<\w\d+>/g) ?? []

export const marksWritten = (update: Uint8Array): string[] =>
  Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString ? marksIn(struct.content.str) : [],
  )

/** How people come into rooms that have no sessions (test/server/sync/harness.ts). */
export const cookieOf = ({ volunteerId }: Pick<Actor, 'volunteerId'>): string => `who=${volunteerId}`

type Options = {
  /** One letter, with which its marks begin. */
  readonly name: string
  readonly cookie: string
  readonly document: DocumentName
  /** Milliseconds between two edits; null to type only by `type()`. */
  readonly every: number | null
  /** The number of its first barrier; 1 where left out. */
  readonly firstBarrier?: number
  /** Called in the turn in which an answer arrives, before anything else. */
  readonly onDurable?: () => void
  readonly onTyped?: (text: string) => void
  readonly onSeen?: (text: string) => void
}

/** Types without a pause, remembers what it was told is saved, and what it saw of the others. */
export class MarkWriter {
  readonly document: DocumentName
  readonly saved = new Set<string>()
  readonly seen = new Set<string>()
  /** What it was told about the storage since it opened last, and with what it was closed. */
  readonly storage: boolean[] = []
  closedWith: number | null = null
  /** The close code, or the HTTP status of a handshake that was refused. */
  refusedWith: number | null = null
  readonly #options: Options
  /** A page that is closed with the server: what was not acknowledged may be lost with it. */
  #doc = new Y.Doc()
  #ws: WebSocket | null = null
  #timer: NodeJS.Timeout | null = null
  #count = 0
  #synced = false
  #waiting = new Map<number, string>()

  constructor(options: Options) {
    this.document = options.document
    this.#options = options
  }

  /** Whether it has had the whole document since it opened last. */
  get synced(): boolean {
    return this.#synced
  }

  get written(): number {
    return this.#count
  }

  text(): string {
    return textOf(this.#doc)
  }

  /** Comes in with an empty document, as somebody who has never been there. */
  open(port: number): void {
    const doc = new Y.Doc()
    this.#doc = doc
    this.#waiting = new Map()
    this.#synced = false
    this.closedWith = null
    this.refusedWith = null
    this.storage.length = 0
    const ws = new WebSocket(`ws://127.0.0.1:${port}/collab/${this.document}`, {
      headers: { cookie: this.#options.cookie },
    })
    this.#ws = ws
    ws.on('error', () => {})
    ws.on('close', (code) => {
      if (ws !== this.#ws) return
      this.closedWith = code
      this.refusedWith ??= code
    })
    ws.on('unexpected-response', (_request, { statusCode }) => {
      this.refusedWith = statusCode ?? null
      ws.terminate()
    })
    ws.on('open', () => ws.send(stepOne(Y.encodeStateVector(doc))))
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && ws.readyState === WebSocket.OPEN) ws.send(updateMessage(update))
    })
    ws.on('message', (data: Buffer) => this.#hear(ws, doc, new Uint8Array(data)))
  }

  /** Types one mark and asks when it is saved. @returns the mark */
  type(): string {
    this.#count += 1
    const text = mark(this.#options.name, this.#count)
    this.#options.onTyped?.(text)
    typeParagraph(this.#doc, text)
    const n = this.#count + (this.#options.firstBarrier ?? 1) - 1
    this.#waiting.set(n, text)
    if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(barrier(n))
    return text
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#ws?.terminate()
    this.#doc.destroy()
  }

  #hear(ws: WebSocket, doc: Y.Doc, data: Uint8Array): void {
    const message = readServerMessage(data)
    switch (message.type) {
      case 'stepOne':
        ws.send(stepTwo(Y.encodeStateAsUpdate(doc, message.vector)))
        break
      case 'stepTwo':
      case 'update':
        Y.applyUpdate(doc, message.update, 'server')
        for (const text of marksWritten(message.update)) this.#see(text)
        if (message.type === 'stepTwo') this.#begin()
        break
      case 'durable':
        this.#options.onDurable?.()
        this.#save(message.n)
        break
      case 'storage':
        this.storage.push(message.behind)
        break
      default:
    }
  }

  /** Where many wait, the server answers for a number and all that were sent before it. */
  #save(n: number): void {
    if (!this.#waiting.has(n)) this.saved.add('never asked')
    for (const [asked, text] of this.#waiting) {
      if (asked > n) break
      this.saved.add(text)
      this.#waiting.delete(asked)
    }
  }

  #see(text: string): void {
    this.seen.add(text)
    this.#options.onSeen?.(text)
  }

  #begin(): void {
    this.#synced = true
    const { every } = this.#options
    if (every === null || this.#timer) return
    this.#timer = setInterval(() => {
      if (this.#ws?.readyState === WebSocket.OPEN) this.type()
    }, every)
  }
}
