'use client'

/** Where the draft stands in its review, and what can be done next. */
export function ReviewPanel() {
  return null
}
