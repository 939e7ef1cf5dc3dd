'use client'

import { can } from '#lib/domain/permissions.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import type { Person } from '../../../../_people/person.ts'

/** Who could be asked: those who may judge, but for whoever asks and who is asked already. */
export function useJudges(view: ReviewView): readonly Person[] {
  const { me, all } = usePeople()
  const asked = view.round?.reviewers ?? []
  return all.filter(
    ({ id, role, suspended }) =>
      !suspended &&
      id !== me.id &&
      !asked.includes(id) &&
      can({ volunteerId: id, role }, 'review.judge', { archived: false }),
  )
}
