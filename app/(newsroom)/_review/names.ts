'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { usePeople } from '../_people/people.tsx'

/** Names in a sentence: «Noé, Zoé et vous». Whoever looks comes last, as one speaks. */
export function useNames(): (ids: readonly VolunteerId[]) => string {
  const t = useTranslations('review')
  const format = useFormatter()
  const { me, find } = usePeople()
  return (ids) => {
    const others = ids.filter((id) => id !== me.id).flatMap((id) => find(id)?.name ?? [])
    return format.list(ids.includes(me.id) ? [...others, t('you')] : others, { type: 'conjunction' })
  }
}
