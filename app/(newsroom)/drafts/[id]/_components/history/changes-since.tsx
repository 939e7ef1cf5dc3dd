'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { canonicalText } from '#lib/documents/draft/text.ts'
import type { RevisionId } from '#lib/domain/ids.ts'
import { useDesk } from '../desk.tsx'
import type { DiffLayout } from './diff-rows.tsx'
import { RevisionDiff } from './revision-diff.tsx'
import { useTextNow } from './text-now.ts'
import { useRevision } from './use-revision.ts'

/** What changed in the draft on this desk since one of its revisions; follows whoever writes. */
export function ChangesSince({
  revisionId,
  layout = 'inline',
}: {
  revisionId: RevisionId
  layout?: DiffLayout
}) {
  const t = useTranslations('history')
  const common = useTranslations('common')
  const errorText = useErrorText({ missing: t('missing') })
  const { room } = useDesk()
  const now = useTextNow(room)
  const { revision, error, again } = useRevision(revisionId)
  const before = useMemo(() => revision && canonicalText(revision), [revision])
  if (error) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 p-4 text-soft">
        {errorText(error)}
        {error !== 'missing' && (
          <Button size="small" onClick={again}>
            {common('retry')}
          </Button>
        )}
      </div>
    )
  }
  return <RevisionDiff before={before} after={now} layout={layout} />
}
