'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { reinstate, suspend } from '../actions.ts'
import { useTeamErrorText } from './team-error-text.ts'

type Props = { id: VolunteerId; name: string; action: 'suspend' | 'reinstate'; onClose: () => void }

/** Asks before an account is closed or opened again. */
export function AccessDialog({ id, name, action, onClose }: Props) {
  const t = useTranslations('team')
  const common = useTranslations('common')
  const errorText = useTeamErrorText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function confirm() {
    setBusy(true)
    const answer = await attempt(() => (action === 'suspend' ? suspend : reinstate)({ id }))
    setBusy(false)
    onClose()
    if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
    router.refresh()
    toast.done(t(`${action}.done`, { name }))
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`${action}.title`, { name })}
      confirmLabel={t(`${action}.confirm`)}
      cancelLabel={common('cancel')}
      danger={action === 'suspend'}
      busy={busy}
      onConfirm={() => void confirm()}
    >
      {t(`${action}.text`)}
    </ConfirmDialog>
  )
}
