'use client'

import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { canonicalTextOf } from '#lib/documents/draft/suggestions/canonical.ts'
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

/** A block that has not changed is the same object as before, and counts as before: only what is new is read. */
const counted = new WeakMap<Node, TextCount>()

function countBlock(block: Node): TextCount {
  const known = counted.get(block)
  if (known) return known
  const fresh = countText(canonicalTextOf(block))
  counted.set(block, fresh)
  return fresh
}

function countAll(doc: Node): TextCount {
  let [words, characters] = [0, 0]
  doc.forEach((block) => {
    const count = countBlock(block)
    words += count.words
    characters += count.characters
  })
  return { words, characters }
}

function count(editor: Editor): TextCount & { selected: boolean } {
  const { doc, selection } = editor.state
  const { empty, from, to } = selection
  if (empty) return { ...countAll(doc), selected: false }
  return { ...countText(doc.textBetween(from, to, '\n', '\n')), selected: true }
}

/** Words and characters of the draft, or of the selection. Counted when the page has nothing better to do. */
export function TextCountLine({ editor }: { editor: Editor }) {
  const t = useTranslations('editor')
  const [shown, setShown] = useState(() => count(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let cancelIdle = () => {}
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null
        cancelIdle = whenIdle(() => {
          if (!editor.isDestroyed) setShown(count(editor))
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
      {t(shown.selected ? 'selected' : 'count', { words: shown.words, characters: shown.characters })}
    </p>
  )
}
