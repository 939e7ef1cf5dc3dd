'use client'

import { Check, CheckCheck, MessageSquareDiff, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { DeskPanel } from '../desk-panel.tsx'
import type { Decide } from './use-decide.ts'
import { type Credited, WhatSuggested, WhoSuggested } from './who-suggested.tsx'

type Props = {
  suggestions: readonly Credited[]
  active: string | null
  /** Null for those who may only read. */
  decide: Decide | null
  onShow: (suggestion: Credited) => void
  onClose: () => void
}

/** All suggestions of the draft, in the order of the text. */
export function SuggestPanel({ suggestions, active, decide, onShow, onClose }: Props) {
  const t = useTranslations('suggest')
  const count = suggestions.length
  const all = decide && count > 0 && (
    <div className="flex flex-wrap items-center gap-2 px-4 py-2">
      <Button size="small" onClick={() => decide(null, 'accept')}>
        <CheckCheck aria-hidden="true" className="size-4" />
        {t('acceptAll')}
      </Button>
      <Button size="small" onClick={() => decide(null, 'reject')}>
        <X aria-hidden="true" className="size-4" />
        {t('rejectAll')}
      </Button>
    </div>
  )
  return (
    <DeskPanel title={t('title', { count })} onClose={onClose} head={all || undefined}>
      {count === 0 ? (
        <EmptyState icon={<MessageSquareDiff />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-2.5 p-3">
          {suggestions.map((suggestion) => (
            <li key={suggestion.id} className="suggest-line" data-active={suggestion.id === active}>
              <button type="button" onClick={() => onShow(suggestion)} className="suggest-line-show">
                <WhoSuggested {...suggestion} />
                <WhatSuggested {...suggestion} />
              </button>
              {decide && (
                <span className="flex shrink-0">
                  <IconButton label={t('accept')} onClick={() => decide([suggestion.id], 'accept')}>
                    <Check aria-hidden="true" />
                  </IconButton>
                  <IconButton label={t('reject')} onClick={() => decide([suggestion.id], 'reject')}>
                    <X aria-hidden="true" />
                  </IconButton>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </DeskPanel>
  )
}
