import type { Editor } from '@tiptap/core'
import type { Room } from '#app/_collab/room.ts'
import { titleOf } from '#lib/documents/draft/roots.ts'

const asBlob = (text: string, type: string) => new Blob([text], { type })
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** Puts title and text on the clipboard, with and without their formatting. Rejects where the browser refuses. */
export function copyDraft(room: Room, editor: Editor): Promise<void> {
  const title = titleOf(room.doc)
  const html = `<h1>${escaped(title)}</h1>${editor.getHTML()}`
  const text = `${title}\n\n${editor.getText({ blockSeparator: '\n\n' })}\n`
  return navigator.clipboard.write([
    new ClipboardItem({ 'text/html': asBlob(html, 'text/html'), 'text/plain': asBlob(text, 'text/plain') }),
  ])
}
