'use client'

import { useTranslations } from 'next-intl'
import { dayWords } from '../agenda/agenda-words.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { LockDialog } from '../slot/lock-dialog.tsx'
import { useDayLock } from './day-lock-acts.ts'

export function DayLockDialog({ asked: { day }, onClose }: DialogProps<'lockDay'>) {
  const t = useTranslations('calendar.agenda.day')
  const { locale } = useCalendar()
  const { lock } = useDayLock()
  return (
    <LockDialog
      title={t('lockTitle', { day: dayWords(day, locale, 'long') })}
      meaning={t('lockText')}
      onLock={(reason) => lock(day, reason)}
      onClose={onClose}
    />
  )
}
