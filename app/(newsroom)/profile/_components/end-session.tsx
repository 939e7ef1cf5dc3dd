'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { LoginSessionId } from '#lib/domain/ids.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { endSession } from '../actions.ts'

export function EndSession({ id, browser }: { id: LoginSessionId; browser: string }) {
  const t = useTranslations('profile.sessions')
  const errorText = useErrorText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function end() {
    setBusy(true)
    const answer = await attempt(() => endSession({ id }))
    setBusy(false)
    if (answer.ok) toast.done(t('ended'))
    else toast.failed(errorText(answer.error) ?? '')
    router.refresh()
  }

  return (
    <Button size="small" busy={busy} aria-label={t('endLabel', { browser })} onClick={() => void end()}>
      {t('end')}
    </Button>
  )
}
