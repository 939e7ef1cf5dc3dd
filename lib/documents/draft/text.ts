import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import type { BodyMark, BodyNode, DraftText } from '#lib/domain/body.ts'
import { bodyOf, markName, titleOf } from './roots.ts'
import { INSERT, SUGGESTION_MARKS } from './suggestions/proposal.ts'

/** Reads a document. Needs no editor: rooms and pages alike read with it. Suggestions are in it, as marks. */
export const textOf = (doc: Y.Doc): DraftText => ({
  title: titleOf(doc),
  body: bodyOf(doc).toArray().flatMap(nodesOf),
})

/** Blocks separated by a line feed, marks dropped. */
export function plainTextOf(body: readonly BodyNode[]): string {
  const lines: string[] = []
  let line = ''
  const visit = (node: BodyNode) => {
    if (node.text !== undefined) line += node.text
    else if (node.type === 'hardBreak') line += '\n'
    for (const child of node.content ?? []) visit(child)
    if (node.type === 'paragraph' || node.type === 'heading') {
      lines.push(line)
      line = ''
    }
  }
  for (const node of body) visit(node)
  if (line !== '') lines.push(line)
  return lines.join('\n')
}

/**
 * The text as it is without what is only suggested: what leaves the newsroom. Proposed insertions are not in it, proposed
 * deletions still are, proposed formats are not applied. Runs that only a suggestion kept apart are one again.
 */
export const canonicalText = ({ title, body }: DraftText): DraftText => ({
  title,
  body: body.map(canonicalNode),
})

function canonicalNode(node: BodyNode): BodyNode {
  if (!node.content) return node
  const { content, ...rest } = node
  const kept: BodyNode[] = []
  for (const child of content) {
    const canonical = child.text === undefined ? canonicalNode(child) : canonicalRun(child)
    if (canonical) addTo(kept, canonical)
  }
  return kept.length > 0 ? { ...rest, content: kept } : rest
}

/** Null for what is not in the text yet. */
function canonicalRun(run: BodyNode): BodyNode | null {
  const { marks = [], ...rest } = run
  if (marks.some(({ type }) => type === INSERT)) return null
  const kept = marks.filter(({ type }) => !SUGGESTION_MARKS.has(type))
  return kept.length === marks.length ? run : { ...rest, ...(kept.length > 0 && { marks: kept }) }
}

function addTo(nodes: BodyNode[], node: BodyNode): void {
  const before = nodes.at(-1)
  const alike =
    before?.text !== undefined &&
    node.text !== undefined &&
    JSON.stringify(before.marks ?? []) === JSON.stringify(node.marks ?? [])
  if (alike) nodes[nodes.length - 1] = { ...before, text: `${before.text}${node.text}` }
  else nodes.push(node)
}

/** SHA-256 of the canonical text, hex. Equal if and only if two drafts say the same. */
export function textHash(text: DraftText): string {
  const { title, body } = canonicalText(text)
  const bytes = digest(new TextEncoder().encode(JSON.stringify([title, body])))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** One child of a document’s body, or of an element of it; nothing for what is neither text nor element. */
export function nodesOf(node: unknown): readonly BodyNode[] {
  if (node instanceof Y.XmlText) return runsOf(node)
  if (!(node instanceof Y.XmlElement)) return []
  const attrs = attributesOf(node.getAttributes())
  const content = node.toArray().flatMap(nodesOf)
  return [{ type: node.nodeName, ...(attrs && { attrs }), ...(content.length > 0 && { content }) }]
}

/** Neighbouring runs with the same marks are one: where they were typed is no difference. */
function runsOf(node: Y.XmlText): readonly BodyNode[] {
  const runs: { type: 'text'; text: string; marks?: readonly BodyMark[] }[] = []
  let last = ''
  for (const { insert, attributes } of node.toDelta() as Delta) {
    if (typeof insert !== 'string' || insert === '') continue
    const marks = marksOf(attributes)
    const key = JSON.stringify(marks)
    const before = runs.at(-1)
    if (before && key === last) before.text += insert
    else runs.push({ type: 'text', text: insert, ...(marks.length > 0 && { marks }) })
    last = key
  }
  return runs
}

type Delta = readonly { readonly insert: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[]

/** Of the attributes of a run of a Y.XmlText. */
export const marksOf = (attributes: Readonly<Record<string, unknown>> = {}): readonly BodyMark[] =>
  Object.entries(attributes)
    .map(([key, value]) => {
      const attrs = attributesOf(value)
      return { type: markName(key), ...(attrs && { attrs }) }
    })
    .toSorted((one, other) => (one.type < other.type ? -1 : 1))

function attributesOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null) return null
  const entries = Object.entries(value)
    .filter(([, one]) => one !== null && one !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return entries.length > 0 ? Object.fromEntries(entries) : null
}
