import { type Editor, Extension } from '@tiptap/core'
import Collaboration from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import {
  getRelativeSelection,
  initProseMirrorDoc,
  type ProsemirrorBinding,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { AbstractType, XmlFragment } from 'yjs'

type Drawn = Node | Node[]

/**
 * What the editor has made of each part of the shared text. The stock binding takes out what a change has
 * touched, then clears the rest as well: every letter by somebody else would build, compare and decorate all
 * blocks of the draft anew. A block that nobody touched stays the same node here.
 */
export class KeptNodes extends Map<AbstractType<unknown>, Drawn> {
  override clear(): void {}
}

type Binding = ProsemirrorBinding & {
  /** y-tiptap keeps it out of its types. */
  _domSelectionInView: boolean | null
}

const bindingOf = (editor: Editor): Binding => ySyncPluginKey.getState(editor.state).binding

/**
 * One update by somebody else can arrive in several steps: Yjs tidies up the marks of what was deleted. The binding
 * remembers where the caret was before the first of them, and looks that up in the text that the first has left: it
 * may not reach that far any more, the binding throws, and the editor shows an older text than the shared one, which
 * the next key would then write over it. So the caret is read anew after each step.
 */
export function keepSelectionFresh(binding: ProsemirrorBinding, fragment: XmlFragment): () => void {
  const read = () => {
    if (binding.beforeTransactionSelection !== null)
      binding.beforeTransactionSelection = getRelativeSelection(binding, binding.prosemirrorView.state)
  }
  fragment.observeDeep(read)
  return () => fragment.unobserveDeep(read)
}

/** Binds the editor to a shared text, at the cost of what changes in it instead of all of it. */
export function boundTo(fragment: XmlFragment) {
  const mapping = new KeptNodes()
  const fromTheStart = Extension.create({
    name: 'keptNodes',
    // The text is there when the editor opens: it is built once, not first empty and then again.
    onBeforeCreate() {
      if (fragment.length === 0) return
      const drawn = initProseMirrorDoc(fragment, this.editor.schema)
      for (const [type, node] of drawn.mapping) mapping.set(type, node)
      // Tiptap takes a node as it is; only its types know of nothing but JSON and HTML.
      Object.assign(this.editor.options, { content: drawn.doc })
    },
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        new Plugin({
          key: new PluginKey('keptNodes'),
          view: () => {
            // The binding would lay out the page before every change by others, to learn whether to follow the
            // caret. It is not to: the browser itself keeps the page where the reader is (own-hand-first.ts).
            const binding = bindingOf(editor)
            binding._domSelectionInView = false
            return { destroy: keepSelectionFresh(binding, fragment) }
          },
        }),
      ]
    },
  })
  return [fromTheStart, Collaboration.configure({ fragment, ySyncOptions: { mapping } })]
}
