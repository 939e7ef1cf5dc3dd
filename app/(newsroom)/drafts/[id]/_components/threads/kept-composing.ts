import { keepText, readKept } from '#app/(newsroom)/_threads/kept-draft.ts'
import type { Composing } from './passages.ts'

/** Where an unsent thread was being written, beside its text: both survive a reload. */
export const keepComposing = (draftId: string, composing: Composing | null): void =>
  keepText(`place/${draftId}`, composing ? JSON.stringify(composing) : '')

export function readComposing(draftId: string): Composing | null {
  try {
    const kept: unknown = JSON.parse(readKept(`place/${draftId}`) || 'null')
    return isComposing(kept) ? kept : null
  } catch {
    return null
  }
}

/** As this page wrote it; an earlier version of the page may have written something else. */
function isComposing(kept: unknown): kept is Composing {
  if (typeof kept !== 'object' || kept === null || !('anchor' in kept)) return false
  const { anchor } = kept
  return anchor === null || (typeof anchor === 'object' && 'quote' in anchor && 'pieces' in anchor)
}
