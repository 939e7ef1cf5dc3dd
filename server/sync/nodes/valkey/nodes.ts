import type { DocumentName } from '#lib/documents/registry.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { NodeId } from '../bus.ts'

type Node = {
  /** In milliseconds of `performance.now()`. */
  heardAt: number
  /** Number of its last message: what comes with a lower one was recorded and played again. */
  count: bigint
  readonly people: Map<DocumentName, readonly PersonHere[]>
}

/** The other processes, as far as they are heard of. */
export class Nodes {
  readonly #nodes = new Map<NodeId, Node>()

  get size(): number {
    return this.#nodes.size
  }

  /** @returns `stale` for a message that was heard before, or is older than one that was */
  hear(id: NodeId, count: bigint, now: number): 'known' | 'new' | 'stale' {
    const known = this.#nodes.get(id)
    if (!known) {
      this.#nodes.set(id, { heardAt: now, count, people: new Map() })
      return 'new'
    }
    if (count <= known.count) return 'stale'
    known.count = count
    known.heardAt = now
    return 'known'
  }

  seat(id: NodeId, document: DocumentName, people: readonly PersonHere[]): void {
    const seated = this.#nodes.get(id)?.people
    if (people.length > 0) seated?.set(document, people)
    else seated?.delete(document)
  }

  /** Who is where, over all nodes. */
  people(): ReadonlyMap<DocumentName, readonly PersonHere[]> {
    const all = new Map<DocumentName, PersonHere[]>()
    for (const { people } of this.#nodes.values()) {
      for (const [document, some] of people) all.set(document, [...(all.get(document) ?? []), ...some])
    }
    return all
  }

  /** @returns in which documents its people were */
  forget(id: NodeId): readonly DocumentName[] {
    const node = this.#nodes.get(id)
    this.#nodes.delete(id)
    return node ? [...node.people.keys()] : []
  }

  silentSince(moment: number): readonly NodeId[] {
    return [...this.#nodes].filter(([, { heardAt }]) => heardAt < moment).map(([id]) => id)
  }

  /** We were not listening: nobody is reproached with silence. */
  excuse(now: number): void {
    for (const node of this.#nodes.values()) node.heardAt = now
  }
}
