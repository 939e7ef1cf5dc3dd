import type { Logger } from 'pino'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { BusListener, BusWatcher, DocumentBus, NodeId, PeerUpdate } from '../bus.ts'
import { ValkeyLink } from './link.ts'
import {
  type DocumentMessage,
  decodeDocumentMessage,
  decodeNodeMessage,
  encodeDocumentMessage,
  encodeNodeMessage,
  type NodeMessage,
} from './message.ts'
import { Nodes } from './nodes.ts'
import { namespaceOf, Seal } from './seal.ts'

/** In milliseconds; tests shrink them. */
type BusDelays = {
  /** Between two signs of life. */
  readonly beatEvery: number
  /** Silence after which a node is taken for dead, and after which our own link is made anew. */
  readonly lostAfter: number
}
const DELAYS: BusDelays = { beatEvery: 2500, lostAfter: 10_000 }

export type BusOptions = {
  readonly url: string
  readonly secret: string
  /** What this database has in common with no other one. */
  readonly database: string
  readonly logger: Logger
  readonly delays?: BusDelays
}

/** What the wire of the processes is: part of the channels’ names, so that other versions are not heard. */
const WIRE = 'pupitre-1'
const GOODBYE = 500

export const createValkeyBus = (options: BusOptions): DocumentBus => new ValkeyBus(options)

/**
 * Publishes on one channel for each document that is open, so that a process hears of its own documents only, and
 * on one of all processes, which says who is alive and who is where. See README.md for the wire.
 */
class ValkeyBus implements DocumentBus {
  readonly shared = true
  readonly #seal: Seal
  readonly #link: ValkeyLink
  readonly #logger: Logger
  readonly #delays: BusDelays
  readonly #prefix: string
  readonly #everybody: string
  readonly #nodes = new Nodes()
  readonly #listeners = new Map<DocumentName, BusListener>()
  readonly #seated = new Map<DocumentName, readonly PersonHere[]>()
  readonly #watchers = new Set<BusWatcher>()
  readonly #beats: NodeJS.Timeout
  /** When the last turn of `#beat` was, and when we last heard ourselves. */
  #beatAt = performance.now()
  #echoAt = performance.now()
  #renewedAt = performance.now()
  #strangers = 0

  constructor({ url, secret, database, logger, delays = DELAYS }: BusOptions) {
    this.#logger = logger
    this.#delays = delays
    this.#seal = new Seal(secret)
    this.#prefix = `${WIRE}:${namespaceOf(secret, database)}`
    this.#everybody = `${this.#prefix}:nodes`
    this.#link = new ValkeyLink(
      url,
      { hear: (channel, message) => this.#hear(channel, message), up: () => this.#up() },
      logger,
    )
    void this.#link.listen(this.#everybody)
    this.#beats = setInterval(() => this.#beat(), delays.beatEvery)
  }

  publish(document: DocumentName, first: number, updates: readonly PeerUpdate[]): void {
    this.#tell(document, { type: 'updates', first, updates })
  }

  announce(document: DocumentName, message: Uint8Array): void {
    this.#tell(document, { type: 'presence', message })
  }

