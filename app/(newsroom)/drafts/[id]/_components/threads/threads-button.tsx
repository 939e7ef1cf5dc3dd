'use client'

/** How many threads are open on this draft; opens the list of them. */
export function ThreadsButton() {
  return null
}
