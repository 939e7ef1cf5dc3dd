import type { Mark, Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { encodeAny, toBase64 } from 'lib0/buffer'
import { simpleDiff } from 'lib0/diff'
import { digest } from 'lib0/hash/sha256'
import { equalFlat } from 'lib0/object'
import * as Y from 'yjs'
import { isSuggestion } from './reading.ts'

/** Bytes of the hash in the name of a mark. */
const HASH_BYTES = 6

/**
 * Writes changes of blocks that hold suggestions into the shared text, before the stock binding would.
 *
 * The binding sets all formats of a block again, stretch by stretch. Where stretches overlap that takes other people’s
 * markers out and puts copies in; if one of them is rejected or undone meanwhile, a copy stays behind, and all that
 * follows in the block would be somebody’s suggestion. Here each format is set by itself, where it changes, and nowhere
 * else. The binding then finds nothing left to do.
 */
export const fineWriting = () =>
  new Plugin({
    key: new PluginKey('fineWriting'),
    view: () => ({
      update: (view, before) => {
        const sync = ySyncPluginKey.getState(view.state)
        if (before.doc === view.state.doc || !sync || sync.isChangeOrigin) return
        const blocks = changedBlocks(before.doc, view.state.doc)
        if (!blocks?.some(({ old, fresh }) => isSuggestedIn(old) || isSuggestedIn(fresh))) return
        const fragment: Y.XmlFragment = sync.type
        sync.binding.mux(() => {
          fragment.doc?.transact((transaction) => {
            transaction.meta.set('addToHistory', sync.addToHistory)
            for (const { path, fresh } of blocks)
              writeBlock(elementAt(fragment, path), fresh, sync.binding.mapping)
          }, ySyncPluginKey)
        })
      },
    }),
  })

type Changed = { readonly path: readonly number[]; readonly old: Node; readonly fresh: Node }

/** Blocks of text whose content changed; null where blocks came, went or became others. */
function changedBlocks(old: Node, fresh: Node, path: readonly number[] = []): readonly Changed[] | null {
  if (old === fresh) return []
  if (!old.hasMarkup(fresh.type, fresh.attrs, fresh.marks)) return null
  if (old.isTextblock) return [{ path, old, fresh }]
  if (old.childCount !== fresh.childCount) return null
  const found: Changed[] = []
  for (let at = 0; at < old.childCount; at += 1) {
    const inside = changedBlocks(old.child(at), fresh.child(at), [...path, at])
    if (!inside) return null
    found.push(...inside)
  }
  return found
}

function isSuggestedIn(block: Node): boolean {
  let found = false
  block.forEach((node) => {
    found ||= node.marks.some(isSuggestion)
  })
  return found
}

function elementAt(fragment: Y.XmlFragment, path: readonly number[]): unknown {
  let at: unknown = fragment
  for (const index of path) at = at instanceof Y.XmlFragment ? at.get(index) : null
  return at
}

/** What the binding takes each part of the shared text to be drawn as; what is not noted here it never compares again. */
type Drawn = Map<unknown, Node | Node[]>

/** Only where the shared block has the same texts and line breaks, one by one. */
function writeBlock(element: unknown, block: Node, drawn: Drawn): void {
  if (!(element instanceof Y.XmlElement) || element.nodeName !== block.type.name) return
  const parts: (Node | Node[])[] = []
  block.forEach((node) => {
    const last = parts.at(-1)
    if (!node.isText) parts.push(node)
    else if (Array.isArray(last)) last.push(node)
    else parts.push([node])
  })
  const shared = element.toArray()
  const alike =
    shared.length === parts.length &&
    shared.every((one, at) => one instanceof Y.XmlText === Array.isArray(parts[at]))
  if (!alike) return
  for (const [at, text] of shared.entries()) {
    const part = parts[at]
    if (text instanceof Y.XmlText && Array.isArray(part)) {
      writeText(text, part)
      drawn.set(text, part)
    }
  }
}

type Attributes = Readonly<Record<string, unknown>>
type Piece = { readonly insert: string; readonly attributes: Attributes }

function writeText(text: Y.XmlText, nodes: readonly Node[]): void {
  const wanted = nodes.map((node) => ({ insert: node.text ?? '', attributes: attributesOf(node.marks) }))
  const { index, remove, insert } = changeOf(readText(text), wanted)
  if (remove > 0) text.delete(index, remove)
  if (insert !== '') text.insert(index, insert)
  const now = readText(text)
  for (const key of new Set([...now, ...wanted].flatMap(({ attributes }) => Object.keys(attributes))))
    for (const { from, to, value } of differences(now, wanted, key))
      text.format(from, to - from, { [key]: value })
}

const wordsOf = (pieces: readonly Piece[]) => pieces.reduce((all, { insert }) => all + insert, '')

/**
 * What was written or taken away. «uu» for «u» may be a letter before it or behind it: which one is new, its marks say.
 */
function changeOf(now: readonly Piece[], wanted: readonly Piece[]) {
  const [old, fresh] = [wordsOf(now), wordsOf(wanted)]
  const { index, remove, insert } = simpleDiff(old, fresh)
  if (remove > 0 === insert.length > 0) return { index, remove, insert }
  const at = Math.min(index, sharedStart(now, wanted))
  const size = insert.length
  if (old.slice(at + remove) !== fresh.slice(at + size)) return { index, remove, insert }
  return { index: at, remove, insert: fresh.slice(at, at + size) }
}

/** For so many characters both say the same, with the same formats. */
function sharedStart(now: readonly Piece[], wanted: readonly Piece[]): number {
  let at = 0
  const [old, fresh] = [now, wanted].map((pieces) =>
    pieces.flatMap(({ insert, attributes }) => insert.split('').map((unit) => ({ unit, attributes }))),
  )
  for (const { unit, attributes } of old ?? []) {
    const other = fresh?.[at]
    const keys = Object.keys(attributes)
    const alike = other?.unit === unit && Object.keys(other.attributes).length === keys.length
    if (!alike || !keys.every((key) => same(attributes[key], other.attributes[key]))) break
    at += 1
  }
  return at
}

const readText = (text: Y.XmlText): readonly Piece[] =>
  (text.toDelta() as readonly { insert: unknown; attributes?: Attributes }[]).map(
    ({ insert, attributes = {} }) => ({
      insert: String(insert),
      attributes,
    }),
  )

const same = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === 'object' &&
    one !== null &&
    typeof other === 'object' &&
    other !== null &&
    equalFlat(one, other))

