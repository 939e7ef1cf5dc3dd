import type { BodyNode } from '#lib/domain/body.ts'
import type { Passage } from './revision.ts'

type By = Passage[0]

/** A node whose runs of text say who wrote them; a run ends where another hand begins. */
export type AttributedNode = Omit<BodyNode, 'content'> & {
  readonly content?: readonly AttributedNode[]
  /** Of a run; null: nobody known. */
  readonly by?: By
}

export type Attributed = { readonly title: By; readonly body: readonly AttributedNode[] }

/**
 * Lays passages over the text that they are about.
 * @param passages runs over the title, a line feed, and `plainTextOf` of the body; where they end too early, nobody
 * is known
 */
export function attributed(
  text: { readonly title: string; readonly body: readonly BodyNode[] },
  passages: readonly Passage[],
): Attributed {
  const hands = new Hands(passages)
  const [first] = hands.take(text.title.length)
  hands.take(1)
  let blocks = 0
  let open = false
  const begin = () => {
    if (!open && blocks > 0) hands.take(1)
    open = true
  }
  const visit = (node: BodyNode): readonly AttributedNode[] => {
    if (node.text) {
      begin()
      return runsOf(node, node.text, hands)
    }
    if (node.type === 'hardBreak') {
      begin()
      hands.take(1)
    }
    const { content, ...rest } = node
    const children = content?.flatMap(visit)
    if (node.type === 'paragraph' || node.type === 'heading') {
      begin()
      blocks += 1
      open = false
    }
    return [{ ...rest, ...(children && { content: children }) }]
  }
  return { title: first?.[0] ?? null, body: text.body.flatMap(visit) }
}

function runsOf(node: BodyNode, text: string, hands: Hands): readonly AttributedNode[] {
  const { content: _none, ...rest } = node
  let at = 0
  return hands.take(text.length).map(([by, length]) => {
    at += length
    return { ...rest, text: text.slice(at - length, at), by }
  })
}

/** Hands out passages in order, cut where asked. */
class Hands {
  readonly #passages: readonly Passage[]
  #at = 0
  #offset = 0

  constructor(passages: readonly Passage[]) {
    this.#passages = passages
  }

  /** @returns passages as long as `length` together */
  take(length: number): readonly Passage[] {
    const taken: Passage[] = []
    for (let left = length; left > 0; ) {
      const passage = this.#passages[this.#at]
      const share = passage ? Math.min(left, passage[1] - this.#offset) : left
      if (share > 0) taken.push([passage?.[0] ?? null, share])
      left -= share
      this.#offset += share
      if (passage && this.#offset >= passage[1]) {
        this.#at += 1
        this.#offset = 0
      }
    }
    return taken
  }
}

/** How much of a text each of its authors wrote, in UTF-16 units; who wrote most comes first. */
export function sharesOf(passages: readonly Passage[]): readonly Passage[] {
  const shares = new Map<By, number>()
  for (const [by, length] of passages) shares.set(by, (shares.get(by) ?? 0) + length)
  return [...shares].toSorted(([, one], [, other]) => other - one)
}
