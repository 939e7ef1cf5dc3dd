import type { Editor } from '@tiptap/core'
import { DOMSerializer } from '@tiptap/pm/model'
import type { Room } from '#app/_collab/room.ts'
import { titleOf } from '#lib/documents/draft/roots.ts'
import { canonicalDoc } from '#lib/documents/draft/suggestions/canonical.ts'

const asBlob = (text: string, type: string) => new Blob([text], { type })
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** Puts title and text on the clipboard, with and without their formatting. Rejects where the browser refuses. */
export function copyDraft(room: Room, editor: Editor): Promise<void> {
  const title = titleOf(room.doc)
  // What is only suggested stays in the newsroom.
  const body = canonicalDoc(editor.state.doc)
  const page = document.createElement('div')
  page.append(DOMSerializer.fromSchema(editor.schema).serializeFragment(body.content))
  const html = `<h1>${escaped(title)}</h1>${page.innerHTML}`
  const text = `${title}\n\n${body.textBetween(0, body.content.size, '\n\n', '\n')}\n`
  return navigator.clipboard.write([
    new ClipboardItem({ 'text/html': asBlob(html, 'text/html'), 'text/plain': asBlob(text, 'text/plain') }),
  ])
}
