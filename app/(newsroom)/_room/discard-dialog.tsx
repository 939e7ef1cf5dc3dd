'use client'

import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'

/** Asks before edits that exist nowhere else are erased. */
export function DiscardDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useTranslations('common.room')
  const common = useTranslations('common')
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('discardTitle')}
      confirmLabel={t('discard')}
      cancelLabel={common('cancel')}
      danger
      onConfirm={() => void room.forget().then(() => location.reload())}
    >
      {t('discardBody')}
    </ConfirmDialog>
  )
}
