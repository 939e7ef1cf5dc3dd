'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { clearLocalCopies, unsentEdits } from '../../_collab/local-store.ts'
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx'
import { endSession } from './owed-sign-out.tsx'

/** Leaves nothing of this person in this browser, then ends the session. */
async function leave(volunteerId: string) {
  await clearLocalCopies(volunteerId)
  await endSession(volunteerId)
  // A full load: nothing in memory outlives the person's leave.
  location.assign('/sign-in')
}

/** Signing out, which asks first when edits exist in this browser only. */
export function useSignOut(volunteerId: string) {
  const t = useTranslations('shell.signOut')
  const common = useTranslations('common')
  const [waiting, setWaiting] = useState(0)
  const [busy, setBusy] = useState(false)

  async function request() {
    const unsent = await unsentEdits(volunteerId)
    if (unsent > 0) setWaiting(unsent)
    else await leave(volunteerId)
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
        void leave(volunteerId)
      }}
    >
      {t('text', { count: waiting })}
    </ConfirmDialog>
  )
  return { request, dialog }
}
