import { Extension, type Extensions } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { Mapping } from '@tiptap/pm/transform'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { mappingBetween } from './changed-ranges.ts'

/** A passage in the editor’s own positions. `id` is a thread’s, or `COMPOSED`. */
export type Mark = { readonly id: string; readonly from: number; readonly to: number }

/** The passage of the thread that is being written. */
export const COMPOSED = 'composed'

type Marks = { readonly set: DecorationSet; readonly active: string | null }
type Order =
  | { readonly kind: 'place'; readonly marks: readonly Mark[] }
  | { readonly kind: 'compose'; readonly mark: Mark | null }
  | { readonly kind: 'activate'; readonly id: string | null }

export type MarksListener = {
  /** Somebody pressed a passage; null: the text where none is. */
  readonly pressed: (id: string | null) => void
  /** The text changed. `lost`: a passage is gone with its words, or others rewrote what is around it. */
  readonly changed: (lost: boolean) => void
}

const key = new PluginKey<Marks>('threadMarks')
const listeners = new WeakMap<EditorView, MarksListener>()

/** @returns how to stop listening */
export function listenToMarks(view: EditorView, listener: MarksListener): () => void {
  listeners.set(view, listener)
  return () => void listeners.delete(view)
}

const order = (view: EditorView, wanted: Order) =>
  view.dispatch(view.state.tr.setMeta(key, wanted).setMeta('addToHistory', false))

/** Draws these passages and no others, but for the one that is being written about. */
export const placeMarks = (view: EditorView, marks: readonly Mark[]) => order(view, { kind: 'place', marks })
export const composeMark = (view: EditorView, mark: Mark | null) => order(view, { kind: 'compose', mark })
export const activateMark = (view: EditorView, id: string | null) => {
  if (key.getState(view.state)?.active !== id) order(view, { kind: 'activate', id })
}

const markOf = ({ from, to, spec }: Decoration): Mark => ({ id: String(spec.id), from, to })

/** Where the passages are now, in the order of the text. */
export const marksIn = (state: EditorState): readonly Mark[] =>
  (key.getState(state)?.set.find() ?? [])
    .map(markOf)
    .toSorted((one, other) => one.from - other.from || one.to - other.to)

const draw = ({ id, from, to }: Mark, active: string | null): Decoration => {
  const strong = id === active || id === COMPOSED
  return Decoration.inline(
    from,
    to,
    { class: strong ? 'thread-mark thread-mark-active' : 'thread-mark' },
    // What is written at its edges does not belong to it.
    { id, inclusiveStart: false, inclusiveEnd: false },
  )
}

const found = (set: DecorationSet, id: string | null): readonly Decoration[] =>
  id === null ? [] : set.find(undefined, undefined, (spec) => spec.id === id)

function obey({ set, active }: Marks, wanted: Order, doc: Node): Marks {
  if (wanted.kind === 'place') {
    const kept = found(set, COMPOSED).map(markOf)
    const marks = [...wanted.marks, ...kept].filter(({ from, to }) => from < to && to <= doc.content.size)
    return {
      set: DecorationSet.create(
        doc,
        marks.map((mark) => draw(mark, active)),
      ),
      active,
    }
  }
  if (wanted.kind === 'compose') {
    const rest = set.remove([...found(set, COMPOSED)])
    return { set: wanted.mark ? rest.add(doc, [draw(wanted.mark, active)]) : rest, active }
  }
  const changing = [...found(set, active), ...found(set, wanted.id)]
  const drawn = changing.map((decoration) => draw(markOf(decoration), wanted.id))
  return { set: set.remove(changing).add(doc, drawn), active: wanted.id }
}

/** The binding replaces the whole text when others write: every passage would go with it. */
const mappingOf = (transaction: Transaction): Mapping =>
  transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true
    ? mappingBetween(transaction.before, transaction.doc)
    : transaction.mapping

/** A key costs what it changes: passages are moved along by ProseMirror’s tree of them, never one by one. */
function follow(marks: Marks, transaction: Transaction): { marks: Marks; lost: boolean } {
  if (!transaction.docChanged) return { marks, lost: false }
  let lost = false
  const set = marks.set.map(mappingOf(transaction), transaction.doc, {
    onRemove: () => {
      lost = true
    },
  })
  return { marks: { ...marks, set }, lost }
}

export function marksPlugin() {
  let lost = false
  return new Plugin<Marks>({
    key,
    state: {
      init: () => ({ set: DecorationSet.empty, active: null }),
      apply(transaction, before) {
        const followed = follow(before, transaction)
        lost ||= followed.lost
        const wanted: Order | undefined = transaction.getMeta(key)
        return wanted ? obey(followed.marks, wanted, transaction.doc) : followed.marks
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleClick(view, at) {
        const here = key.getState(view.state)?.set.find(at, at) ?? []
        // Of passages within one another, the narrowest was meant.
        const [narrowest] = here.toSorted((one, other) => one.to - one.from - (other.to - other.from))
        listeners.get(view)?.pressed(narrowest ? markOf(narrowest).id : null)
        return false
      },
    },
    view: () => ({
      update(view, before) {
        if (view.state.doc === before.doc) return
        const told = lost
        lost = false
        listeners.get(view)?.changed(told)
      },
    }),
  })
}

/** Draws the passages that have a thread. The document knows nothing of it. */
export const threadMarks = (): Extensions => [
  Extension.create({ name: 'threadMarks', addProseMirrorPlugins: () => [marksPlugin()] }),
]
