'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { type Suggestion, suggestionsOf } from '#lib/documents/draft/suggestions/list.ts'

/** How long after a change the text is read for suggestions, at most once in that time; milliseconds. */
const EVERY_MS = 250
const NONE: readonly Suggestion[] = []

/** The suggestions in the text, a moment after every change of it. */
export function useSuggestions(editor: Editor | null): readonly Suggestion[] {
  const [shown, setShown] = useState(NONE)
  useEffect(() => {
    if (!editor) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const read = () => {
      timer = null
      if (editor.isDestroyed) return
      const next = suggestionsOf(editor.state.doc)
      setShown((now) => (now.length === 0 && next.length === 0 ? now : next))
    }
    const soon = () => {
      timer ??= setTimeout(read, EVERY_MS)
    }
    read()
    editor.on('update', soon)
    return () => {
      if (timer) clearTimeout(timer)
      editor.off('update', soon)
    }
  }, [editor])
  return shown
}
