import { keepText, readKept } from '#app/(newsroom)/_threads/kept-draft.ts'
import type { Composing } from './passages.ts'

/** Where an unsent thread was being written, beside its text: both survive a reload. */
export const keepComposing = (draftId: string, composing: Composing | null): void =>
  keepText(`place/${draftId}`, composing ? JSON.stringify(composing) : '')

export function readComposing(draftId: string): Composing | null {
  try {
    return JSON.parse(readKept(`place/${draftId}`) || 'null') as Composing | null
  } catch {
    return null
  }
}
