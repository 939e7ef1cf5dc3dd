'use client'

import { useTranslations } from 'next-intl'
import { Button } from './_ui/button.tsx'
import { Notice } from './_ui/notice.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations('common')
  return (
    <Notice
      kicker={t('crash.kicker')}
      title={t('crash.title')}
      action={
        <Button kind="primary" onClick={reset}>
          {t('retry')}
        </Button>
      }
    >
      {error.digest ? t('crash.text', { digest: error.digest }) : t('crash.textWithoutCode')}
    </Notice>
  )
}
