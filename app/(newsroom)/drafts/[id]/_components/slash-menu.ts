import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { cell, type WritableCell } from '#app/_collab/cell.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import type { FormatId } from './formats.ts'

/** What may be inserted with «/», in the order shown. */
export const SLASH_IDS = [
  'heading1',
  'heading2',
  'heading3',
  'bulletList',
  'orderedList',
  'blockquote',
  'link',
] as const satisfies readonly FormatId[]
export type SlashId = (typeof SLASH_IDS)[number]

export type SlashItem = { readonly id: SlashId; readonly label: string; readonly words: string }

export type SlashView = {
  readonly items: readonly SlashItem[]
  readonly chosen: number
  readonly choose: (item: SlashItem) => void
  /** Of the «/», in the window. */
  readonly at: { readonly left: number; readonly top: number; readonly bottom: number }
}

export type SlashPorts = {
  /** Every item, in the language of the page. `words` are what else one may type to find it. */
  readonly items: readonly SlashItem[]
  readonly view: WritableCell<SlashView | null>
  readonly run: (editor: Editor, id: SlashId) => void
}

/** Where a «/» stands and what was typed after it. */
type Call = { readonly from: number; readonly typed: string }

/** Longest word that is still a question to the list. */
const LONGEST = 24
const key = new PluginKey<Call | null>('slashMenu')

export const slashView = () => cell<SlashView | null>(null)

/** Items one of whose words begins like what was typed after «/», accents aside. */
export function findItems(items: readonly SlashItem[], typed: string): readonly SlashItem[] {
  const wanted = foldForSearch(typed)
  return items.filter(({ label, words }) =>
    `${foldForSearch(label)} ${foldForSearch(words)}`.split(/\s+/).some((word) => word.startsWith(wanted)),
  )
}

/** The «/» that the caret stands behind: first in its block or after a space, with no space since. */
export function readCall({ selection }: Pick<EditorState, 'selection'>): Call | null {
  const { $from, empty } = selection
  if (!empty || !$from.parent.isTextblock) return null
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - LONGEST),
    $from.parentOffset,
    undefined,
    '\ufffc',
  )
  const typed = /(?:^|[\s\u00a0])\/([\p{L}\p{N}]*)$/u.exec(before)?.[1]
  return typed === undefined ? null : { from: $from.pos - typed.length - 1, typed }
}

/** A call begins by typing, never by putting the caret behind a «/» that stands there. */
function nextCall(transaction: Transaction, call: Call | null, state: EditorState): Call | null {
  if (transaction.getMeta(key) === 'close') return null
  const others = transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true
  const byHand = transaction.docChanged && !others
  if (!call && !byHand) return null
  const next = readCall(state)
  if (!call) return next?.typed === '' ? next : null
  // Words of others may move it; another «/» is not the one that was called.
  return next && (byHand || others || next.from === call.from) ? next : null
}

const close = (view: EditorView) => view.dispatch(view.state.tr.setMeta(key, 'close'))

function turn(view: SlashView, by: number): SlashView {
  return { ...view, chosen: (view.chosen + by + view.items.length) % view.items.length }
}

/** The list of one editor: what it shows, and what keys do to it. */
function slashPlugin(editor: Editor, { items, view: shown, run }: SlashPorts) {
  const choose = (view: EditorView, item: SlashItem) => {
    const call = key.getState(view.state)
    if (!call) return
    view.dispatch(view.state.tr.delete(call.from, call.from + 1 + call.typed.length).setMeta(key, 'close'))
    run(editor, item.id)
  }

  const draw = (view: EditorView) => {
    const call = view.editable ? key.getState(view.state) : null
    const found = call ? findItems(items, call.typed) : []
    if (!call || found.length === 0) return shown.set(null)
    const { left, top, bottom } = view.coordsAtPos(call.from)
    const chosen = Math.min(shown.get()?.chosen ?? 0, found.length - 1)
    shown.set({ items: found, chosen, at: { left, top, bottom }, choose: (item) => choose(view, item) })
  }

  const onKey = (view: EditorView, event: KeyboardEvent): boolean => {
    const open = shown.get()
    if (!open || event.isComposing) return false
    if (event.key === 'Escape') close(view)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      shown.set(turn(open, event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      const item = open.items[open.chosen]
      if (item) choose(view, item)
    } else return false
    return true
  }

  const onBlur = (view: EditorView) => {
    if (key.getState(view.state)) close(view)
    return false
  }

  return new Plugin<Call | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, call, _old, state) => nextCall(transaction, call, state),
    },
    props: { handleKeyDown: onKey, handleDOMEvents: { blur: onBlur } },
    view: () => ({
      update: (view, before) => {
        if (key.getState(view.state) !== key.getState(before)) draw(view)
      },
      destroy: () => shown.set(null),
    }),
  })
}

/** «/» at the start of a line or after a space opens a list that typing narrows and Enter takes. */
export const slashMenu = (ports: SlashPorts) =>
  Extension.create({
    name: 'slashMenu',
    // Before the keys of lists and blocks: Enter and Tab are the list’s while it is open.
    priority: 1100,
    addProseMirrorPlugins() {
      return [slashPlugin(this.editor, ports)]
    },
  })
