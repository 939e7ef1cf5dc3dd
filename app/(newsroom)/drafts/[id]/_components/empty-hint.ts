import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** Says what to do in a draft that has no text yet. Looks at the first block only: it runs with every key. */
export const emptyHint = (hint: string) =>
  Extension.create({
    name: 'emptyHint',
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        new Plugin({
          key: new PluginKey('emptyHint'),
          props: {
            decorations({ doc }) {
              const block = doc.firstChild
              const empty = doc.childCount === 1 && block?.type.name === 'paragraph' && block.childCount === 0
              if (!empty || !editor.isEditable) return null
              return DecorationSet.create(doc, [
                Decoration.node(0, block.nodeSize, { class: 'draft-hint', 'data-hint': hint }),
              ])
            },
          },
        }),
      ]
    },
  })
