'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { AvatarStack } from '#app/_ui/avatar.tsx'
import { type Hand, type Person, useCalendar } from '../model.ts'

/** One face a volunteer, however many pages they have open; never one’s own. */
function peopleOf(hands: readonly Hand[], me: string): readonly Person[] {
  const people = new Map(hands.map(({ person }) => [person.id, person] as const))
  return [...people.values()].filter(({ id }) => id !== me).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Who else is looking at the calendar. */
export function PeopleHere() {
  const t = useTranslations('calendar.toolbar')
  const model = useCalendar()
  const hands = useCell(model.hands)
  const people = useMemo(() => peopleOf(hands, model.actor.volunteerId), [hands, model])
  return (
    <AvatarStack
      people={people}
      label={t('people', { names: people.map(({ name }) => name).join(', ') })}
      most={4}
    />
  )
}
