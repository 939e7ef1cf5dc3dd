'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { FormatButton } from './format-button.tsx'
import { FORMAT_IDS } from './formats.ts'
import { CommentButton } from './threads/comment-button.tsx'
import { UndoButtons } from './undo-buttons.tsx'
import { useFormats } from './use-formats.ts'

/** Height of the keyboard where it covers the page instead of shrinking it (iOS); pixels. */
function useKeyboardHeight(): number {
  const [height, setHeight] = useState(0)
  useEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const update = () =>
      setHeight(Math.max(0, Math.round(innerHeight - viewport.height - viewport.offsetTop)))
    update()
    viewport.addEventListener('resize', update)
    viewport.addEventListener('scroll', update)
    return () => {
      viewport.removeEventListener('resize', update)
      viewport.removeEventListener('scroll', update)
    }
  }, [])
  return height
}

/** The toolbar of a phone: on top of the keyboard, under the thumb. */
export function PhoneBar({ editor, onLink }: { editor: Editor; onLink: () => void }) {
  const t = useTranslations('editor')
  const on = useFormats(editor)
  const keyboard = useKeyboardHeight()
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      style={{ bottom: keyboard }}
      className="fixed inset-x-0 z-20 flex overflow-x-auto overscroll-x-contain border-rule border-t bg-paper px-1 pb-[env(safe-area-inset-bottom)] [scrollbar-width:none] md:pointer-fine:hidden"
    >
      <UndoButtons editor={editor} />
      <CommentButton />
      {FORMAT_IDS.map((id) => (
        <FormatButton key={id} editor={editor} id={id} on={on.has(id)} onLink={onLink} />
      ))}
    </div>
  )
}
