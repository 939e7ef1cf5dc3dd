'use client'

/** The suggestions of a draft, to be accepted or rejected. */
export function SuggestPart() {
  return null
}
