'use client'

/** Opens the history of the draft. */
export function HistoryButton() {
  return null
}