  seat(document: DocumentName, people: readonly PersonHere[]): void {
    if (people.length > 0) this.#seated.set(document, people)
    else if (!this.#seated.delete(document)) return
    this.#tellAll({ type: 'people', document, people })
  }

  seatedElsewhere(): ReadonlyMap<DocumentName, readonly PersonHere[]> {
    return this.#nodes.people()
  }

  join(document: DocumentName, listener: BusListener): () => void {
    this.#listeners.set(document, listener)
    void this.#link.listen(this.#channelOf(document)).then((heard) => {
      if (!heard || this.#listeners.get(document) !== listener) return
      this.#tell(document, { type: 'who' })
      for (const watcher of this.#watchers) watcher.gap(document)
    })
    return () => {
      if (this.#listeners.get(document) !== listener) return
      this.#listeners.delete(document)
      this.#link.ignore(this.#channelOf(document))
    }
  }

  watch(watcher: BusWatcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  astray(): boolean {
    const late = performance.now() - 2 * this.#delays.beatEvery
    return !this.#link.up || this.#echoAt < late || this.#nodes.silentSince(late).length > 0
  }

  async close(): Promise<void> {
    clearInterval(this.#beats)
    this.#tellAll({ type: 'bye' })
    await this.#link.close(GOODBYE)
  }

  #channelOf(document: DocumentName): string {
    return `${this.#prefix}:${document}`
  }

  #tell(document: DocumentName, message: DocumentMessage): void {
    this.#say(this.#channelOf(document), encodeDocumentMessage(message))
  }

  #tellAll(message: NodeMessage): void {
    this.#say(this.#everybody, encodeNodeMessage(message))
  }

  #say(channel: string, plain: Uint8Array): void {
    if (this.#link.up) this.#link.say(channel, this.#seal.close(channel, plain))
  }

  /** The link is there, or there again: all may have missed each other. */
  #up(): void {
    this.#echoAt = performance.now()
    this.#nodes.excuse(this.#echoAt)
    this.#tellAll({ type: 'beat' })
    this.#tellAll({ type: 'ask', node: null })
    this.#introduce()
    for (const watcher of this.#watchers) watcher.gap(null)
  }

  #introduce(): void {
    for (const [document, people] of this.#seated) this.#tellAll({ type: 'people', document, people })
    for (const [document, listener] of this.#listeners) {
      const presence = listener.introduce()
      if (presence) this.announce(document, presence)
    }
  }

  #beat(): void {
    const now = performance.now()
    const { beatEvery, lostAfter } = this.#delays
    // We stood still ourselves, or nothing reaches us: who is silent then is not to blame.
    const stoodStill = now - this.#beatAt > 2 * beatEvery
    this.#beatAt = now
    if (stoodStill) this.#nodes.excuse(now)
    this.#tellAll({ type: 'beat' })
    const deaf = !this.#link.up || now - this.#echoAt > 2 * beatEvery
    for (const node of this.#nodes.silentSince(now - lostAfter)) this.#lose(node, !deaf)
    if (now - Math.max(this.#echoAt, this.#renewedAt) > lostAfter) {
      this.#renewedAt = now
      this.#link.renew()
    }
  }

  #lose(node: NodeId, died: boolean): void {
    const documents = this.#nodes.forget(node)
    for (const listener of this.#listeners.values()) listener.left(node)
    for (const watcher of this.#watchers) {
      for (const document of documents) watcher.people(document)
      if (died) watcher.died(node)
    }
  }

  #hear(channel: string, message: Buffer): void {
    const opened = this.#seal.open(channel, message)
    if (opened === null) {
      this.#drop()
      return
    }
    const { node, count, plain } = opened
    const now = performance.now()
    if (node === this.#seal.node) {
      if (channel === this.#everybody) this.#echoAt = now
      return
    }
    const heard = this.#nodes.hear(node, count, now)
    if (heard === 'stale') {
      this.#drop()
      return
    }
    if (heard === 'new') this.#tellAll({ type: 'ask', node })
    if (channel === this.#everybody) this.#hearNode(node, plain)
    else this.#hearDocument(node, channel.slice(this.#prefix.length + 1), plain)
  }

  #hearNode(node: NodeId, plain: Buffer): void {
    const message = decodeNodeMessage(plain)
    switch (message?.type) {
      case 'bye':
        this.#lose(node, false)
        break
      case 'people':
        this.#nodes.seat(node, message.document, message.people)
        for (const watcher of this.#watchers) watcher.people(message.document)
        break
      case 'ask':
        if (message.node === null || message.node === this.#seal.node) this.#introduce()
        break
      case 'beat':
        break
      case undefined:
        this.#drop()
        break
    }
  }

  #hearDocument(node: NodeId, document: string, plain: Buffer): void {
    const listener = this.#listeners.get(document as DocumentName)
    const message = listener && decodeDocumentMessage(plain)
    switch (message?.type) {
      case 'updates':
        listener?.updates(message.first, message.updates)
        break
      case 'presence':
        listener?.presence(node, message.message)
        break
      case 'who': {
        const presence = listener?.introduce()
        if (presence) this.announce(document as DocumentName, presence)
        break
      }
      case undefined:
        if (listener) this.#drop()
    }
  }

  /** Says so at the first, the second, the fourth …: a stranger shall not fill the log. */
  #drop(): void {
    this.#strangers += 1
    if (Number.isInteger(Math.log2(this.#strangers)))
      this.#logger.warn(
        { dropped: this.#strangers },
        'dropped what came over Valkey and is not of this newsroom',
      )
  }
}
