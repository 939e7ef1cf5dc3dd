'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { SheetBar } from './slot-sheet-bar.tsx'

/** The place of a slot that the page does not have yet, and why it is not there when that takes long. */
export function SheetSkeleton({ unreachable, onRetry }: { unreachable: boolean; onRetry: () => void }) {
  const t = useTranslations('calendar.sheet')
  const common = useTranslations('common')
  return (
    <>
      <SheetBar />
      {unreachable ? (
        <div className="px-5">
          <p className="text-soft">{common('errors.unreachable')}</p>
          <Button className="mt-3" onClick={onRetry}>
            {common('retry')}
          </Button>
        </div>
      ) : (
        <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 px-5">
          <Skeleton className="h-8 w-3/4" />
          <Skeleton className="h-9" />
          <Skeleton className="h-24" />
        </div>
      )}
    </>
  )
}
