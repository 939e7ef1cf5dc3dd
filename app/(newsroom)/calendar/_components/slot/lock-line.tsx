'use client'

import { LockKeyhole } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'
import { useLockActs } from './lock-acts.ts'

/** That something is locked, by whom and why, and the way out for whoever has one. */
export function LockLine({ lock }: { lock: Lock }) {
  const t = useTranslations('calendar.sheet.lock')
  const words = useLockWords()
  const { rights } = useCalendar()
  const { unlock } = useLockActs()
  return (
    <div className="flex items-start gap-2.5 border-warn border-l-3 bg-warn-wash px-3 py-2 text-sm">
      <LockKeyhole aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 grow">
        <p>{words(lock)}</p>
        {lock.reason && <p className="mt-0.5 text-soft">{t('because', { reason: lock.reason })}</p>}
      </div>
      {rights.lock && (
        <Button size="small" onClick={() => void unlock(lock.target)}>
          {t('unlock')}
        </Button>
      )}
    </div>
  )
}

/** «Verrouillé par Zoé le 21 novembre.» */
export function useLockWords(): (lock: Lock) => string {
  const t = useTranslations('calendar.sheet.lock')
  const format = useFormatter()
  const { people, locale } = useCalendar()
  return (lock) => {
    const name = (lock.by && people.get(lock.by)?.name) ?? t('somebody')
    const at = new Date(lock.at)
    const date = Number.isNaN(at.getTime()) ? '' : format.dateTime(at, { day: 'numeric', month: 'long' })
    return lock.target.type === 'slot'
      ? t('slotBy', { name, date })
      : t('dayBy', { name, date, day: dayWords(lock.target.day, locale, 'long') })
  }
}
