'use client'

import { useTranslations } from 'next-intl'
import { arrive } from '../../../_gate/arrive.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { PasswordField } from '../../../_ui/password-field.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { useForm } from '../../../_ui/use-form.ts'
import { signIn } from '../actions.ts'

/** @param props.next where to go once signed in: a path of this site, checked by the server */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('signIn')
  const common = useTranslations('common')
  const errorText = useErrorText({
    invalid: t('errors.invalid'),
    throttled: t('errors.throttled'),
    suspended: t('errors.suspended'),
  })
  const form = useForm(
    (typed) => signIn({ email: typed.email ?? '', password: typed.password ?? '' }),
    () => void arrive(next),
  )
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={errorText(form.fields.email)}
      />
      <PasswordField
        label={t('password')}
        showLabel={common('showPassword')}
        name="password"
        autoComplete="current-password"
        required
        error={errorText(form.fields.password)}
      />
      <Button type="submit" kind="primary" busy={form.busy} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
