'use client'

import type { Editor } from '@tiptap/core'
import { MessageSquareDiff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useEffect, useEffectEvent, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { toast } from '#app/_ui/toast.ts'
import { useDesk } from '../desk.tsx'
import type { SuggestRoomProps } from './suggest-room.tsx'
import { suggestingOf } from './suggesting.ts'
import { useActive } from './use-active.ts'
import { useSuggestions } from './use-suggestions.ts'
import './suggest.css'

/** The suggestions of a draft, to be accepted or rejected. Their code comes with the first of them. */
export function SuggestPart() {
  const { editor } = useDesk()
  return editor && <WithText editor={editor} />
}

function WithText({ editor }: { editor: Editor }) {
  const { panel, editable } = useDesk()
  const suggesting = suggestingOf(editor)
  const isOn = useCell(suggesting.on)
  const suggestions = useSuggestions(editor)
  // From the start: what is pressed before the card is there shows once it is.
  const [active, setActive] = useActive(editor)
  const [Room, setRoom] = useState<ComponentType<SuggestRoomProps> | null>(null)
  const load = useEffectEvent(() => {
    const show = (module: { SuggestRoom: ComponentType<SuggestRoomProps> }) =>
      setRoom(() => module.SuggestRoom)
    // Out of reach without a connection: the next suggestion tries again.
    void import('./suggest-room.tsx').then(show, () => {})
  })
  const wanted = suggestions.length > 0 || panel === 'suggestions'
  useEffect(() => {
    if (wanted) load()
  }, [wanted])
  useEffect(() => {
    // Whoever may only read proposes nothing.
    if (!editable) suggesting.on.set(false)
  }, [editable, suggesting])
  return (
    <>
      <Refusals editor={editor} />
      {isOn && editable && <Mode />}
      {wanted && Room && <Room {...{ editor, suggestions, active, setActive }} />}
    </>
  )
}

/** In sight while one writes: what is typed now changes nothing yet. */
function Mode() {
  const t = useTranslations('suggest')
  return (
    <p className="suggest-mode" role="status">
      <MessageSquareDiff aria-hidden="true" />
      {t('modeOn')}
    </p>
  )
}

function Refusals({ editor }: { editor: Editor }) {
  const t = useTranslations('suggest')
  const { refused } = suggestingOf(editor)
  const tell = useEffectEvent(() => toast.note(t('notBlocks')))
  useEffect(() => refused.subscribe(() => tell()), [refused])
  return null
}
