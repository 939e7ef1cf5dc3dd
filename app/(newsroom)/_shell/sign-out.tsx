'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { unsentEdits } from '../../_collab/local-store.ts'
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx'
import { leaveNewsroom } from './owed-sign-out.tsx'

/** Signing out, which asks first when edits exist in this browser only. */
export function useSignOut(volunteerId: string) {
  const t = useTranslations('shell.signOut')
  const common = useTranslations('common')
  const [waiting, setWaiting] = useState(0)
  const [busy, setBusy] = useState(false)

  async function request() {
    const unsent = await unsentEdits(volunteerId)
    if (unsent > 0) setWaiting(unsent)
    else await leaveNewsroom(volunteerId)
  }

  const dialog = (
    <ConfirmDialog
      open={waiting > 0}
      onOpenChange={(open) => !open && setWaiting(0)}
      title={t('title')}
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      danger
      busy={busy}
      onConfirm={() => {
        setBusy(true)
        void leaveNewsroom(volunteerId)
      }}
    >
      {t('text', { count: waiting })}
    </ConfirmDialog>
  )
  return { request, dialog }
}
