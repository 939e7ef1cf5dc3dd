'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useEverybodyHere } from '#app/_collab/newsroom.tsx'
import { Avatar } from '#app/_ui/avatar.tsx'
import { SearchField } from '#app/_ui/search-field.tsx'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import type { Person } from '../../../../_people/person.ts'

/** With this many people a field to search them helps more than it is in the way. */
const MANY = 6

type Props = {
  people: readonly Person[]
  /** Who wrote what is not approved yet. */
  writers: readonly VolunteerId[]
  chosen: readonly VolunteerId[]
  onChange: (chosen: readonly VolunteerId[]) => void
  error: string | undefined
}

/** Some of a few people, found by their names. */
export function PeoplePicker({ people, writers, chosen, onChange, error }: Props) {
  const t = useTranslations('review.ask')
  const [search, setSearch] = useState('')
  const errorId = useId()
  const here = new Set(useEverybodyHere().map(({ volunteerId }) => volunteerId))
  if (people.length === 0) return <p className="text-soft">{t('nobodyElse')}</p>
  const typed = foldForSearch(search)
  const shown = people.filter(({ id, name }) => chosen.includes(id) || foldForSearch(name).includes(typed))
  const toggle = (id: VolunteerId) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={error ? errorId : undefined}>
      <legend className="sr-only">{t('named')}</legend>
      {people.length >= MANY && (
        <SearchField
          label={t('search')}
          value={search}
          onChange={setSearch}
          clear={{ label: t('clear'), onClear: () => setSearch('') }}
        />
      )}
      <ul className="-mx-2 max-h-56 overflow-y-auto">
        {shown.map(({ id, name, color }) => (
          <li key={id}>
            <label className="flex min-h-(--control) items-center gap-2.5 rounded-sm px-2 hover:bg-well has-focus-visible:bg-well">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
                className="size-4.5 shrink-0 accent-accent"
              />
              <Avatar name={name} color={color} size="small" decorative />
              <span className="min-w-0 grow truncate">{name}</span>
              <span className="shrink-0 text-faint text-sm">
                {writers.includes(id) ? t('wrote') : here.has(id) ? t('online') : null}
              </span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="px-2 py-2 text-faint">{t('noneFound')}</li>}
      </ul>
      {error && (
        <p id={errorId} role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
