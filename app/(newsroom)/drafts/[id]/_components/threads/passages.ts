import type { Editor } from '@tiptap/core'
import type * as Y from 'yjs'
import { type Cell, cell } from '#app/_collab/cell.ts'
import type { ShownThread } from '#app/(newsroom)/_threads/thread-list.ts'
import { anchorOf, locateAll } from '#lib/documents/draft/anchor.ts'
import { parseThreadId, type ThreadId } from '#lib/domain/ids.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'
import {
  activateMark,
  COMPOSED,
  composeMark,
  listenToMarks,
  type Mark,
  marksIn,
  placeMarks,
} from './thread-marks.ts'

/** `gone`: its words are no longer in the text. Threads on the whole draft have no place. */
type Places = ReadonlyMap<ThreadId, 'here' | 'gone'>
/** A thread that is being written. `anchor` null: on the whole draft. */
export type Composing = { readonly anchor: ThreadAnchor | null }
/** `focus`: it was asked for with the keyboard, or by a link. */
type Active = { readonly id: ThreadId; readonly focus: boolean }

/** Finds passages of a draft, and keeps them found. */
export type Passages = {
  readonly places: Cell<Places>
  readonly active: Cell<Active | null>
  readonly composing: Cell<Composing | null>
  /** Raised whenever passages were drawn anew. */
  readonly drawn: Cell<number>
  /** Passages in the order of the text, as they are now. */
  marks(): readonly Mark[]
  activate(id: ThreadId | null, how?: { readonly focus?: boolean; readonly show?: boolean }): void
  /** @returns false where nothing is selected that could be commented on */
  compose(what: 'passage' | 'draft'): boolean
  resume(composing: Composing): void
  stopComposing(): void
  /** Puts a passage into the middle of the window. */
  show(id: ThreadId): void
  /** The open thread behind or before the active one, else the caret; null where there is none. */
  neighbour(by: 1 | -1): ThreadId | null
  close(): void
}

/** After so long without a change every passage is looked for again; milliseconds. */
const QUIET_MS = 700
/** How often the window is moved to a passage, in frames that follow one another. */
const AIMS = 3
/** Where a passage went with its words, its thread is not left with nothing for longer than this. */
const LOST_MS = 120

