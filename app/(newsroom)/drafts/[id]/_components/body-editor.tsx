'use client'

import type { Editor, EditorOptions } from '@tiptap/core'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { isSafeHref } from '#lib/domain/links.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { editorExtensions } from './editor-extensions.ts'
import { FORMATS } from './formats.ts'
import { handlePaste } from './paste.ts'
import { SLASH_IDS, type SlashId, slashView } from './slash-menu.ts'
import { useTiptap } from './use-tiptap.ts'

type Options = {
  room: Room
  person: PersonHere
  editable: boolean
  onLink: () => void
}

/** A link opens with the command key held, as in other editors; a plain click only puts the caret in it. */
function openLink(event: MouseEvent): boolean {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null
  const href = anchor?.getAttribute('href')
  if (!href) return false
  // Where nothing can be written there is no caret to place: the browser follows the link by itself.
  if (!anchor?.isContentEditable) return false
  event.preventDefault()
  if ((event.metaKey || event.ctrlKey) && isSafeHref(href)) window.open(href, '_blank', 'noopener,noreferrer')
  return false
}

function insert(editor: Editor, id: SlashId, onLink: () => void) {
  const { toggle } = FORMATS[id]
  if (toggle) toggle(editor)
  else onLink()
}

/** The editor of a draft’s body. React does not render with its keys; parts that must, subscribe by themselves. */
export function useBodyEditor({ room, person, editable, onLink }: Options) {
  const t = useTranslations('editor')
  const locale = useLocale()
  const place = useRef<HTMLDivElement>(null)
  const [slash] = useState(slashView)

  const editor = useTiptap(
    room,
    place,
    (): Partial<EditorOptions> => ({
      editable,
      injectCSS: false,
      // Walks the whole document after every change by others, for an event that nobody here listens to.
      enableCoreExtensions: { delete: false },
      extensions: editorExtensions({
        room,
        person,
        hint: t('hint'),
        onLink,
        slash: {
          view: slash,
          items: SLASH_IDS.map((id) => ({ id, label: t(`formats.${id}`), words: t(`words.${id}`) })),
          run: (target, id) => insert(target, id, onLink),
        },
      }),
      editorProps: {
        attributes: {
          'aria-label': t('body'),
          class: 'draft-body font-serif',
          lang: locale,
          spellcheck: 'true',
          autocapitalize: 'sentences',
        },
        handlePaste,
        handleDOMEvents: { click: (_view, event) => openLink(event) },
        scrollThreshold: { top: 72, bottom: 96, left: 0, right: 0 },
        scrollMargin: { top: 88, bottom: 120, left: 0, right: 0 },
      },
    }),
  )

  useEffect(() => {
    // Without an `update` event: nothing was written.
    editor?.setEditable(editable, false)
  }, [editor, editable])

  return { editor, place, slash }
}

export function BodyPlace({ place }: { place: RefObject<HTMLDivElement | null> }) {
  return <div ref={place} className="draft-body grow font-serif" />
}
