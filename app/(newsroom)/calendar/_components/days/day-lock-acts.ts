'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { lockTarget, unlockTarget } from '../../slot-actions.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'

/** Holds everything of a day in its place, or lets it go. The page sees it when the server has written it. */
export function useDayLock() {
  const t = useTranslations('calendar.agenda.day')
  const errorText = useErrorText()
  const { locale } = useCalendar()
  const words = (day: PlainDay) => dayWords(day, locale, 'long')
  const unlock = async (day: PlainDay) => {
    const answer = await attempt(() => unlockTarget({ target: { type: 'day', day } }))
    if (answer.ok) toast.done(t('unlocked', { day: words(day) }))
    else toast.failed(errorText(answer.error) ?? '')
  }
  const lock = async (day: PlainDay, reason: string) => {
    const answer = await attempt(() => lockTarget({ target: { type: 'day', day }, reason }))
    if (answer.ok) {
      const action = { label: t('undo'), onClick: () => void unlock(day) }
      toast.done(t('lockedDone', { day: words(day) }), { action })
    }
    return answer
  }
  return { lock, unlock }
}
