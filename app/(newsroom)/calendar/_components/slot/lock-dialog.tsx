'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { useForm } from '#app/_ui/use-form.ts'
import type { Outcome } from './lock-acts.ts'

/** Longest reason, in UTF-16 units: a line that fits where it is read. */
const MAX_REASON = 200

type Props = {
  title: string
  /** What the lock holds and what it leaves free. */
  meaning: string
  onLock: (reason: string) => Outcome
  onClose: () => void
}

/** Asks why: whoever cannot move it any more will read it. */
export function LockDialog({ title, meaning, onLock, onClose }: Props) {
  const t = useTranslations('calendar.sheet.lock')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const { busy, error, submit } = useForm(({ reason = '' }) => onLock(reason), onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={meaning}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormError>{errorText(error)}</FormError>
        <TextField
          label={t('reason')}
          name="reason"
          hint={t('reasonHint')}
          maxLength={MAX_REASON}
          autoComplete="off"
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
