'use client'

import { useTranslations } from 'next-intl'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import type { DraftText } from '#lib/documents/draft/text.ts'

/** The text is not any more what was being read: what others changed meanwhile, to be read too. */
export function ChangedWhileReading({ before, onRead }: { before: DraftText; onRead: () => void }) {
  const t = useTranslations('review.judge')
  void before
  return (
    <Banner
      tone="warn"
      action={
        <Button size="small" onClick={onRead}>
          {t('haveRead')}
        </Button>
      }
    >
      <p className="font-medium">{t('changedWhileReading')}</p>
      <p>{t('readFirst')}</p>
    </Banner>
  )
}
