'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Color, isColor } from '#lib/domain/accounts/colors.ts'
import { isLocale, LOCALES, type Locale } from '#lib/domain/permissions.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { rememberLocale } from '../../../_i18n/remember-locale.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { SelectField } from '../../../_ui/select-field.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { toast } from '../../../_ui/toast.ts'
import { useForm } from '../../../_ui/use-form.ts'
import { updateProfile } from '../actions.ts'
import { ColorChoice } from './color-choice.tsx'

type Props = { name: string; email: string; color: string; locale: Locale }

export function IdentityForm({ name, email, color: savedColor, locale: savedLocale }: Props) {
  const t = useTranslations('profile.identity')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const router = useRouter()
  const [color, setColor] = useState<Color | null>(isColor(savedColor) ? savedColor : null)
  const [typedName, setTypedName] = useState(name)
  const form = useForm(
    (typed) =>
      updateProfile({
        name: typedName,
        ...(color && { color }),
        ...(isLocale(typed.locale ?? '') && { locale: typed.locale as Locale }),
      }),
    () => {
      toast.done(t('done'))
      router.refresh()
    },
  )
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <TextField
        label={t('name')}
        name="name"
        value={typedName}
        onChange={(event) => setTypedName(event.target.value)}
        autoComplete="name"
        required
        error={errorText(form.fields.name)}
      />
      <TextField label={t('email')} value={email} type="email" readOnly autoComplete="email" />
      <ColorChoice name={typedName} value={color} onChange={setColor} error={errorText(form.fields.color)} />
      <SelectField
        label={t('language')}
        name="locale"
        defaultValue={savedLocale}
        onChange={(event) => isLocale(event.target.value) && rememberLocale(event.target.value)}
        options={LOCALES.map((value) => ({ value, label: common(`languages.${value}`) }))}
      />
      <Button type="submit" kind="primary" busy={form.busy} className="mt-1 self-start">
        {t('submit')}
      </Button>
    </form>
  )
}
