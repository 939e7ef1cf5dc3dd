import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import {
  initProseMirrorDoc,
  undo,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
  yUndoPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { KeptNodes, keepSelectionFresh } from '#app/(newsroom)/drafts/[id]/_components/kept-nodes.ts'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import { asSuggestion } from '#lib/documents/draft/suggestions/as-suggestion.ts'
import { decideStep, type Verdict } from '#lib/documents/draft/suggestions/decide.ts'
import { fineWriting } from '#lib/documents/draft/suggestions/fine-writing.ts'
import { isSuggestion } from '#lib/documents/draft/suggestions/reading.ts'
import { canonicalText, plainTextOf, textOf } from '#lib/documents/draft/text.ts'

export const schema = getSchema(draftExtensions)

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

type Change = (tr: Transaction) => Transaction

/** Somebody with the draft open, without a page: the binding as the editor has it, and the stock undo. */
export function openWriter(doc: Y.Doc, name: string) {
  const body = bodyOf(doc)
  const { doc: drawn, mapping: first } = initProseMirrorDoc(body, schema)
  const mapping = new KeptNodes()
  for (const [type, node] of first) mapping.set(type, node)
  const sync = ySyncPlugin(body, { mapping })
  const undoing = yUndoPlugin()
  const plugins = [fineWriting(), sync, undoing]
  const view = {
    state: EditorState.create({ doc: drawn, plugins }),
    hasFocus: () => false,
    dispatch(tr: Transaction) {
      const before = view.state
      view.state = view.state.apply(tr)
      for (const update of updates) update(view, before)
    },
  }
  const updates = plugins.flatMap((plugin) => {
    const { update } = plugin.spec.view(view)
    return update ? [update] : []
  })
  keepSelectionFresh(ySyncPluginKey.getState(view.state).binding, body)
  let made = 0
  const mine = new Set<string>()
  const writer = {
    isMine: (id: string) => mine.has(id),
    goesOn: (id: string) => mine.has(id),
    makeId: () => {
      made += 1
      mine.add(`${name}${made}`)
      return `${name}${made}`
    },
    makePart: () => {
      made += 1
      return made
    },
  }
  return {
    doc,
    node: (): Node => view.state.doc,
    state: (): EditorState => view.state,
    write: (change: Change) => {
      const tr = change(view.state.tr)
      if (tr.docChanged) view.dispatch(tr)
    },
    /** @returns whether it could be proposed. */
    suggest: (change: Change): boolean => {
      const tr = asSuggestion(change(view.state.tr), view.state, writer)
      if (tr?.docChanged) view.dispatch(tr)
      return tr !== null
    },
    select: (from: number, to = from) =>
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to))),
    decide: (verdict: Verdict, ids: readonly string[] | null = null) => {
      for (;;) {
        const tr = view.state.tr
        if (!decideStep(tr, ids && new Set(ids), verdict)) return
        view.dispatch(tr)
      }
    },
    undo: () => undo(view.state),
    /** What is written from here on is undone by itself. */
    pause: () => yUndoPluginKey.getState(view.state).undoManager.stopCapturing(),
  }
}
export type WriterHere = ReturnType<typeof openWriter>

export const plainOf = (doc: Y.Doc): string => plainTextOf(textOf(doc).body)
export const canonicalOf = (doc: Y.Doc): string => plainTextOf(canonicalText(textOf(doc)).body)
export const canonicalBody = (doc: Y.Doc) => canonicalText(textOf(doc)).body

export function hasSuggestionsIn(node: Node): boolean {
  let found = false
  node.descendants((one) => {
    found ||= one.marks.some(isSuggestion)
  })
  return found
}

export function meet(...docs: readonly Y.Doc[]): void {
  for (let round = 0; round < 2; round += 1)
    for (const here of docs)
      for (const there of docs)
        if (here !== there)
          Y.applyUpdate(here, Y.encodeStateAsUpdate(there, Y.encodeStateVector(here)), 'remote')
}

/** Copies of one text, each with somebody at it. Client ids are given, so that a failure can be repeated. */
export function copiesOf(count: number, ...paragraphs: readonly string[]): readonly WriterHere[] {
  const docs = Array.from({ length: count }, (_, at) => {
    const doc = new Y.Doc()
    doc.clientID = 100 + at
    return doc
  })
  const [first] = docs
  if (first) bodyOf(first).insert(0, paragraphs.map(paragraph))
  meet(...docs)
  return docs.map((doc, at) => openWriter(doc, 'abc'[at] ?? 'z'))
}
