'use client'

import { useRouter } from 'next/navigation'
import type { Locale } from '#lib/domain/permissions.ts'
import { rememberLocale } from '../../_i18n/remember-locale.ts'
import { attempt } from '../../_ui/use-form.ts'
import { updateProfile } from '../profile/actions.ts'

/** The volunteer's language follows them to every device; this browser keeps it for the sign-in page too. */
export function useChooseLocale() {
  const router = useRouter()
  return async (locale: Locale) => {
    const answer = await attempt(() => updateProfile({ locale }))
    if (!answer.ok) return
    rememberLocale(locale)
    router.refresh()
  }
}
