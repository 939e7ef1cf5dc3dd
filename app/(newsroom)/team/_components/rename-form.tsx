'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { toast } from '../../../_ui/toast.ts'
import { useForm } from '../../../_ui/use-form.ts'
import { renameNewsroom } from '../actions.ts'

/** Gives the entity another name, which every page shows. */
export function RenameForm({ name }: { name: string }) {
  const t = useTranslations('team.newsroom')
  const errorText = useErrorText()
  const router = useRouter()
  const form = useForm(
    ({ newsroomName = '' }) => renameNewsroom({ newsroomName }),
    () => {
      router.refresh()
      toast.done(t('done'))
    },
  )
  return (
    <form onSubmit={form.submit} noValidate className="max-w-md py-4">
      <FormError>{errorText(form.error)}</FormError>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        name="newsroomName"
        defaultValue={name}
        autoComplete="off"
        required
        error={errorText(form.fields.newsroomName ?? form.fields.name)}
      />
      <Button type="submit" busy={form.busy} className="mt-3">
        {t('submit')}
      </Button>
    </form>
  )
}
