import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { wrapInList } from '@tiptap/pm/schema-list'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { canJoin } from '@tiptap/pm/transform'
import { initProseMirrorDoc, ySyncPlugin, ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { keepSelectionFresh } from '#app/(newsroom)/drafts/[id]/_components/kept-nodes.ts'
import { anchorOf, type Located, locate } from '#lib/documents/draft/anchor.ts'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'

const schema = getSchema(draftExtensions)
const { heading, bulletList } = schema.nodes
if (!heading || !bulletList) throw new Error('the editor knows both')
const [HEADING, LIST] = [heading, bulletList]

/** A document whose body has these paragraphs. */
export function draftOf(...paragraphs: readonly string[]): Y.Doc {
  const doc = new Y.Doc()
  bodyOf(doc).insert(0, paragraphs.map(paragraphOf))
  return doc
}

export function paragraphOf(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  const content = new Y.XmlText()
  element.insert(0, [content])
  content.insert(0, text)
  return element
}

export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

export const bringTo = (to: Y.Doc, from: Y.Doc): void =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote')

/** An editor without a page: the stock binding, with undo of one’s own edits. */
export function openEditor(doc: Y.Doc) {
  const body = bodyOf(doc)
  const drawn = initProseMirrorDoc(body, schema)
  const plugin = ySyncPlugin(body, { mapping: drawn.mapping })
  const undo = new Y.UndoManager(body, { trackedOrigins: new Set([ySyncPluginKey]), captureTimeout: 0 })
  const view = {
    state: EditorState.create({ doc: drawn.doc, plugins: [plugin] }),
    hasFocus: () => false,
    dispatch(transaction: Transaction) {
      view.state = view.state.apply(transaction)
      bound.update()
    },
  }
  const bound = plugin.spec.view(view)
  const stop = keepSelectionFresh(ySyncPluginKey.getState(view.state).binding, body)
  const close = () => {
    stop()
    undo.destroy()
    bound.destroy?.()
  }
  return { doc, undo, view, close }
}
export type Editor = ReturnType<typeof openEditor>

/** What of `words` the editor shows, as positions; the first place where it stands in one block. */
export function placeOf({ view }: Editor, words: string): { readonly from: number; readonly to: number } {
  let from = -1
  view.state.doc.descendants((node, pos) => {
    if (from < 0 && node.isTextblock && node.textContent.includes(words))
      from = pos + 1 + node.textContent.indexOf(words)
    return from < 0
  })
  if (from < 0) throw new Error(`nobody wrote «${words}»`)
  return { from, to: from + words.length }
}

const read = (node: Node, { from, to }: { readonly from: number; readonly to: number }): string =>
  node.textBetween(from, to, '\n', () => '\n').toWellFormed()

/** What a located passage reads as; null where it is orphaned. */
export const shown = ({ view }: Editor, located: Located): string | null =>
  located.state === 'orphaned' ? null : read(view.state.doc, located)

export type Act = {
  readonly what: (typeof ACTS)[number]
  readonly at: number
  readonly within: number
  readonly length: number
}
export const ACTS = [
  'type',
  'type',
  'erase',
  'replace',
  'split',
  'join',
  'heading',
  'list',
  'bold',
  'break',
  'duplicate',
  'move',
  'remove',
  'undo',
  'redo',
] as const

const WORDS = ['le chat', 'oui', ' et ', 'é', '🎉', 'le', ' ', 'dort']

/** One thing that somebody does in their editor. */
export function act({ view, undo }: Editor, { what, at, within, length }: Act): void {
  if (what === 'undo') return void undo.undo()
  if (what === 'redo') return void undo.redo()
  const { doc, tr } = view.state
  const block = blockAt(doc, at)
  if (!block) return
  const { pos, node } = block
  const inside = pos + 1
  const from = whole(doc, inside + (within % (node.content.size + 1)))
  const to = whole(doc, Math.min(from + length, inside + node.content.size))
  const word = WORDS[length % WORDS.length] ?? ''
  const changes: Readonly<Record<Exclude<Act['what'], 'undo' | 'redo'>, () => unknown>> = {
    type: () => tr.insertText(word, from),
    erase: () => tr.delete(from, to),
    replace: () => tr.insertText(word, from, to),
    split: () => tr.split(from),
    join: () => pos > 0 && canJoin(doc, pos) && tr.join(pos),
    heading: () => tr.setBlockType(pos, pos + node.nodeSize, HEADING, { level: 2 }),
    list: () =>
      wrapInList(LIST)(view.state.apply(tr.setSelection(TextSelection.create(doc, from))), (wrapped) =>
        view.dispatch(wrapped),
      ),
    bold: () => tr.addMark(from, to, schema.mark('bold')),
    break: () => tr.insert(from, schema.node('hardBreak')),
    duplicate: () => tr.insert(pos, node),
    move: () => doc.childCount > 1 && tr.delete(pos, pos + node.nodeSize).insert(0, node),
    remove: () => doc.childCount > 1 && tr.delete(pos, pos + node.nodeSize),
  }
  try {
    changes[what]()
  } catch {
    // Not every place takes every change: a list item holds no heading first.
    return
  }
  // The binding takes an editor that is empty at first for one that has not loaded.
  if (what !== 'list' && tr.docChanged && tr.doc.textContent !== '') view.dispatch(tr)
}

/** No browser puts a caret into the middle of a character. */
const whole = (doc: Node, pos: number): number =>
  /[\udc00-\udfff]/.test(doc.textBetween(pos, Math.min(pos + 1, doc.content.size))) ? pos - 1 : pos

/** The nth block that holds text. */
function blockAt(doc: Node, nth: number): { readonly pos: number; readonly node: Node } | null {
  const blocks: { pos: number; node: Node }[] = []
  doc.descendants((node, pos) => {
    if (node.isTextblock) blocks.push({ pos, node })
  })
  return blocks[nth % Math.max(blocks.length, 1)] ?? null
}

type Character = { readonly id: string; readonly pm: number; readonly text: string }

/** Every character with its Yjs id and its place in the editor, read without what is under test. */
function charactersOf({ doc, view }: Editor): readonly Character[] {
  const ids: { id: string; text: string }[] = []
  const visit = (type: Y.XmlFragment | Y.XmlText) => {
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue
      const { content, id } = item
      if (content instanceof Y.ContentType) visit(content.type as Y.XmlFragment)
      else if (content instanceof Y.ContentString)
        for (const [n, text] of content.str.split('').entries())
          ids.push({ id: `${id.client} ${id.clock + n}`, text })
    }
  }
  visit(bodyOf(doc))
  const places: number[] = []
  view.state.doc.descendants((node, pos) => {
    for (let n = 0; n < (node.text?.length ?? 0); n += 1) places.push(pos + n)
  })
  return ids.map((one, n) => ({ ...one, pm: places[n] ?? -1 }))
}

