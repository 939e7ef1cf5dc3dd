'use client'

/** The threads of a draft: cards beside their passages on a wide screen, a sheet on a small one. */
export function ThreadsPart() {
  return null
}
