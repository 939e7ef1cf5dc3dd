'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { toast } from '#app/_ui/toast.ts'
import { type Answer, atField, useForm } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { RevisionHead } from '#lib/protocol/history.ts'
import { nameNow, renameRevision } from '../../../../_history/actions.ts'

type Props = {
  draftId: DraftId
  /** Null: what the draft says now. */
  revision: RevisionHead | null
  onClose: () => void
}

/** Gives a version a name. */
export function NameDialog({ draftId, revision, onClose }: Props) {
  const t = useTranslations('history')
  const common = useTranslations('common')
  const errorText = useErrorText({ nameMissing: t('nameMissing'), missing: t('missing') })
  const given = revision?.name ?? ''
  const send = async ({ name = '' }: Readonly<Record<string, string>>): Promise<Answer<string>> => {
    if (name.trim() === '') return atField({ ok: false, error: 'nameMissing' }, { nameMissing: 'name' })
    const answer = revision
      ? await renameRevision({ id: revision.id, name })
      : await nameNow({ draftId, name })
    return answer.ok ? { ok: true, value: name } : atField<string>(answer, { nameMissing: 'name' })
  }
  const { busy, error, fields, submit } = useForm(send, (name) => {
    toast.done(t('named', { name }))
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('nameDialog.title')}
      description={t('nameDialog.text')}
      closeLabel={common('close')}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <TextField
          name="name"
          label={t('nameDialog.label')}
          hint={t('nameDialog.hint')}
          defaultValue={given}
          maxLength={120}
          autoComplete="off"
          error={errorText(fields.name)}
        />
        <FormError>{errorText(error)}</FormError>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('nameDialog.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
