'use client'

import { useLocale, useTranslations } from 'next-intl'
import { arrive } from '../../../_gate/arrive.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { PasswordField } from '../../../_ui/password-field.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { atField, useForm } from '../../../_ui/use-form.ts'
import { setUp } from '../actions.ts'

export function SetupForm() {
  const t = useTranslations('setup')
  const common = useTranslations('common')
  const locale = useLocale()
  const errorText = useErrorText({
    wrongCode: t('errors.wrongCode'),
    alreadySetUp: t('errors.alreadySetUp'),
  })
  const form = useForm(
    async (typed) => {
      const answer = await setUp({
        code: typed.code ?? '',
        newsroomName: typed.newsroomName ?? '',
        name: typed.name ?? '',
        email: typed.email ?? '',
        password: typed.password ?? '',
        locale,
      })
      return atField(answer, { wrongCode: 'code' })
    },
    () => void arrive('/drafts'),
  )
  const field = (name: string) => ({ name, required: true, error: errorText(form.fields[name]) })
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <TextField
        {...field('code')}
        label={t('code')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        className="font-mono tracking-wider"
      />
      <TextField
        {...field('newsroomName')}
        label={t('newsroomName')}
        hint={t('newsroomNameHint')}
        autoComplete="organization"
      />
      <h2 className="mt-3 border-rule border-t pt-5 font-semibold font-serif text-lg">{t('account')}</h2>
      <TextField {...field('name')} label={t('name')} hint={t('nameHint')} autoComplete="name" />
      <TextField
        {...field('email')}
        label={t('email')}
        type="email"
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
