'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Banner } from '../../../_ui/banner.tsx'
import { Button } from '../../../_ui/button.tsx'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { mailAgain } from '../../inbox/actions.ts'

type Standing = 'off' | 'ready' | 'refused' | 'late' | 'lost'

/** What becomes of e-mails to this volunteer, where it is not what they chose. */
export function NotifyStanding({ standing, email }: { standing: Standing; email: string }) {
  const t = useTranslations('inbox.mail')
  if (standing === 'ready') return null
  if (standing === 'refused')
    return (
      <Banner tone="warn" action={<Again />}>
        {t('refused', { email })}
      </Banner>
    )
  return <Banner tone={standing === 'off' ? 'info' : 'warn'}>{t(standing)}</Banner>
}

function Again() {
  const t = useTranslations('inbox.mail')
  const errorText = useErrorText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function again() {
    setBusy(true)
    const answer = await attempt(() => mailAgain({}))
    setBusy(false)
    if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
    toast.done(t('againDone'))
    router.refresh()
  }

  return (
    <Button size="small" busy={busy} onClick={() => void again()}>
      {t('again')}
    </Button>
  )
}
