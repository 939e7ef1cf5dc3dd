import type { Mark, Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { StepMap } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { encodeAny, toBase64 } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { equalFlat } from 'lib0/object'
import * as Y from 'yjs'
import { type Changed, changedBlocks, changesOf, type Edit, editsWithin, partsOf } from './block-changes.ts'
import { type Replacement, replacementsIn } from './edits.ts'
import { isSuggestion } from './reading.ts'

/** Bytes of the hash in the name of a mark. */
const HASH_BYTES = 6

/** The steps that led to a state, from the text that was last drawn. */
type Steps = { readonly since: Node; readonly maps: readonly StepMap[] }
const stepsKey = new PluginKey<Steps>('fineWriting')

/**
 * Writes changes of blocks that hold suggestions into the shared text, before the stock binding would.
 *
 * The binding sets all formats of a block again, stretch by stretch. Where stretches overlap that takes other people’s
 * markers out and puts copies in; if one of them is rejected or undone meanwhile, a copy stays behind, and all that
 * follows in the block would be somebody’s suggestion. Here each format is set by itself, where it changes, and nowhere
 * else. The binding then finds nothing left to do.
 *
 * Which letters are new is asked of the steps. Comparing the texts would not tell: a «y» beside somebody else’s «y» would
 * be taken for theirs, and what stands between two changes of one step would be written anew, by everybody who does so.
 */
export const fineWriting = () =>
  new Plugin<Steps>({
    key: stepsKey,
    state: {
      init: (_, { doc }) => ({ since: doc, maps: [] }),
      apply: (tr, { since, maps }) =>
        tr.getMeta('appendedTransaction')
          ? { since, maps: [...maps, ...tr.mapping.maps] }
          : { since: tr.before, maps: tr.mapping.maps },
    },
    view: () => ({
      update: (view, before) => {
        const sync = ySyncPluginKey.getState(view.state)
        if (before.doc === view.state.doc || !sync || sync.isChangeOrigin) return
        const blocks = changedBlocks({ node: before.doc, at: 0 }, { node: view.state.doc, at: 0 })
        if (!blocks?.some(({ old, fresh }) => isSuggestedIn(old.node) || isSuggestedIn(fresh.node))) return
        const steps = stepsKey.getState(view.state)
        const isWhole = steps?.since === before.doc
        const replacements = isWhole ? replacementsIn(steps.maps, before.doc, view.state.doc) : null
        const fragment: Y.XmlFragment = sync.type
        sync.binding.mux(() => {
          fragment.doc?.transact((transaction) => {
            transaction.meta.set('addToHistory', sync.addToHistory)
            for (const block of blocks)
              writeBlock(elementAt(fragment, block.path), block, replacements, sync.binding.mapping)
          }, ySyncPluginKey)
        })
      },
    }),
  })

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
function writeBlock(
  element: unknown,
  { old, fresh }: Changed,
  replacements: readonly Replacement[] | null,
  drawn: Drawn,
): void {
  if (!(element instanceof Y.XmlElement) || element.nodeName !== fresh.node.type.name) return
  const parts = partsOf(fresh)
  const former = partsOf(old)
  const shared = element.toArray()
  const alike =
    shared.length === parts.length &&
    shared.every((one, index) => one instanceof Y.XmlText === (parts[index]?.nodes !== null))
  if (!alike) return
  for (const [index, text] of shared.entries()) {
    const part = parts[index]
    if (!(text instanceof Y.XmlText) || !part?.nodes) continue
    const wanted = part.nodes.map((node) => ({
      insert: node.text ?? '',
      attributes: attributesOf(node.marks),
    }))
    const was = former.length === parts.length ? former[index] : undefined
    writeText(text, wanted, replacements && was ? editsWithin(replacements, was, part) : null)
    drawn.set(text, [...part.nodes])
  }
}

type Attributes = Readonly<Record<string, unknown>>
type Piece = { readonly insert: string; readonly attributes: Attributes }

function writeText(text: Y.XmlText, wanted: readonly Piece[], edits: readonly Edit[] | null): void {
  const fresh = wordsOf(wanted)
  for (const { index, remove, from, to } of changesOf(wordsOf(readText(text)), fresh, edits).toReversed()) {
    if (remove > 0) text.delete(index, remove)
    let at = index
    for (const { insert, attributes } of between(wanted, from, to)) {
      text.insert(at, insert, { ...attributes })
      at += insert.length
    }
  }
  const now = readText(text)
  for (const key of new Set([...now, ...wanted].flatMap(({ attributes }) => Object.keys(attributes))))
    for (const { from, to, value } of differences(now, wanted, key))
      text.format(from, to - from, { [key]: value })
}

/**
 * Pieces of a text between two places. They are inserted with their formats: Yjs then puts them behind the markers that
 * end a format there. In front of those, what two write there at once would get into each other’s formats.
 */
function between(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  let end = 0
  return pieces.flatMap(({ insert, attributes }) => {
    const start = end
    end += insert.length
    const part = insert.slice(Math.max(0, from - start), Math.max(0, to - start))
    return part === '' ? [] : [{ insert: part, attributes }]
  })
}

const wordsOf = (pieces: readonly Piece[]) => pieces.reduce((all, { insert }) => all + insert, '')

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
