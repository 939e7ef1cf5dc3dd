'use client'

import { cell } from '#app/_collab/cell.ts'

const STORAGE_KEY = 'pupitre-unplanned'

/** Whether the panel is open; on a large screen it is as it was left, on a phone it would hide the plan. */
function remembered(): boolean {
  try {
    return matchMedia('(min-width: 64rem)').matches && localStorage.getItem(STORAGE_KEY) === 'open'
  } catch {
    return false
  }
}

export const unplannedOpen = cell(typeof window !== 'undefined' && remembered())

export function showUnplanned(open: boolean): void {
  unplannedOpen.set(open)
  try {
    localStorage.setItem(STORAGE_KEY, open ? 'open' : 'closed')
  } catch {
    // A browser that refuses storage forgets.
  }
}
