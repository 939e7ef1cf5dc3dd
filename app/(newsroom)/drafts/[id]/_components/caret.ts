import type { DecorationAttrs } from '@tiptap/pm/view'
import { inkOn } from '#app/_ui/avatar-letters.ts'

type CaretUser = { readonly id?: unknown; readonly name?: unknown; readonly color?: unknown }

const colorOf = (user: CaretUser) =>
  typeof user.color === 'string' && /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : '#686459'

/** Somebody else’s caret. Its label fades by itself (editor.css) and comes back under the pointer. */
export function drawCaret(user: CaretUser): HTMLElement {
  const color = colorOf(user)
  const caret = document.createElement('span')
  caret.className = 'draft-caret'
  caret.style.setProperty('--who', color)
  caret.style.setProperty('--who-ink', inkOn(color))
  // The avatar of this person leads here.
  if (typeof user.id === 'string') caret.dataset.volunteer = user.id
  // The list of people says who is here; a name in the middle of a sentence would only break it when read aloud.
  caret.setAttribute('aria-hidden', 'true')
  const label = document.createElement('span')
  label.className = 'draft-caret-name font-sans'
  label.textContent = typeof user.name === 'string' ? user.name : ''
  // The word joiner keeps the line from breaking at the caret.
  caret.append('\u2060', label, '\u2060')
  return caret
}

export const drawSelection = (user: CaretUser): DecorationAttrs => ({
  class: 'draft-selection',
  style: `--who: ${colorOf(user)}`,
})
