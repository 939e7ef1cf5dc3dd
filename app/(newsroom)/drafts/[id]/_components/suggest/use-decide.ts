'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { toast } from '#app/_ui/toast.ts'
import type { Verdict } from '#lib/documents/draft/suggestions/decide.ts'
import { decideSuggestions } from './decide-suggestions.ts'

/** @param ids of the suggestions that are decided on; null: all of them */
export type Decide = (ids: readonly string[] | null, verdict: Verdict) => void

/** Whoever decides on all of them at once can take that back from the toast. */
export function useDecide(editor: Editor, count: number): Decide {
  const t = useTranslations('suggest')
  return (ids, verdict) => {
    decideSuggestions(editor, ids, verdict)
    if (ids !== null) return
    const action = { label: t('undo'), onClick: () => void editor.commands.undo() }
    toast.done(t(verdict === 'accept' ? 'acceptedAll' : 'rejectedAll', { count }), { action })
  }
}
