'use client'

import { useTranslations } from 'next-intl'
import { Avatar } from '#app/_ui/avatar.tsx'
import { foldForSearch } from '#lib/domain/text.ts'
import type { Person } from '../_people/person.ts'

/** More names than this are narrowed by typing. */
const MOST = 6

/** Who can be told, and has a name one of whose words begins like what was typed. */
export function findPeople(people: readonly Person[], me: Person['id'], typed: string): readonly Person[] {
  const wanted = foldForSearch(typed).trim()
  return people
    .filter(({ id, suspended }) => !suspended && id !== me)
    .filter(({ name }) => {
      const folded = foldForSearch(name)
      return folded.startsWith(wanted) || folded.split(/[\s-]+/).some((word) => word.startsWith(wanted))
    })
    .slice(0, MOST)
}

type Props = {
  id: string
  people: readonly Person[]
  chosen: number
  onChoose: (person: Person) => void
  onPoint: (index: number) => void
}

export const optionId = (list: string, index: number): string => `${list}-${index}`

/** The list that «@» opens under a composer. The caret stays in the text: its keys move the choice. */
export function MentionList({ id, people, chosen, onChoose, onPoint }: Props) {
  const t = useTranslations('threads.mention')
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('list')}
      className="absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto rounded-md border border-rule bg-sheet p-1 shadow-lift"
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(person)
          }}
          onPointerEnter={() => onPoint(index)}
          className="flex min-h-(--control-small) cursor-pointer select-none items-center gap-2 rounded-sm px-2 py-1 aria-selected:bg-well"
        >
          <Avatar {...person} decorative size="small" />
          <span className="truncate">{person.name}</span>
        </div>
      ))}
    </div>
  )
}
