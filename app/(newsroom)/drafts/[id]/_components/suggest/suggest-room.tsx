'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useEffectEvent } from 'react'
import { usePeople } from '#app/(newsroom)/_people/people.tsx'
import type { Suggestion } from '#lib/documents/draft/suggestions/list.ts'
import { useDesk } from '../desk.tsx'
import { showSuggestion } from './decide-suggestions.ts'
import { SuggestCard } from './suggest-card.tsx'
import { SuggestPanel } from './suggest-panel.tsx'
import { suggestingOf } from './suggesting.ts'
import { useAuthors } from './use-authors.ts'
import { useColors } from './use-colors.ts'
import { useDecide } from './use-decide.ts'
import type { Credited } from './who-suggested.tsx'

export type SuggestRoomProps = {
  editor: Editor
  suggestions: readonly Suggestion[]
  /** The one that the caret stands in, or that was pressed. */
  active: string | null
  setActive: (id: string | null) => void
}

/** The card at the caret, the list beside the text, and the keys from one suggestion to the next. */
export function SuggestRoom({ editor, suggestions, active, setActive }: SuggestRoomProps) {
  const { draftId, panel, openPanel, editable } = useDesk()
  const { me, find } = usePeople()
  const authors = useAuthors(draftId, true)
  const suggesting = suggestingOf(editor)
  useEffect(() => {
    for (const { id, by } of authors.values()) if (by === me.id) suggesting.mine.add(id)
  }, [authors, me.id, suggesting])
  const credited = suggestions.map((suggestion): Credited => {
    const row = authors.get(suggestion.id)
    const person = row
      ? (find(row.by as typeof me.id) ?? null)
      : suggesting.made.has(suggestion.id)
        ? me
        : null
    return { ...suggestion, person, at: row?.at ?? null }
  })
  useColors(credited, active)
  useKeys(editor, suggestions)
  const decide = useDecide(editor, suggestions.length)
  const shown = credited.find(({ id }) => id === active)
  const may = editable ? decide : null
  return (
    <>
      {shown && (
        <SuggestCard editor={editor} suggestion={shown} decide={may} onClose={() => setActive(null)} />
      )}
      {panel === 'suggestions' && (
        <SuggestPanel
          suggestions={credited}
          active={active}
          decide={may}
          onShow={(suggestion) => {
            showSuggestion(editor, suggestion)
            setActive(suggestion.id)
          }}
          onClose={() => openPanel(null)}
        />
      )}
    </>
  )
}

/** From one suggestion to the next, in the order of the text, and round. */
function useKeys(editor: Editor, suggestions: readonly Suggestion[]) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey === event.metaKey || event.shiftKey) return
    if (event.getModifierState('AltGraph') || event.defaultPrevented) return
    if (event.code !== 'KeyJ' && event.code !== 'KeyK') return
    event.preventDefault()
    const { head } = editor.state.selection
    const next =
      event.code === 'KeyJ'
        ? (suggestions.find(({ from }) => from + 1 > head) ?? suggestions[0])
        : (suggestions.findLast(({ from }) => from + 1 < head) ?? suggestions.at(-1))
    if (next) showSuggestion(editor, next)
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
