'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { publishDraft } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { useBlind } from './may-decide.ts'
import { useDecide } from './use-decide.ts'

/** Says that the text is out: what it says now stays written down as that. */
export function PublishDialog({ view, onClose }: { view: ReviewView; onClose: () => void }) {
  const t = useTranslations('review.publish')
  const common = useTranslations('common')
  const { room } = useDesk()
  const { busy, wrong, decide } = useDecide()
  const blind = useBlind()

  async function publish() {
    if (blind) return
    const hash = textHash(textOf(room.doc))
    const done = await decide('publish', () => publishDraft({ draftId: view.draftId, hash }), t('done'))
    if (done) onClose()
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      confirmLabel={t('submit')}
      cancelLabel={common('cancel')}
      busy={busy !== null}
      onConfirm={() => void publish()}
    >
      <p>{t('text')}</p>
      <FormError>{wrong ?? (blind ? t('blind') : undefined)}</FormError>
    </ConfirmDialog>
  )
}
