'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { othersHere } from '#app/_collab/people.ts'
import type { Room } from '#app/_collab/room.ts'
import { Avatar } from '#app/_ui/avatar.tsx'
import { toast } from '#app/_ui/toast.ts'
import { Tooltip } from '#app/_ui/tooltip.tsx'
import { VisuallyHidden } from '#app/_ui/visually-hidden.tsx'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { usePhone } from './use-phone.ts'

/** Faces shown before a number stands for the rest. */
const MOST = 5
/** On a phone, where the line above the text has other things to hold. */
const MOST_ON_PHONE = 2

function usePeople(room: Room, me: string): readonly PersonHere[] {
  const [people, setPeople] = useState<readonly PersonHere[]>([])
  useEffect(() => {
    const others = othersHere(room.awareness, me)
    const stop = others.subscribe(() => setPeople(others.get()))
    setPeople(others.get())
    return () => {
      stop()
      others.close()
    }
  }, [room, me])
  return people
}

/** Who else is in this draft; a press leads to where they write. */
export function PeopleHere({ room, me }: { room: Room; me: string }) {
  const t = useTranslations('editor')
  const people = usePeople(room, me)
  const most = usePhone() ? MOST_ON_PHONE : MOST
  if (people.length === 0) return null
  const shown = people.length > most ? people.slice(0, most - 1) : people
  const rest = people.slice(shown.length)

  function follow(person: PersonHere) {
    const caret = document.querySelector(`.draft-caret[data-volunteer="${person.volunteerId}"]`)
    if (!caret) return toast.note(t('noCaret', { name: person.name }))
    caret.scrollIntoView({ block: 'center', behavior: 'smooth' })
    caret.classList.remove('draft-caret-found')
    // A new animation needs the style to be seen without it once.
    caret.getBoundingClientRect()
    caret.classList.add('draft-caret-found')
  }

  return (
    <ul aria-label={t('people')} className="flex items-center">
      {shown.map((person) => (
        <li key={person.volunteerId}>
          <Tooltip label={person.name}>
            <button
              type="button"
              onClick={() => follow(person)}
              className="grid min-h-(--control-small) min-w-7 place-items-center rounded-full"
            >
              <Avatar {...person} decorative size="small" />
              <VisuallyHidden>{t('goTo', { name: person.name })}</VisuallyHidden>
            </button>
          </Tooltip>
        </li>
      ))}
      {rest.length > 0 && (
        <li
          title={rest.map(({ name }) => name).join(', ')}
          className="figures grid size-6 place-items-center rounded-full bg-well font-semibold text-soft text-xs"
        >
          +{rest.length}
        </li>
      )}
    </ul>
  )
}
