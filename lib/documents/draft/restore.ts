import * as Y from 'yjs'
import type { BodyNode, DraftText } from '#lib/domain/body.ts'
import { align, type Match } from '#lib/domain/history/align.ts'
import { stepsInside } from '#lib/domain/history/diff.ts'
import { bodyOf, markName, metaOf, titleOf } from './roots.ts'
import { canonicalText, marksOf, nodesOf, plainTextOf } from './text.ts'

type Parent = Y.XmlFragment
type Child = Y.XmlElement | Y.XmlText
/** Attributes may be numbers: the level of a heading. */
type Element = Y.XmlElement<{ [key: string]: NonNullable<unknown> }>

/**
 * A child of the document as it is, or as it shall be: an element, or a run of texts. `sort`: what neither can become
 * without being another one.
 */
type Unit = {
  readonly sort: string
  readonly text: string
  readonly nodes: readonly BodyNode[]
  /** Null: it shall be. */
  readonly child: Child | null
}

const TEXT = '#text'

/**
 * Makes a document say `wanted` again, by the smallest edit: what says it already is left alone, and a block that
 * changed keeps its text, in which only words come and go. So whoever writes in it meanwhile stays where they are,
 * and what they write stays. Suggestions in `wanted` are left out; those in the document go where their block changes.
 */
export function restoreText(doc: Y.Doc, wanted: DraftText): void {
  const { title, body } = canonicalText(wanted)
  if (titleOf(doc) !== title) metaOf(doc).set('title', title)
  restoreChildren(bodyOf(doc), body)
}

function restoreChildren(parent: Parent, wanted: readonly BodyNode[]): void {
  const before = parent.toArray().flatMap(liveUnit)
  const inLine = parent instanceof Y.XmlElement && ['paragraph', 'heading'].includes(parent.nodeName)
  const matches = align(before, wantedUnits(wanted))
  let at = 0
  for (const { before: one, after: other } of inLine ? rejoined(matches) : matches) {
    if (one) while (parent.get(at) !== one.child && at < parent.length) at += 1
    if (one?.child && other && one.sort === other.sort) {
      restoreUnit(one, one.child, other)
      at += 1
      continue
    }
    if (one) parent.delete(at, 1)
    if (other) {
      parent.insert(at, [childOf(other)])
      at += 1
    }
  }
}

/** What was rewritten beyond likeness is the same text still, where it has the same place in the same block. */
function rejoined(matches: readonly Match<Unit>[]): readonly Match<Unit>[] {
  const out: Match<Unit>[] = []
  for (const match of matches) {
    const last = out.at(-1)
    const { before, after } = match
    if (last?.before && !last.after && after && !before && last.before.sort === after.sort)
      out[out.length - 1] = { before: last.before, after }
    else out.push(match)
  }
  return out
}

/** What is only suggested is no unit: it stays where it is. */
function liveUnit(child: unknown): readonly Unit[] {
  if (!(child instanceof Y.XmlElement || child instanceof Y.XmlText)) return []
  const raw = nodesOf(child)
  const nodes = canonicalOf(raw)
  const sort = child instanceof Y.XmlText ? TEXT : child.nodeName
  const suggested = nodes.length === 0 && raw.length > 0
  return suggested ? [] : [{ sort, text: wordsOf(nodes), nodes, child }]
}

const canonicalOf = (content: readonly BodyNode[]): readonly BodyNode[] =>
  canonicalText({ title: '', body: [{ type: 'paragraph', content }] }).body[0]?.content ?? []
const wordsOf = (nodes: readonly BodyNode[]) => plainTextOf(nodes)

function wantedUnits(wanted: readonly BodyNode[]): readonly Unit[] {
  const units: Unit[] = []
  let runs: BodyNode[] = []
  const closeRuns = () => {
    if (runs.length > 0) units.push({ sort: TEXT, text: wordsOf(runs), nodes: runs, child: null })
    runs = []
  }
  for (const node of wanted) {
    if (node.text !== undefined) runs.push(node)
    else {
      closeRuns()
      units.push({ sort: node.type, text: wordsOf([node]), nodes: [node], child: null })
    }
  }
  closeRuns()
  return units
}

function restoreUnit(live: Unit, child: Child, wanted: Unit): void {
  if (JSON.stringify(live.nodes) === JSON.stringify(wanted.nodes)) return
  if (child instanceof Y.XmlText) {
    restoreWords(child, wordsOf(wanted.nodes))
    restoreMarks(child, wanted.nodes)
    return
  }
  const [node] = wanted.nodes
  if (!node) return
  restoreAttributes(child as Element, node.attrs ?? {})
  restoreChildren(child, node.content ?? [])
}

function restoreAttributes(element: Element, wanted: Readonly<Record<string, unknown>>): void {
  const attributes = element.getAttributes()
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && !(name in wanted)) element.removeAttribute(name)
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (JSON.stringify(attributes[name]) !== JSON.stringify(value)) setAttribute(element, name, value)
  }
}

function setAttribute(element: Element, name: string, value: unknown): void {
  if (value !== null && value !== undefined) element.setAttribute(name, value)
}

type Delta = readonly { readonly insert: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[]

const stretchesOf = (text: Y.XmlText) =>
  (text.toDelta() as Delta).map(({ insert, attributes = {} }) => ({
    words: typeof insert === 'string' ? insert : '',
    attributes,
  }))

function restoreWords(text: Y.XmlText, wanted: string): void {
  const words = stretchesOf(text)
    .map((stretch) => stretch.words)
    .join('')
  let at = 0
  for (const { kind, count } of stepsInside(words, wanted)) {
    if (kind === 'removed') text.delete(at, count)
    else {
      if (kind === 'added') text.insert(at, wanted.slice(at, at + count), {})
      at += count
    }
  }
}

/** @param wanted runs over the same words */
function restoreMarks(text: Y.XmlText, wanted: readonly BodyNode[]): void {
  const live = stretchesOf(text)
  let at = 0
  let rest = live.shift()
  for (const { text: words = '', marks = [] } of wanted) {
    for (let left = words.length; left > 0 && rest; ) {
      const length = Math.min(left, rest.words.length)
      if (JSON.stringify(marksOf(rest.attributes)) !== JSON.stringify(marks)) {
        text.format(at, length, markChanges(rest.attributes, marks))
      }
      at += length
      left -= length
      rest = length === rest.words.length ? live.shift() : { ...rest, words: rest.words.slice(length) }
    }
  }
}

function markChanges(attributes: Readonly<Record<string, unknown>>, wanted: NonNullable<BodyNode['marks']>) {
  const keyOf = (type: string) => Object.keys(attributes).find((key) => markName(key) === type) ?? type
  return {
    ...Object.fromEntries(Object.keys(attributes).map((key) => [key, null])),
    ...Object.fromEntries(wanted.map(({ type, attrs = {} }) => [keyOf(type), attrs])),
  }
}

function childOf({ sort, nodes }: Unit): Child {
  if (sort === TEXT) {
    const text = new Y.XmlText()
    text.applyDelta(
      nodes.map(({ text = '', marks = [] }) => ({ insert: text, attributes: markChanges({}, marks) })),
    )
    return text
  }
  const element = new Y.XmlElement(sort) as Element
  for (const [name, value] of Object.entries(nodes[0]?.attrs ?? {})) setAttribute(element, name, value)
  element.insert(0, wantedUnits(nodes[0]?.content ?? []).map(childOf))
  return element as Y.XmlElement
}
