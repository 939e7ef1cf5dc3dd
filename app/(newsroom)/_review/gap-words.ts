'use client'

import { useTranslations } from 'next-intl'
import type { Gap } from '#lib/domain/review/approval.ts'
import { usePeople } from '../_people/people.tsx'

/** What is missing for a text to count as approved, a sentence each. */
export function useGapWords(): (gaps: readonly Gap[]) => readonly string[] {
  const t = useTranslations('review.gaps')
  const { me, find } = usePeople()
  const wordsOf = (gap: Gap): string => {
    switch (gap.kind) {
      case 'approvals':
        return t('approvals', { count: gap.count })
      case 'another':
        return gap.than === me.id ? t('anotherThanYou') : t('another', { name: find(gap.than)?.name ?? '' })
      case 'coordinator':
        return t('coordinator')
    }
  }
  return (gaps) => gaps.map(wordsOf)
}
