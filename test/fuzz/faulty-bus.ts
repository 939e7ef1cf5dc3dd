import type { DocumentName } from '#lib/documents/registry.ts'
import { type BusListener, type DocumentBus, NO_BUS, type PeerUpdate } from '#server/sync/nodes/bus.ts'
import type { Random } from './random.ts'

type Hearing = { readonly node: string; readonly listener: BusListener }
type Message = { readonly to: Hearing; readonly say: (listener: BusListener) => void }

/** So much of what is sent is lost, comes twice, or is overtaken by what was sent later. */
const LOST = 0.15
const TWICE = 0.15
const OVERTAKEN = 0.3

/** What carries messages between the processes of one document: it loses, repeats and reorders them. */
export class FaultyBus {
  readonly #random: Random
  readonly #hearing = new Map<string, Hearing>()
  readonly #underWay: Message[] = []
  readonly #numbered = new Set<number>()
  #faulty = true

  constructor(random: Random) {
    this.#random = random
  }

  /** The end of one process. */
  node(node: string): DocumentBus {
    return {
      ...NO_BUS,
      shared: true,
      publish: (_, first, updates) => this.#publish(node, first, updates),
      announce: (_, message) => this.#send(node, (listener) => listener.presence(node, message)),
      join: (document, listener) => this.#join(node, document, listener),
    }
  }

  /** The process is gone: it hears nothing any more, and what it said may still arrive. */
  lose(node: string): void {
    this.#hearing.delete(node)
  }

  deliver(count: number): boolean {
    const now = this.#underWay.splice(0, count)
    for (const { to, say } of now) if (this.#hearing.get(to.node) === to) say(to.listener)
    return now.length > 0
  }

  /** From now on everything that is said arrives, once and in order; what was lost stays lost. */
  heal(): void {
    this.#faulty = false
  }

  #publish(node: string, first: number, updates: readonly PeerUpdate[]): void {
    for (const index of updates.keys()) {
      if (this.#numbered.has(first + index)) throw new Error(`two updates have the number ${first + index}`)
      this.#numbered.add(first + index)
    }
    this.#send(node, (listener) => listener.updates(first, updates))
  }

  #join(node: string, _: DocumentName, listener: BusListener): () => void {
    const hearing = { node, listener }
    this.#hearing.set(node, hearing)
    return () => {
      if (this.#hearing.get(node) === hearing) this.#hearing.delete(node)
    }
  }

  #send(from: string, say: Message['say']): void {
    for (const to of this.#hearing.values()) {
      if (to.node === from) continue
      if (!this.#faulty) this.#underWay.push({ to, say })
      else if (!this.#random.chance(LOST)) {
        for (const _ of this.#random.chance(TWICE) ? [1, 2] : [1]) {
          const at = this.#random.chance(OVERTAKEN) ? this.#random.below(this.#underWay.length + 1) : Infinity
          this.#underWay.splice(at, 0, { to, say })
        }
      }
    }
  }
}
