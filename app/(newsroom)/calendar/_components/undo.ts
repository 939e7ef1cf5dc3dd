import * as Y from 'yjs'
import { type Cell, cell } from '#app/_collab/cell.ts'
import { slotsOf } from '#lib/documents/calendar/shape.ts'

/** Changes that follow one another within this time are one step, where they are not told one by one. Milliseconds. */
const TYPING_STEP_MS = 800

/** One step of one’s own: what a toast’s «Annuler» takes back. */
export type Step = { readonly item: UndoItem }
type UndoItem = Y.UndoManager['undoStack'][number]

export type Undoing = {
  readonly canUndo: Cell<boolean>
  readonly canRedo: Cell<boolean>
  /**
   * @param whole the change is a step of its own; else it joins the one before it, as typing does
   * @returns the step, or null where nothing changed
   */
  change(whole: boolean, run: (doc: Y.Doc) => void): Step | null
  /**
   * Takes back a step, by default the last one, and never an earlier one in its place.
   * @returns false where there was none, or where others have changed the same since
   */
  undo(step?: Step): boolean
  redo(): boolean
  /** Whether the step is still there to be taken back. */
  holds(step: Step): boolean
  close(): void
}

/** Undo of one’s own edits only: what others did is not ours to take back. */
export function openUndo(doc: Y.Doc): Undoing {
  const origin = { own: true }
  const manager = new Y.UndoManager(slotsOf(doc), {
    trackedOrigins: new Set([origin]),
    captureTimeout: TYPING_STEP_MS,
  })
  const canUndo = cell(false)
  const canRedo = cell(false)
  const look = () => {
    canUndo.set(manager.undoStack.length > 0)
    canRedo.set(manager.redoStack.length > 0)
  }
  for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const)
    manager.on(name, look)

  /** Yjs goes on to earlier steps when one has nothing left to take back: it is shown that one only. */
  const only = (stack: 'undoStack' | 'redoStack', item: UndoItem | undefined): boolean => {
    if (!item) return false
    const others = manager[stack].filter((one) => one !== item)
    manager[stack] = [item]
    const done = stack === 'undoStack' ? manager.undo() : manager.redo()
    manager[stack] = others
    look()
    return done !== null
  }

  return {
    canUndo,
    canRedo,
    change(whole, run) {
      if (whole) manager.stopCapturing()
      const before = manager.undoStack.length
      doc.transact(() => run(doc), origin)
      const item = manager.undoStack.at(-1)
      if (whole) manager.stopCapturing()
      return item && manager.undoStack.length > before ? { item } : null
    },
    undo: (step) => only('undoStack', step?.item ?? manager.undoStack.at(-1)),
    redo: () => only('redoStack', manager.redoStack.at(-1)),
    holds: ({ item }) => manager.undoStack.includes(item),
    close: () => manager.destroy(),
  }
}
