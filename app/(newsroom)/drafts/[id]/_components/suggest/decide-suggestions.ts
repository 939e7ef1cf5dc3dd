import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { decideStep, type Verdict } from '#lib/documents/draft/suggestions/decide.ts'
import type { Suggestion } from '#lib/documents/draft/suggestions/list.ts'
import { DECIDES } from './suggesting.ts'

/**
 * Accepts or rejects suggestions in the text as it is now; one undo takes all of it back.
 * @param ids null: all that there are
 */
export function decideSuggestions(editor: Editor, ids: readonly string[] | null, verdict: Verdict): void {
  const { undoManager } = yUndoPluginKey.getState(editor.state)
  const chosen = ids && new Set(ids)
  undoManager.stopCapturing()
  for (;;) {
    const { tr } = editor.state
    if (!decideStep(tr, chosen, verdict)) break
    editor.view.dispatch(tr.setMeta(DECIDES, verdict))
  }
  undoManager.stopCapturing()
}

/** Puts the caret at a suggestion and brings it into sight. */
export function showSuggestion(editor: Editor, { from }: Pick<Suggestion, 'from'>): void {
  const { tr, doc } = editor.state
  const at = TextSelection.near(doc.resolve(Math.min(from + 1, doc.content.size)), -1)
  editor.view.dispatch(tr.setSelection(at).scrollIntoView())
  editor.view.focus()
}
