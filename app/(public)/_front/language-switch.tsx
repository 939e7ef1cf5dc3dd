'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { LOCALES } from '#lib/domain/permissions.ts'
import { rememberLocale } from '../../_i18n/remember-locale.ts'

export function LanguageSwitch() {
  const t = useTranslations('common')
  const locale = useLocale()
  const router = useRouter()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form where there is none
    <div role="group" aria-label={t('language')} className="flex gap-1">
      {LOCALES.map((value) => (
        <button
          key={value}
          type="button"
          lang={value}
          aria-pressed={value === locale}
          onClick={() => {
            rememberLocale(value)
            router.refresh()
          }}
          className="h-(--control-small) rounded-sm px-2 text-soft underline-offset-4 hover:text-ink hover:underline aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {t(`languages.${value}`)}
        </button>
      ))}
    </div>
  )
}
