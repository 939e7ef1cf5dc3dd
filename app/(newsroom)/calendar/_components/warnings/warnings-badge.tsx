'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import { showDialog } from '../dialog-asked.ts'
import { useWarnings } from './warnings.ts'

/** How many things are worth a second look in the days on the screen; nothing where there are none. */
export function WarningsBadge() {
  const t = useTranslations('calendar.warnings')
  const { conflicts, gaps } = useWarnings()
  const count = conflicts.length + gaps.length
  if (count === 0) return null
  return (
    <Button
      kind="ghost"
      size="small"
      aria-haspopup="dialog"
      aria-label={t('badge', { count })}
      title={t('badge', { count })}
      onClick={() => showDialog({ name: 'warnings' })}
      className="text-warn"
    >
      <TriangleAlert aria-hidden="true" className="size-4" />
      <span className="figures">{count}</span>
    </Button>
  )
}
