import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { yCursorPluginKey, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Room } from '#app/_collab/room.ts'

/** ProseMirror keeps it out of its types; it has had this one method since its first version. */
type Observing = EditorView & { readonly domObserver: { flush(): void } }

const readOwnHand = (view: EditorView) => (view as Observing).domObserver.flush()

/**
 * The browser moves the caret at once and says so a moment later. If a change by somebody else came in between,
 * ProseMirror would put the caret back where it last knew it: arrow keys would get lost in a busy draft.
 */
export const ownHandFirst = (room: Room) => {
  const carets = caretsToDraw(room.awareness)
  return Extension.create({
    name: 'ownHandFirst',

    /** Carets of others are drawn by an empty transaction, made a moment before: it is made again. */
    dispatchTransaction({ transaction, next }) {
      if (!drawsCaretsOnly(transaction)) {
        const { isChangeOrigin = false, isUndoRedoOperation = false } =
          transaction.getMeta(ySyncPluginKey) ?? {}
        // Whoever takes back what they cannot see wants to see it; what others write moves nobody’s page.
        next(isUndoRedoOperation ? transaction.scrollIntoView() : transaction)
        // Text by others brings all their carets with it.
        if (isChangeOrigin) carets.drawn()
      } else if (carets.wanted()) {
        readOwnHand(this.editor.view)
        next(this.editor.state.tr.setMeta(yCursorPluginKey, transaction.getMeta(yCursorPluginKey)))
        carets.drawn()
      }
    },

    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey('ownHandFirst'),
        props: {
          handleDOMEvents: {
            keydown: (view) => {
              room.noteOwnKey()
              // The key may write where the caret has just arrived: its block is to be known (out-of-sight.ts).
              if (!view.composing) readOwnHand(view)
              return false
            },
          },
        },
        view: (view) => {
          const stop = room.onBeforeOthers(() => readOwnHand(view))
          return {
            destroy: () => {
              stop()
              carets.close()
            },
          }
        },
      }),
    ],
  })
}

const drawsCaretsOnly = (transaction: Transaction): boolean =>
  transaction.getMeta(yCursorPluginKey) !== undefined && !transaction.docChanged

type Changes = { readonly added: number[]; readonly updated: number[]; readonly removed: number[] }

/**
 * Whether somebody else’s caret moved since all were drawn. The stock plugin draws them all again a moment after
 * any news of anybody: also of the person here, who has none, and of those whose text was drawn with their caret.
 */
function caretsToDraw(awareness: Room['awareness']) {
  let wanted = true
  const hear = ({ added, updated, removed }: Changes) => {
    wanted ||= [...added, ...updated, ...removed].some((client) => client !== awareness.clientID)
  }
  awareness.on('change', hear)
  return {
    wanted: () => wanted,
    drawn() {
      wanted = false
    },
    close: () => awareness.off('change', hear),
  }
}