/** Where a format is not as it should be, and what it should be there. */
function differences(now: readonly Piece[], wanted: readonly Piece[], key: string) {
  const found: { from: number; to: number; value: unknown }[] = []
  const ends = new Set<number>()
  for (const pieces of [now, wanted]) {
    let end = 0
    for (const { insert } of pieces) {
      end += insert.length
      ends.add(end)
    }
  }
  let from = 0
  for (const to of [...ends].toSorted((one, other) => one - other)) {
    const value = valueAt(wanted, from, key)
    const last = found.at(-1)
    if (!same(valueAt(now, from, key), value)) {
      if (last && last.to === from && same(last.value, value)) last.to = to
      else found.push({ from, to, value })
    }
    from = to
  }
  return found
}

function valueAt(pieces: readonly Piece[], at: number, key: string): unknown {
  let end = 0
  for (const { insert, attributes } of pieces) {
    end += insert.length
    if (at < end) return attributes[key] ?? null
  }
  return null
}

const keys = new WeakMap<Mark, string>()

/** The name that y-tiptap gives to a mark in the shared text; marks that may overlap are told apart by a hash. */
function keyOf(mark: Mark): string {
  const known = keys.get(mark)
  if (known !== undefined) return known
  const { type } = mark
  const key = type.excludes(type) ? type.name : `${type.name}--${hashOf(mark.toJSON())}`
  keys.set(mark, key)
  return key
}

function hashOf(json: unknown): string {
  const bytes = digest(encodeAny(json))
  for (let at = HASH_BYTES; at < bytes.length; at += 1)
    bytes[at % HASH_BYTES] = (bytes[at % HASH_BYTES] ?? 0) ^ (bytes[at] ?? 0)
  return toBase64(bytes.slice(0, HASH_BYTES))
}

const attributesOf = (marks: readonly Mark[]): Attributes =>
  Object.fromEntries(marks.map((mark) => [keyOf(mark), { ...mark.attrs }]))
