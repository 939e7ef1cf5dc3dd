'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { useForm } from '#app/_ui/use-form.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { useDayLock } from './day-lock-acts.ts'

/** Asks why: whoever cannot move a slot any more will read it. */
export function DayLockDialog({ asked: { day }, onClose }: DialogProps<'lockDay'>) {
  const t = useTranslations('calendar.agenda.day')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const { locale } = useCalendar()
  const { lock } = useDayLock()
  const { busy, error, submit } = useForm(({ reason = '' }) => lock(day, reason), onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('lockTitle', { day: dayWords(day, locale, 'long') })}
      description={t('lockText')}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormError>{errorText(error)}</FormError>
        <TextField
          label={t('reason')}
          name="reason"
          hint={t('reasonHint')}
          maxLength={200}
          autoComplete="off"
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('lockApply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