export function openPassages(editor: Editor, doc: Y.Doc, threads: Cell<readonly ShownThread[]>): Passages {
  const { view } = editor
  const places = cell<Places>(new Map(), samePlaces)
  const active = cell<Active | null>(null)
  const composing = cell<Composing | null>(null)
  const drawn = cell(0)
  let timer: ReturnType<typeof setTimeout> | null = null
  let dueAt = Number.POSITIVE_INFINITY

  function locate(): void {
    if (timer) clearTimeout(timer)
    timer = null
    dueAt = Number.POSITIVE_INFINITY
    if (editor.isDestroyed) return
    const shown = threads.get().filter(({ id, resolved }) => !resolved || active.get()?.id === id)
    const anchored = shown.flatMap(({ id, anchor }) => (anchor ? [{ id, anchor }] : []))
    const found = locateAll(
      doc,
      anchored.map(({ anchor }) => anchor),
    )
    const next = new Map<ThreadId, 'here' | 'gone'>()
    const marks: Mark[] = []
    for (const [index, { id }] of anchored.entries()) {
      const located = found[index]
      if (!located || located.state === 'orphaned') next.set(id, 'gone')
      else {
        next.set(id, 'here')
        marks.push({ id, from: located.from, to: located.to })
      }
    }
    if (!sameMarks(marksIn(view.state), marks)) placeMarks(view, marks)
    places.set(next)
    drawn.set(drawn.get() + 1)
  }

  /** A nearer hour wins; keys that follow one another put the quiet one off. */
  function locateSoon(wait: number, putOff: boolean): void {
    const at = performance.now() + wait
    if (timer && !putOff && at >= dueAt) return
    if (timer && putOff && dueAt - performance.now() <= LOST_MS) return
    if (timer) clearTimeout(timer)
    dueAt = at
    timer = setTimeout(locate, wait)
  }

  const activate: Passages['activate'] = (id, { focus = false, show = false } = {}) => {
    active.set(id && { id, focus })
    activateMark(view, id)
    if (id && threads.get().find((thread) => thread.id === id)?.resolved) locate()
    if (id && show) showMark(id)
  }

  /** Blocks that come into sight get their true height, and what is below them moves: it is aimed at again. */
  function showMark(id: string, again = AIMS): void {
    const mark = marksIn(view.state).find((one) => one.id === id)
    if (!mark || editor.isDestroyed) return
    const { node } = view.domAtPos(mark.from, 1)
    const element = node instanceof Element ? node : node.parentElement
    element?.scrollIntoView({ block: 'center' })
    if (again > 1) requestAnimationFrame(() => showMark(id, again - 1))
  }

  function start(next: Composing, mark: Mark | null): void {
    composing.set(next)
    composeMark(view, mark)
    active.set(null)
    activateMark(view, null)
    drawn.set(drawn.get() + 1)
  }

  const stopListening = listenToMarks(view, {
    pressed: (id) => {
      if (id !== COMPOSED) activate(id === null ? null : parseThreadId(id))
    },
    changed(lost) {
      if (threads.get().length > 0) locateSoon(lost ? LOST_MS : QUIET_MS, !lost)
    },
  })
  const open = () => new Set(threads.get().flatMap(({ id, resolved }) => (resolved ? [] : [id])))
  let opened = open()
  const stopThreads = threads.subscribe(() => {
    const now = open()
    const id = active.get()?.id
    // Resolved, or gone, while somebody looked at it: then it is no longer in the way.
    if (id && opened.has(id) && !now.has(id)) activate(null)
    opened = now
    locateSoon(0, false)
  })
  locate()

  return {
    places,
    active,
    composing,
    drawn,
    marks: () => marksIn(view.state),
    activate,
    show: (id) => showMark(id),
    compose(what) {
      if (what === 'draft') {
        start({ anchor: null }, null)
        return true
      }
      const { from, to } = view.state.selection
      const anchor = anchorOf(doc, from, to)
      if (!anchor) return false
      start({ anchor }, { id: COMPOSED, from, to })
      return true
    },
    resume(again) {
      const [located] = again.anchor ? locateAll(doc, [again.anchor]) : []
      const here = located && located.state !== 'orphaned' ? located : null
      start(again, here && { id: COMPOSED, from: here.from, to: here.to })
    },
    stopComposing() {
      composing.set(null)
      composeMark(view, null)
      drawn.set(drawn.get() + 1)
    },
    neighbour(by) {
      const marks = marksIn(view.state).filter(({ id }) => id !== COMPOSED)
      const at = marks.findIndex(({ id }) => id === active.get()?.id)
      const caret = view.state.selection.from
      const next =
        at >= 0
          ? marks[(at + by + marks.length) % marks.length]
          : by > 0
            ? (marks.find(({ from }) => from >= caret) ?? marks[0])
            : (marks.findLast(({ from }) => from < caret) ?? marks.at(-1))
      return next ? parseThreadId(next.id) : null
    },
    close() {
      if (timer) clearTimeout(timer)
      stopListening()
      stopThreads()
    },
  }
}

const samePlaces = (one: Places, other: Places): boolean =>
  one.size === other.size && [...one].every(([id, place]) => other.get(id) === place)

function sameMarks(drawn: readonly Mark[], wanted: readonly Mark[]): boolean {
  const known = new Map(drawn.map((mark) => [mark.id, mark]))
  const own = drawn.filter(({ id }) => id !== COMPOSED).length
  return (
    own === wanted.length &&
    wanted.every(({ id, from, to }) => {
      const mark = known.get(id)
      return mark?.from === from && mark.to === to
    })
  )
}
