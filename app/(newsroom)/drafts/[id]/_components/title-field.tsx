'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { MAX_TITLE, metaOf } from '#lib/documents/draft/roots.ts'

type Props = { room: Room; editable: boolean; onLeave: () => void }

const titleIn = (room: Room): string => {
  const title = metaOf(room.doc).get('title')
  return typeof title === 'string' ? title : ''
}

/** Puts in another’s change without moving the caret of whoever is typing here. */
function show(field: HTMLTextAreaElement, title: string) {
  if (field.value === title) return
  const { selectionStart, selectionEnd, value } = field
  const grown = title.length - value.length
  const before = value.slice(0, selectionStart)
  field.value = title
  const shift = title.startsWith(before) ? 0 : grown
  field.setSelectionRange(selectionStart + shift, selectionEnd + shift)
}

/** The title, which is a fact of the shared document; the field keeps no value of its own. */
export function TitleField({ room, editable, onLeave }: Props) {
  const t = useTranslations('editor')
  const field = useRef<HTMLTextAreaElement>(null)
  // A field is no heading: those who move by headings find the title here.
  const [heading, setHeading] = useState(titleIn(room))

  useEffect(() => {
    const meta = metaOf(room.doc)
    const update = () => {
      if (!field.current) return
      const title = titleIn(room)
      setHeading(title)
      show(field.current, title)
      fit(field.current)
    }
    update()
    meta.observe(update)
    addEventListener('resize', update)
    return () => {
      meta.unobserve(update)
      removeEventListener('resize', update)
    }
  }, [room])

  // A draft that was just begun is named first.
  useEffect(() => {
    if (editable && titleIn(room) === '') field.current?.focus()
  }, [room, editable])

  function write(text: string) {
    const title = text.replace(/\s*\n\s*/g, ' ').slice(0, MAX_TITLE)
    if (title !== titleIn(room)) room.doc.transact(() => metaOf(room.doc).set('title', title))
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return
    const atEnd = event.currentTarget.selectionStart === event.currentTarget.value.length
    if (event.key === 'Enter' || (event.key === 'ArrowDown' && atEnd)) {
      event.preventDefault()
      onLeave()
    }
  }

  return (
    <>
      <h1 className="sr-only">{heading || t('untitled')}</h1>
      <textarea
        ref={field}
        rows={1}
        aria-label={t('title')}
        placeholder={t('untitled')}
        maxLength={MAX_TITLE}
        readOnly={!editable}
        defaultValue={titleIn(room)}
        spellCheck
        enterKeyHint="next"
        onInput={(event) => {
          write(event.currentTarget.value)
          fit(event.currentTarget)
        }}
        onKeyDown={onKeyDown}
        className="draft-title font-serif block w-full resize-none overflow-hidden bg-transparent outline-none"
      />
    </>
  )
}

/** `field-sizing: content` where it exists (editor.css); elsewhere the height is set by hand. */
function fit(field: HTMLTextAreaElement) {
  if (CSS.supports('field-sizing', 'content')) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
