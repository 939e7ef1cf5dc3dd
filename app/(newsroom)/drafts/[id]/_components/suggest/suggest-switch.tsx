'use client'

import type { Editor } from '@tiptap/core'
import { MessageSquareDiff, PenLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Tooltip } from '#app/_ui/tooltip.tsx'
import { usePeople } from '#app/(newsroom)/_people/people.tsx'
import { useCommands } from '#app/(newsroom)/_shell/commands.tsx'
import { useDesk } from '../desk.tsx'
import { type Suggesting, suggestingOf } from './suggesting.ts'
import { useSuggestions } from './use-suggestions.ts'

/** Between writing and suggesting, and how many suggestions wait; opens the list of them. */
export function SuggestSwitch() {
  const { editor, editable } = useDesk()
  if (!editor) return null
  return (
    <>
      {editable && <Switch suggesting={suggestingOf(editor)} />}
      <Waiting editor={editor} />
    </>
  )
}

/** Kept by draft and person, as long as this browser keeps anything. */
function useKept({ on }: Suggesting) {
  const { me } = usePeople()
  const { draftId } = useDesk()
  const key = `suggesting/${me.id}/${draftId}`
  useEffect(() => {
    on.set(localStorage.getItem(key) !== null)
  }, [on, key])
  return (wanted: boolean) => {
    on.set(wanted)
    if (wanted) localStorage.setItem(key, '')
    else localStorage.removeItem(key)
  }
}

function Switch({ suggesting }: { suggesting: Suggesting }) {
  const t = useTranslations('suggest')
  const { modifier } = useCommands()
  const isOn = useCell(suggesting.on)
  const turn = useKept(suggesting)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked =
        event.code === 'KeyS' && event.altKey && event.ctrlKey !== event.metaKey && !event.shiftKey
      if (!asked || event.getModifierState('AltGraph') || event.defaultPrevented) return
      event.preventDefault()
      turn(!isOn)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
  // Pressing it must not close a phone’s keyboard, nor lose the caret.
  const stay = (event: { preventDefault: () => void }) => event.preventDefault()
  return (
    <Tooltip label={t(isOn ? 'toWriting' : 'toSuggesting')} keys={`${modifier} Alt S`}>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={t('mode')}
        onPointerDown={stay}
        onClick={() => turn(!isOn)}
        className="suggest-switch"
      >
        <span data-chosen={!isOn}>
          <PenLine aria-hidden="true" />
          <span>{t('write')}</span>
        </span>
        <span data-chosen={isOn}>
          <MessageSquareDiff aria-hidden="true" />
          <span>{t('suggest')}</span>
        </span>
      </button>
    </Tooltip>
  )
}

function Waiting({ editor }: { editor: Editor }) {
  const t = useTranslations('suggest')
  const { panel, openPanel } = useDesk()
  const count = useSuggestions(editor).length
  if (count === 0 && panel !== 'suggestions') return null
  const label = t('open', { count })
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-expanded={panel === 'suggestions'}
        onClick={() => openPanel(panel === 'suggestions' ? null : 'suggestions')}
        className={iconButtonLook('relative aria-expanded:bg-accent-wash aria-expanded:text-accent')}
      >
        <MessageSquareDiff aria-hidden="true" />
        {count > 0 && (
          <span aria-hidden="true" className="suggest-count figures">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </button>
    </Tooltip>
  )
}
