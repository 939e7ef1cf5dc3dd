'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useCalendar } from '../model.ts'

/** The line above a slot: what this is, and the way out. */
export function SheetBar({ children }: { children?: ReactNode }) {
  const t = useTranslations('calendar.sheet')
  const common = useTranslations('common')
  const { openSlot } = useCalendar()
  return (
    <div className="sticky top-0 z-10 flex min-h-12 items-center gap-1 bg-sheet pr-2 pl-5">
      <h2 className="kicker grow">{t('kicker')}</h2>
      {children}
      <IconButton label={common('close')} onClick={() => openSlot(null)}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  )
}
