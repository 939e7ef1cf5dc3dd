'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { canonicalText } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'
import { useDesk } from '../desk.tsx'
import { RevisionDiff } from '../history/revision-diff.tsx'
import { useTextNow } from '../history/text-now.ts'

type Props = {
  /** What was read; null: what changed in it is shown elsewhere. */
  before: DraftText | null
  onRead: () => void
}

/** The text is not any more what was being read: what others changed meanwhile, to be read too. */
export function ChangedWhileReading({ before, onRead }: Props) {
  const t = useTranslations('review.judge')
  return (
    <div className="-mx-4 flex flex-col">
      <Banner tone="warn">
        <p className="font-medium">{t('changedWhileReading')}</p>
        <p>{t('readFirst')}</p>
      </Banner>
      {before && <Changes before={before} />}
      <Button className="mx-4 mt-3 self-start" onClick={onRead}>
        {t('haveRead')}
      </Button>
    </div>
  )
}

function Changes({ before }: { before: DraftText }) {
  const { room } = useDesk()
  const now = useTextNow(room)
  const read = useMemo(() => canonicalText(before), [before])
  return (
    <div className="max-h-[50dvh] overflow-y-auto overscroll-contain border-rule border-b">
      <RevisionDiff before={read} after={now} />
    </div>
  )
}
