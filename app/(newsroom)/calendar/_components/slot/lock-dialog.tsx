'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { useForm } from '#app/_ui/use-form.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { useLockActs } from './lock-acts.ts'

/** Longest reason, in UTF-16 units: a line that fits where it is read. */
const MAX_REASON = 200

/** Holds a slot in its place, and asks why: whoever cannot move it any more will read it. */
export function LockDialog({ slot, title, onClose }: { slot: SlotId; title: string; onClose: () => void }) {
  const t = useTranslations('calendar.sheet.lock')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const { lock } = useLockActs()
  const { busy, error, submit } = useForm(
    ({ reason = '' }) => lock({ type: 'slot', slot }, reason),
    () => onClose(),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { title })}
      description={t('meaning')}
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
