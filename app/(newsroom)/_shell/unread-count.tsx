'use client'

import { useTranslations } from 'next-intl'
import { useUnread } from './unread.tsx'

/** How many notices are unread, beside the name of their room. */
export function UnreadCount({ shape }: { shape: 'line' | 'corner' }) {
  const t = useTranslations('inbox')
  const { count } = useUnread()
  if (count === 0) return null
  return (
    <span data-unread={count} className={shape === 'line' ? 'ml-auto' : 'absolute top-0.5 left-1/2 ml-1'}>
      <span
        aria-hidden="true"
        className="figures block min-w-4.5 rounded-full bg-accent px-1.25 py-px text-center font-semibold text-[0.6875rem] text-on-accent leading-[1.125rem]"
      >
        {count > 99 ? '99+' : count}
      </span>
      {/* Read with the name of the room: «Avis 3 non lus». */}
      <span className="sr-only">{t('count', { count })}</span>
    </span>
  )
}
