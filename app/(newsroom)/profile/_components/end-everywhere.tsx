'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { clearLocalCopies, unsentEdits } from '../../../_collab/local-store.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { signOutEverywhere } from '../actions.ts'

export function EndEverywhere({ volunteerId }: { volunteerId: string }) {
  const t = useTranslations('profile.sessions')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const warning = useTranslations('shell.signOut')
  const [asking, setAsking] = useState(false)
  const [unsent, setUnsent] = useState(0)
  const [busy, setBusy] = useState(false)

  async function ask() {
    setUnsent(await unsentEdits(volunteerId))
    setAsking(true)
  }

  async function end() {
    setBusy(true)
    const answer = await attempt(() => signOutEverywhere({}))
    if (answer.ok) {
      await clearLocalCopies(volunteerId)
      return location.assign('/sign-in')
    }
    setBusy(false)
    setAsking(false)
    toast.failed(errorText(answer.error) ?? '')
  }

  return (
    <>
      <Button onClick={() => void ask()}>{t('endAll')}</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('endAllTitle')}
        confirmLabel={t('endAllConfirm')}
        cancelLabel={common('cancel')}
        danger
        busy={busy}
        onConfirm={() => void end()}
      >
        <p>{t('endAllText')}</p>
        {unsent > 0 && <p className="mt-2 text-warn">{warning('text', { count: unsent })}</p>}
      </ConfirmDialog>
    </>
  )
}