/** A passage as it was anchored, with the ids of its characters, and of the first ones of others that read the same. */
export type Anchored = {
  readonly anchor: ThreadAnchor
  readonly originals: ReadonlySet<string>
  readonly twins: ReadonlySet<string>
}

export function anchoredAt(editor: Editor, from: number, to: number): Anchored | null {
  const anchor = anchorOf(editor.doc, from, to)
  if (!anchor) return null
  const located = locate(editor.doc, anchor)
  if (located.state !== 'exact') throw new Error(`a new anchor is ${located.state}`)
  const all = charactersOf(editor)
  const text = all.map((one) => one.text).join('')
  const first = all.findIndex(({ pm }) => pm >= located.from)
  const inside = all.filter(({ pm }) => pm >= located.from && pm < located.to)
  const wanted = inside.map((one) => one.text).join('')
  const twins = all.filter((_, at) => at !== first && text.startsWith(wanted, at))
  const ids = (some: typeof all) => new Set(some.map(({ id }) => id))
  return { anchor, originals: ids(inside), twins: ids(twins) }
}

/** Why a located passage is not where it may be; null where it is. */
export function wrongness(
  editor: Editor,
  { anchor, originals, twins }: Anchored,
  located: Located,
): string | null {
  const all = charactersOf(editor)
  const rests = all.filter(({ id }) => originals.has(id))
  if (located.state === 'orphaned') {
    const size = editor.view.state.doc.content.size
    const left = rests.map(({ text }) => text).join('')
    if (left.trim() !== '') return `«${left}» is left, and it is orphaned`
    return located.near === null || (located.near >= 0 && located.near <= size) ? null : 'nowhere near'
  }
  const text = read(editor.view.state.doc, located)
  const first = all.find(({ pm }) => pm >= located.from)?.id ?? ''
  const same = text === anchor.quote
  if (located.state !== 'changed' && !same) return `«${text}» is ${located.state}, and not «${anchor.quote}»`
  if (same || text.replaceAll('\n', '') === anchor.quote.replaceAll('\n', ''))
    return located.state === 'found' && twins.has(first) ? `«${text}» is another passage` : null
  const ends = [rests[0]?.pm, (rests.at(-1)?.pm ?? -2) + 1]
  return ends[0] === located.from && ends[1] === located.to ? null : `«${text}» is more than what is left`
}
