'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { countText, type TextCount } from '#lib/domain/text.ts'

/** How long after a change the text is counted, at most once in that time; milliseconds. */
const EVERY_MS = 600

const whenIdle = (run: () => void): (() => void) => {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 50)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: 2_000 })
  return () => cancelIdleCallback(handle)
}

function count(editor: Editor): TextCount & { selected: boolean } {
  const { doc, selection } = editor.state
  const { empty, from, to } = selection
  const text = empty
    ? doc.textBetween(0, doc.content.size, '\n', '\n')
    : doc.textBetween(from, to, '\n', '\n')
  return { ...countText(text), selected: !empty }
}

/** Words and characters of the draft, or of the selection. Counted when the page has nothing better to do. */
export function TextCountLine({ editor }: { editor: Editor }) {
  const t = useTranslations('editor')
  const [counted, setCounted] = useState(() => count(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let cancelIdle = () => {}
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null
        cancelIdle = whenIdle(() => {
          if (!editor.isDestroyed) setCounted(count(editor))
        })
      }, EVERY_MS)
    }
    editor.on('update', soon)
    editor.on('selectionUpdate', soon)
    soon()
    return () => {
      if (timer) clearTimeout(timer)
      cancelIdle()
      editor.off('update', soon)
      editor.off('selectionUpdate', soon)
    }
  }, [editor])
  return (
    <p className="figures text-faint text-sm">
      {t(counted.selected ? 'selected' : 'count', { words: counted.words, characters: counted.characters })}
    </p>
  )
}
