import type { Extensions } from '@tiptap/core'

/** Draws the passages that have a thread. */
export const threadMarks = (): Extensions => []
