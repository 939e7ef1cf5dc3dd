import * as Y from 'yjs'
import { applyAll, hasPending } from './document-state.ts'
import type { Content } from './load.ts'

type Options = {
  readonly content: Content
  /** Milliseconds without a use after which it may rest. */
  readonly restAfter: number
  /** Whether nothing is under way that needs the document as an object. */
  readonly mayRest: () => boolean
}

/**
 * One document in memory. As objects of Yjs it takes eight times the room of its bytes, and most documents that are
 * open are read, or thought about: after a while without a use the objects are let go, and made anew when somebody
 * writes. At rest it is answered from the bytes.
 */
export class DocumentMemory {
  readonly #restAfter: number
  readonly #mayRest: () => boolean
  /** Null while it rests. */
  #doc: Y.Doc | null
  /** All of it, encoded; null where it has changed since, and never at rest. */
  #state: Uint8Array | null
  /** The state vector of `#state`, once somebody asked for it at rest, or from the rows. */
  #vector: Uint8Array | null
  #usedAt = performance.now()
  #timer: NodeJS.Timeout | null = null
  #ended = false

  constructor({ content, restAfter, mayRest }: Options) {
    this.#restAfter = restAfter
    this.#mayRest = mayRest
    this.#doc = content.type === 'objects' ? content.doc : null
    this.#state = content.type === 'bytes' ? inItsOwnMemory(content.state) : null
    this.#vector = content.type === 'bytes' ? content.vector : null
    if (this.#doc) this.#restLater(restAfter)
  }

  get resting(): boolean {
    return this.#doc === null
  }

  /** To be used within the turn; whoever changes it calls `changed`. */
  get doc(): Y.Doc {
    this.#usedAt = performance.now()
    if (this.#doc === null) {
      this.#doc = new Y.Doc()
      if (this.#state) applyAll(this.#doc, [this.#state])
      if (!this.#ended) this.#restLater(this.#restAfter)
    }
    return this.#doc
  }

  changed(): void {
    this.#state = null
    this.#vector = null
  }

  whole(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.doc)
    return this.#state
  }

  /** @returns what the owner of a state vector lacks. Throws where `vector` is none. */
  since(vector: Uint8Array): Uint8Array {
    if (vector.length === 1 && vector[0] === 0) return this.whole()
    return this.#doc === null ? Y.diffUpdate(this.whole(), vector) : Y.encodeStateAsUpdate(this.#doc, vector)
  }

  vector(): Uint8Array {
    if (this.#doc !== null) return Y.encodeStateVector(this.#doc)
    this.#vector ??= Y.encodeStateVectorFromUpdate(this.whole())
    return this.#vector
  }

  end(): void {
    this.#ended = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#doc?.destroy()
  }

  #restLater(delay: number): void {
    this.#timer = setTimeout(() => this.#restNow(), delay).unref()
  }

  #restNow(): void {
    this.#timer = null
    const doc = this.#doc
    if (doc === null) return
    const left = this.#usedAt + this.#restAfter - performance.now()
    // Yjs counts what waits for something missing to no state vector: it is answered by the objects alone.
    if (left > 0 || !this.#mayRest() || hasPending(doc)) {
      this.#restLater(Math.max(left, this.#restAfter / 4, 1))
      return
    }
    this.#state ??= Y.encodeStateAsUpdate(doc)
    this.#doc = null
    doc.destroy()
  }
}

/** Bytes that a driver cut out of a larger buffer would keep all of that one. */
const inItsOwnMemory = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer.byteLength > bytes.byteLength * 1.1 ? bytes.slice() : bytes
