import type { EditorView } from '@tiptap/pm/view'
import { isSafeHref } from '#lib/domain/links.ts'

/** Text copied from a draft keeps its shape as it is: the editor wrote it. */
export const isOurs = (html: string): boolean => /<[^>]+\sdata-pm-slice=/.test(html)

/** ProseMirror’s own note of whether the paste was asked for without formatting (Shift). */
type Holding = EditorView & { readonly input: { readonly shiftKey: boolean } }

async function pasteCleaned(view: EditorView, html: string, plain: string): Promise<void> {
  try {
    const { cleanPasted } = await import('./clean-paste.ts')
    const cleaned = cleanPasted(new DOMParser().parseFromString(html, 'text/html'), isSafeHref)
    if (!view.isDestroyed) view.pasteHTML(cleaned)
  } catch {
    // The cleaner is out of reach (no connection, never fetched): words without their formatting are better than none.
    if (!view.isDestroyed) view.pasteText(plain)
  }
}

/** Cleans what Word, Google Docs and web pages put on the clipboard; leaves the rest to the editor. */
export function handlePaste(view: EditorView, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData('text/html') ?? ''
  const plain = event.clipboardData?.getData('text/plain') ?? ''
  const asked = (view as Holding).input.shiftKey
  // An address over selected words becomes their link (link-typing.ts).
  const address = !view.state.selection.empty && /^(https:\/\/|mailto:)\S+$/.test(plain.trim())
  if (html === '' || isOurs(html) || asked || address) return false
  void pasteCleaned(view, html, plain)
  return true
}
