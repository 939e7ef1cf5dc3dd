import * as Y from 'yjs'
import type { BodyNode, DraftText } from '#lib/domain/body.ts'
import type { Passage } from '#lib/domain/history/revision.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { bodyOf, metaOf } from './roots.ts'
import { canonicalText } from './text.ts'

/** So many characters (UTF-16 units) in a row, written under one Yjs client id; null: under none. */
type Run = readonly [client: number | null, length: number]

/** Who wrote the characters of a document, in their order, what is only suggested included. */
export type Hands = { readonly title: number | null; readonly body: readonly Run[] }

/** Reads in one turn what has to be read together with the text. */
export function handsOf(doc: Y.Doc): Hands {
  const body: Run[] = []
  const visit = (type: Y.XmlFragment | Y.XmlText) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue
      const { content } = item
      if (content instanceof Y.ContentString) push(body, item.id.client, content.str.length)
      else if (content instanceof Y.ContentType && isText(content.type)) visit(content.type)
    }
  }
  visit(bodyOf(doc))
  const title = metaOf(doc)._map.get('title')
  return { title: title && !title.deleted ? title.id.client : null, body }
}

const isText = (type: unknown): type is Y.XmlFragment | Y.XmlText =>
  type instanceof Y.XmlFragment || type instanceof Y.XmlText

/** The client ids in it, each once: what `whose` of `passagesOf` will be asked. */
export const clientsOf = ({ title, body }: Hands): readonly number[] => [
  ...new Set([title, ...body.map(([client]) => client)].filter((client) => client !== null)),
]

/**
 * Who wrote the canonical text: runs over the title, a line feed, and the plain text of the body, which together are
 * exactly as long. What nobody typed (the end of a block) belongs to whoever wrote before it.
 * @param text read in the same turn as `hands`
 */
export function passagesOf(
  text: DraftText,
  hands: Hands,
  whose: (client: number) => VolunteerId | null,
): readonly Passage[] {
  const { title, body } = canonicalText({ title: text.title, body: signed(text.body, hands.body) })
  const passages: [VolunteerId | null, number][] = []
  const write = (client: number | null, length: number) =>
    push(passages, client === null ? null : whose(client), length)
  const extend = () => {
    const last = passages.at(-1)
    if (last) last[1] += 1
    else passages.push([null, 1])
  }
  write(hands.title, title.length)
  extend()
  let blocks = 0
  let open = false
  const begin = () => {
    if (!open && blocks > 0) extend()
    open = true
  }
  const visit = (node: BodyNode) => {
    if (node.text !== undefined && node.text !== '') {
      begin()
      write(handOf(node), node.text.length)
    } else if (node.type === 'hardBreak') {
      begin()
      extend()
    }
    for (const child of node.content ?? []) visit(child)
    if (node.type === 'paragraph' || node.type === 'heading') {
      begin()
      blocks += 1
      open = false
    }
  }
  for (const node of body) visit(node)
  return passages
}

const HAND = '\u0000hand'

/** Signs each run of text with a mark of its hand: so they stay apart, and follow the text through whatever reads it. */
function signed(body: readonly BodyNode[], hands: readonly Run[]): readonly BodyNode[] {
  let at = 0
  let left = hands[0]?.[1] ?? 0
  const take = (most: number): Run => {
    while (left === 0 && at < hands.length - 1) {
      at += 1
      left = hands[at]?.[1] ?? 0
    }
    const length = left === 0 ? most : Math.min(left, most)
    left -= Math.min(left, length)
    return [hands[at]?.[0] ?? null, length]
  }
  const visit = (node: BodyNode): readonly BodyNode[] => {
    if (node.text === undefined)
      return [node.content ? { ...node, content: node.content.flatMap(visit) } : node]
    const runs: BodyNode[] = []
    for (let from = 0; from < node.text.length; ) {
      const [client, length] = take(node.text.length - from)
      const hand = { type: HAND, attrs: { client } }
      runs.push({ ...node, text: node.text.slice(from, from + length), marks: [...(node.marks ?? []), hand] })
      from += length
    }
    return runs
  }
  return body.flatMap(visit)
}

function handOf({ marks = [] }: BodyNode): number | null {
  const client = marks.find(({ type }) => type === HAND)?.attrs?.client
  return typeof client === 'number' ? client : null
}

function push<Who>(runs: (readonly [Who, number])[], who: Who, length: number): void {
  const last = runs.at(-1)
  if (last && last[0] === who) runs[runs.length - 1] = [who, last[1] + length]
  else if (length > 0) runs.push([who, length])
}
