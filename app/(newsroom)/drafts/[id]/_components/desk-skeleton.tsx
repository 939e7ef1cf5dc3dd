'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '#app/_ui/skeleton.tsx'

const LINES = ['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-10/12', 'w-2/3']

/**
 * The place of a text that has not arrived. Never an empty page: that would look like a draft without text,
 * and invite somebody to write a second one over the first.
 */
export function TextSkeleton({ title, note }: { title: string; note?: ReactNode }) {
  const t = useTranslations('editor')
  return (
    <div className="draft-sheet" aria-busy={note ? undefined : true}>
      <h1 className="draft-title font-serif">{title || t('untitled')}</h1>
      {note ? (
        <div className="mt-8 border-edge border-l-3 pl-4 text-soft">{note}</div>
      ) : (
        <div role="status" aria-label={t('loading')} className="mt-9 flex flex-col gap-4">
          {LINES.map((width, index) => (
            <Skeleton key={index} className={`h-4 ${width}`} />
          ))}
        </div>
      )}
    </div>
  )
}
