import { onForget } from '#app/_collab/local-store.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

/** What was begun in a composer and not sent, so that a reload loses nothing. Kept as long as the tab. */
const PREFIX = 'pupitre-comment:'

let watching = false

/** Signed out: nothing of this person stays in the tab. */
async function forgetAll(): Promise<void> {
  const keys = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index))
  for (const key of keys) if (key?.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

export function readKept(key: string): string {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? ''
  } catch {
    return ''
  }
}

/** What a composer begun by this person is kept as. */
export const composerKey = (me: VolunteerId, keep: string): string => `${me}/${keep}`

export const hasBegun = (me: VolunteerId, keep: string): boolean => readKept(composerKey(me, keep)) !== ''

export function keepText(key: string, text: string): void {
  if (!watching) onForget(forgetAll)
  watching = true
  try {
    if (text === '') sessionStorage.removeItem(PREFIX + key)
    else sessionStorage.setItem(PREFIX + key, text)
  } catch {
    // A browser that refuses storage forgets it at a reload.
  }
}
