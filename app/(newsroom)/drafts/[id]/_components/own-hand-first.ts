import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
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
export const ownHandFirst = (room: Room) =>
  Extension.create({
    name: 'ownHandFirst',

    /** Carets of others are drawn by an empty transaction, made a moment before: it is made again. */
    dispatchTransaction({ transaction, next }) {
      const carets: unknown = transaction.getMeta(yCursorPluginKey)
      if (!carets || transaction.docChanged) return next(transaction)
      readOwnHand(this.editor.view)
      next(this.editor.state.tr.setMeta(yCursorPluginKey, carets))
    },

    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey('ownHandFirst'),
        props: {
          // The page stays where the reader is: the browser itself keeps it there when lines come in above.
          handleScrollToSelection: ({ state }) => {
            const { isChangeOrigin, isUndoRedoOperation } = ySyncPluginKey.getState(state)
            return isChangeOrigin && !isUndoRedoOperation
          },
          handleDOMEvents: {
            keydown: () => {
              room.noteOwnKey()
              return false
            },
          },
        },
        view: (view) => ({ destroy: room.onBeforeOthers(() => readOwnHand(view)) }),
      }),
    ],
  })
