'use client'

/** The revisions of a draft, compared with one another and with the text of now. */
export function HistoryPanel() {
  return null
}
