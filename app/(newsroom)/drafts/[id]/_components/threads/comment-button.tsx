'use client'

import { MessageSquarePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { useThreadsDesk } from './threads-desk.tsx'

/** Comments on the selection; in the bubble and in the bar of a phone. A press must not take the selection away. */
export function CommentButton() {
  const t = useTranslations('threads')
  const { wish } = useThreadsDesk()
  return (
    <button
      type="button"
      aria-label={t('commentPassage')}
      title={t('commentPassage')}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => wish.set('passage')}
      className={iconButtonLook()}
    >
      <MessageSquarePlus aria-hidden="true" />
    </button>
  )
}
