'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { suggestionsAt } from '#lib/documents/draft/suggestions/list.ts'

/** The suggestion that the caret stands in, or that was pressed. */
export function useActive(editor: Editor) {
  const [active, setActive] = useState<string | null>(null)
  useEffect(() => {
    const atCaret = () => {
      const { selection, doc } = editor.state
      const ids = selection.empty ? suggestionsAt(doc, selection.head) : []
      setActive((now) => (now !== null && ids.includes(now) ? now : (ids[0] ?? null)))
    }
    const onClick = ({ target }: MouseEvent) => {
      const mark = target instanceof Element ? target.closest('[data-suggestion]') : null
      const id = mark?.getAttribute('data-suggestion')
      if (id) setActive(id)
    }
    editor.on('selectionUpdate', atCaret)
    const { dom } = editor.view
    dom.addEventListener('click', onClick)
    return () => {
      editor.off('selectionUpdate', atCaret)
      dom.removeEventListener('click', onClick)
    }
  }, [editor])
  return [active, setActive] as const
}
