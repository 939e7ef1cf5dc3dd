'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { PasswordField } from '../../../_ui/password-field.tsx'
import { toast } from '../../../_ui/toast.ts'
import { atField, useForm } from '../../../_ui/use-form.ts'
import { changePassword } from '../actions.ts'

/** @param props.email lets a password manager know which account the new password belongs to */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('profile.password')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const router = useRouter()
  // A new key empties the fields, once the change is made and only then.
  const [round, setRound] = useState(0)
  const form = useForm(
    async ({ current = '', next = '' }) =>
      atField(await changePassword({ current, next }), { wrongPassword: 'current' }),
    () => {
      setRound((before) => before + 1)
      toast.done(t('done'))
      router.refresh()
    },
  )
  return (
    <form key={round} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t('current')}
        showLabel={common('showPassword')}
        name="current"
        autoComplete="current-password"
        required
        error={errorText(form.fields.current)}
      />
      <PasswordField
        label={t('next')}
        hint={t('nextHint')}
        showLabel={common('showPassword')}
        name="next"
        autoComplete="new-password"
        required
        error={errorText(form.fields.next ?? form.fields.password)}
      />
      <Button type="submit" busy={form.busy} className="mt-1 self-start">
        {t('submit')}
      </Button>
    </form>
  )
}
