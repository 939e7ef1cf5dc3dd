'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { arrive } from '../../../../_gate/arrive.ts'
import { useErrorText } from '../../../../_i18n/error-text.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FormError } from '../../../../_ui/form-error.tsx'
import { PasswordField } from '../../../../_ui/password-field.tsx'
import { TextField } from '../../../../_ui/text-field.tsx'
import { type Answer, useForm } from '../../../../_ui/use-form.ts'
import { acceptInvitation } from '../actions.ts'

/** What ends an invitation while its page is open: the page is read again and says it better than the form. */
const ENDED = new Set(['unknown', 'used', 'expired', 'revoked'])

export function AcceptForm({ token, email }: { token: string; email: string | null }) {
  const t = useTranslations('invitation')
  const common = useTranslations('common')
  const locale = useLocale()
  const router = useRouter()
  const errorText = useErrorText()
  async function send(typed: Readonly<Record<string, string>>): Promise<Answer<unknown>> {
    const answer = await acceptInvitation({
      token,
      name: typed.name ?? '',
      email: typed.email ?? '',
      password: typed.password ?? '',
      locale,
    })
    if (!answer.ok && ENDED.has(answer.error)) router.refresh()
    return answer
  }
  const form = useForm(send, () => void arrive('/drafts'))
  const field = (name: string) => ({ name, required: true, error: errorText(form.fields[name]) })
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <TextField {...field('name')} label={t('name')} hint={t('nameHint')} autoComplete="name" />
      <TextField
        {...field('email')}
        label={t('email')}
        type="email"
        defaultValue={email ?? ''}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField
        {...field('password')}
        label={t('password')}
        hint={t('passwordHint')}
        showLabel={common('showPassword')}
        autoComplete="new-password"
      />
      <Button type="submit" kind="primary" busy={form.busy} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
