'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextArea } from '#app/_ui/text-area.tsx'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { overrideReview } from '../../../../_review/actions.ts'
import { useDecide } from './use-decide.ts'

type Props = { view: ReviewView; hash: () => string; onClose: () => void }

/** A coordinator approves alone: grave, with a reason, and marked for ever. */
export function EmergencyDialog({ view, hash, onClose }: Props) {
  const t = useTranslations('review.emergency')
  const common = useTranslations('common')
  const [reason, setReason] = useState('')
  const [blank, setBlank] = useState(false)
  const { busy, wrong, decide } = useDecide()
  const as = usePeople().me.id

  async function send() {
    if (reason.trim() === '') return setBlank(true)
    const verdict = { as, draftId: view.draftId, reason: reason.trim() }
    const done = await decide('override', () => overrideReview({ ...verdict, hash: hash() }), t('done'))
    if (done) onClose()
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      confirmLabel={t('submit')}
      cancelLabel={common('cancel')}
      danger
      busy={busy !== null}
      onConfirm={() => void send()}
    >
      <p className="mb-4">{t('text')}</p>
      <FormError>{wrong ?? undefined}</FormError>
      <TextArea
        label={t('reason')}
        hint={t('reasonHint')}
        value={reason}
        maxLength={1000}
        required
        className="text-ink"
        error={blank && reason.trim() === '' ? t('reasonMissing') : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  )
}
