'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { useForm } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { renameDraft } from '../actions.ts'

/** Longest title, in UTF-16 units: MAX_TITLE of lib/documents/draft/shape.ts, which would bring Yjs with it. */
const MAX_TITLE = 300

/** Gives a draft another title without opening it; those who have it open see it change. */
export function RenameDialog({ draft, onClose }: { draft: DraftSummary; onClose: () => void }) {
  const t = useTranslations('drafts')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const { busy, error, submit } = useForm(
    ({ title = '' }) => renameDraft({ id: draft.id as DraftId, title }),
    onClose,
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('renameTitle')}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('titleField')}
          name="title"
          defaultValue={draft.title}
          maxLength={MAX_TITLE}
          error={errorText(error)}
          onFocus={(event) => event.target.select()}
          autoComplete="off"
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('renameApply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
