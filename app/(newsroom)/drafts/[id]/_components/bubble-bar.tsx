'use client'

import type { Editor } from '@tiptap/core'
import { Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { FormatButton } from './format-button.tsx'
import type { FormatId } from './formats.ts'
import { CommentButton } from './threads/comment-button.tsx'
import { useBubble } from './use-bubble.ts'
import { useFormats } from './use-formats.ts'

const ROWS: readonly (readonly FormatId[])[] = [
  ['bold', 'italic', 'link'],
  ['heading1', 'heading2', 'heading3'],
  ['bulletList', 'orderedList', 'blockquote'],
]
const NEXT_ROW = 'ml-0.5 flex border-rule border-l pl-0.5'
/** Height of the page’s header: the bubble does not hide under it. Pixels. */
const HEADER = 60
const GAP = 8

type Props = { editor: Editor; onLink: () => void }

/** What can be done with the selection, above it; or where a link leads, when the caret is in one. */
export function BubbleBar({ editor, onLink }: Props) {
  const t = useTranslations('editor')
  const element = useRef<HTMLDivElement>(null)
  const bubble = useBubble(editor, element)
  const [size, setSize] = useState({ width: 0, height: 0 })

  useLayoutEffect(() => {
    if (bubble?.kind && element.current) {
      setSize({ width: element.current.offsetWidth, height: element.current.offsetHeight })
    }
  }, [bubble?.kind])

  // The usual way from a text to its toolbar without a pointer.
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.altKey && event.key === 'F10') element.current?.querySelector('button')?.focus()
    }
    const { dom } = editor.view
    dom.addEventListener('keydown', onKeyDown)
    return () => dom.removeEventListener('keydown', onKeyDown)
  }, [editor])

  if (!bubble) return null
  const above = bubble.top - size.height - GAP
  const half = size.width / 2 + GAP
  const style = {
    top: above > HEADER ? above : bubble.bottom + GAP,
    left: Math.min(Math.max(bubble.middle, half), innerWidth - half),
    visibility: size.width === 0 ? ('hidden' as const) : ('visible' as const),
  }
  return (
    <div
      ref={element}
      role="toolbar"
      aria-label={t('toolbar')}
      style={style}
      onKeyDown={(event) => moveFocus(event, editor)}
      className="fixed z-30 hidden -translate-x-1/2 items-center rounded-md border border-rule bg-sheet p-0.5 shadow-lift pointer-fine:flex"
    >
      {bubble.kind === 'link' ? (
        <LinkLine editor={editor} onLink={onLink} />
      ) : (
        <Formats editor={editor} onLink={onLink} />
      )}
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>, editor: Editor) {
  if (event.key === 'Escape') return editor.commands.focus()
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button, a')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + (event.key === 'ArrowRight' ? 1 : -1) + stops.length) % stops.length]?.focus()
}

function Formats({ editor, onLink }: Props) {
  const on = useFormats(editor)
  return (
    <>
      {ROWS.map((ids, row) => (
        <div key={ids[0]} className={row > 0 ? NEXT_ROW : 'flex'}>
          {ids.map((id) => (
            <FormatButton key={id} editor={editor} id={id} on={on.has(id)} onLink={onLink} />
          ))}
        </div>
      ))}
      <div className={NEXT_ROW}>
        <CommentButton />
      </div>
    </>
  )
}

function LinkLine({ editor, onLink }: Props) {
  const t = useTranslations('editor.link')
  const href = String(editor.getAttributes('link').href ?? '')
  return (
    <>
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="max-w-72 truncate px-2.5 text-accent text-sm underline underline-offset-2"
      >
        {href.replace(/^(https:\/\/|mailto:)/, '')}
      </a>
      <button
        type="button"
        aria-label={t('change')}
        title={t('change')}
        onClick={onLink}
        className={iconButtonLook()}
      >
        <Pencil aria-hidden="true" />
      </button>
    </>
  )
}
