'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { usePeople } from '../../../../_people/people.tsx'

/** Volunteers in words and faces; also those who have left. */
export function useNames() {
  const t = useTranslations('history')
  const format = useFormatter()
  const people = usePeople()
  const nameOf = (id: VolunteerId | null): string => (id && people.find(id)?.name) || t('nobody')
  const namesOf = (ids: readonly (VolunteerId | null)[]): string => format.list(ids.map(nameOf))
  const facesOf = (ids: readonly VolunteerId[]) => ids.flatMap((id) => people.find(id) ?? [])
  return { nameOf, namesOf, facesOf, find: people.find }
}
