import { type Editor, Extension, type Extensions } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { cell, type WritableCell } from '#app/_collab/cell.ts'
import { asSuggestion } from '#lib/documents/draft/suggestions/as-suggestion.ts'
import { canonicalSlice } from '#lib/documents/draft/suggestions/canonical.ts'
import { fineWriting } from '#lib/documents/draft/suggestions/fine-writing.ts'
import { firstTextBehind, lastTextBefore } from '#lib/documents/draft/suggestions/reading.ts'

/** For so long what one writes beside a suggestion of one’s own still belongs to it; milliseconds. */
const ONE_SUGGESTION_MS = 10 * 60_000
const ID_SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** What one open draft knows of suggesting, beside what is in its text. */
export type Suggesting = {
  /** Edits are proposals now. */
  readonly on: WritableCell<boolean>
  /** How often something was tried that cannot be proposed. */
  readonly refused: WritableCell<number>
  /** Ids of suggestions that the person here made, here or elsewhere. */
  readonly mine: Set<string>
  /** Those made on this page, and when. */
  readonly made: Map<string, number>
}

const kept = new WeakMap<Editor, Suggesting>()

export function suggestingOf(editor: Editor): Suggesting {
  const known = kept.get(editor)
  if (known) return known
  const fresh = {
    on: cell(false),
    refused: cell(0),
    mine: new Set<string>(),
    made: new Map<string, number>(),
  }
  kept.set(editor, fresh)
  return fresh
}

/** On a transaction that carries a verdict: it changes the text itself. */
export const DECIDES = 'suggestionDecided'

const makeId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ID_SIGNS[byte % ID_SIGNS.length]).join('')

function writerOf({ mine, made }: Suggesting) {
  let part = 0
  return {
    isMine: (id: string) => mine.has(id) || made.has(id),
    goesOn: (id: string) => Date.now() - (made.get(id) ?? 0) < ONE_SUGGESTION_MS,
    makeId: () => {
      const id = makeId()
      made.set(id, Date.now())
      return id
    },
    makePart: () => {
      part += 1
      return part
    },
  }
}

const isOurs = (transaction: Transaction) =>
  transaction.docChanged &&
  transaction.getMeta(ySyncPluginKey) === undefined &&
  transaction.getMeta(DECIDES) === undefined

/** What keys do to blocks, as edits of text: the editor’s own ways of joining would change their kind. */
function blockEdit({ selection, doc, tr }: EditorState, key: string): Transaction | null {
  const { $from, empty, from, to } = selection
  if (!$from.parent.isTextblock) return null
  if (key === 'Enter') return tr.delete(from, to).split(from)
  if (!empty) return null
  if (key === 'Backspace' && $from.parentOffset === 0) {
    const before = lastTextBefore(doc, $from.before())
    return before === null ? tr : tr.delete(before, from)
  }
  if (key === 'Delete' && from === $from.end()) {
    const behind = firstTextBehind(doc, $from.after())
    return behind === null ? tr : tr.delete(from, behind)
  }
  return null
}

function keyPressed(view: EditorView, event: KeyboardEvent, on: boolean): boolean {
  if (!on || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
    return false
  const edit = blockEdit(view.state, event.key)
  if (edit?.docChanged) view.dispatch(edit.scrollIntoView())
  return edit !== null
}

const plugin = ({ on }: Suggesting) =>
  new Plugin({
    key: new PluginKey('suggesting'),
    props: {
      attributes: (): Record<string, string> => (on.get() ? { 'data-suggesting': '' } : {}),
      handleKeyDown: (view, event) => keyPressed(view, event, on.get()),
      // Shorthand for headings and lists would change blocks; letters are letters here.
      handleTextInput: (view, _from, _to, _text, typed) => {
        if (!on.get()) return false
        view.dispatch(typed())
        return true
      },
      // The clipboard leads out of the newsroom, and what comes in by it proposes nothing by itself.
      transformCopied: canonicalSlice,
      transformPasted: canonicalSlice,
      clipboardTextSerializer: ({ content }) =>
        content.textBetween(0, content.size, '\n\n', (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : '')),
    },
    view: (view) => {
      const stop = on.subscribe(() => view.setProps({}))
      return { destroy: stop }
    },
  })

/** Turns edits into suggestions while that is wanted. */
export const suggesting = (): Extensions => [
  Extension.create({
    name: 'suggesting',
    // Before the binding (1000), which would write its own way; behind the «/» list, whose keys are its own.
    priority: 1050,
    addProseMirrorPlugins() {
      return [fineWriting(), plugin(suggestingOf(this.editor))]
    },
    dispatchTransaction({ transaction, next }) {
      const state = suggestingOf(this.editor)
      if (!state.on.get() || !isOurs(transaction)) return next(transaction)
      const writer = writers.get(state) ?? writerOf(state)
      writers.set(state, writer)
      const proposal = asSuggestion(transaction, this.editor.state, writer)
      if (proposal) next(proposal)
      else state.refused.set(state.refused.get() + 1)
    },
  }),
]

const writers = new WeakMap<Suggesting, ReturnType<typeof writerOf>>()
