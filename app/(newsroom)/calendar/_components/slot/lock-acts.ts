'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { LockTarget } from '#lib/documents/calendar/locks.ts'
import { lockTarget, unlockTarget } from '../../slot-actions.ts'

/** Locks and unlocks, told in toasts. The page sees a lock when the server has written it. */
export function useLockActs() {
  const t = useTranslations('calendar.sheet.lock')
  const errorText = useErrorText()
  const unlock = async (target: LockTarget) => {
    const answer = await attempt(() => unlockTarget({ target }))
    if (answer.ok) toast.done(t('unlocked'))
    else toast.failed(errorText(answer.error) ?? '')
  }
  const lock = async (target: LockTarget, reason: string) => {
    const answer = await attempt(() => lockTarget({ target, reason }))
    if (answer.ok) {
      toast.done(t('locked'), { action: { label: t('undo'), onClick: () => void unlock(target) } })
    }
    return answer
  }
  return { lock, unlock }
}

export type Outcome = ReturnType<ReturnType<typeof useLockActs>['lock']>
