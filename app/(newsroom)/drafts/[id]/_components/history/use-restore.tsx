'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { RevisionId } from '#lib/domain/ids.ts'
import { restoreRevision } from '../../../../_history/actions.ts'
import { useMoments } from './moment.ts'

type Wanted = { readonly id: RevisionId; readonly createdAt: string }

/** Asks, restores, and offers the way back. @param onDone the draft says it again */
export function useRestore(onDone: () => void) {
  const t = useTranslations('history.restore')
  const history = useTranslations('history')
  const common = useTranslations('common')
  const errorText = useErrorText({ missing: history('missing') })
  const { momentOf } = useMoments()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [busy, setBusy] = useState(false)

  const undo = async (id: RevisionId) => {
    const answer = await attempt(() => restoreRevision({ id }))
    if (answer.ok) toast.done(t('undone'))
    else toast.failed(errorText(answer.error) ?? '')
  }
  const restore = async () => {
    if (!wanted) return
    setBusy(true)
    const answer = await attempt(() => restoreRevision({ id: wanted.id }))
    setBusy(false)
    setWanted(null)
    if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
    const { before } = answer.value
    if (before === null) return toast.note(t('already'))
    toast.done(t('done'), { action: { label: t('undo'), onClick: () => void undo(before) } })
    onDone()
  }

  const dialog = wanted && (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && setWanted(null)}
      title={t('title')}
      confirmLabel={t('confirm')}
      cancelLabel={common('cancel')}
      busy={busy}
      onConfirm={() => void restore()}
    >
      <p>{t('body', { moment: momentOf(wanted.createdAt) })}</p>
    </ConfirmDialog>
  )
  return { ask: setWanted, dialog }
}
