'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode, RefObject } from 'react'
import { SearchField } from '#app/_ui/search-field.tsx'
import { useTypedSearch } from '#app/_ui/use-typed-search.ts'
import { type ListFilter, SORTS, STATES } from './filter.ts'

type Props = {
  filter: ListFilter
  onChange: (filter: ListFilter) => void
  busy: boolean
  people: readonly { id: string; name: string }[]
  searchField: RefObject<HTMLInputElement | null>
}

/** Narrows the list; everything that is chosen here is in the address of the page. */
export function FilterBar({ filter, onChange, busy, people, searchField }: Props) {
  const t = useTranslations('drafts.filter')
  return (
    <search className="flex flex-wrap items-center gap-x-1 gap-y-1.5 border-rule border-b py-3 sm:gap-2">
      <SearchBox
        value={filter.search}
        onSearch={(search) => onChange({ ...filter, search })}
        busy={busy}
        field={searchField}
      />
      <Choice
        label={t('state')}
        value={filter.state}
        onChange={(value) =>
          onChange({ ...filter, state: STATES.find((state) => state === value) ?? 'active' })
        }
        options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
      />
      <Choice
        label={t('by')}
        value={filter.by ?? ''}
        onChange={(value) => onChange({ ...filter, by: value || null })}
        options={[
          { value: '', label: t('everybody') },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Choice
        label={t('sort')}
        value={filter.sort}
        onChange={(value) => onChange({ ...filter, sort: SORTS.find((sort) => sort === value) ?? 'edited' })}
        options={SORTS.map((value) => ({ value, label: t(`sorts.${value}`) }))}
      />
    </search>
  )
}

type SearchProps = {
  value: string
  onSearch: (search: string) => void
  busy: boolean
  field: RefObject<HTMLInputElement | null>
}

function SearchBox({ value, onSearch, busy, field }: SearchProps) {
  const t = useTranslations('drafts.filter')
  const { typed, setTyped, clear } = useTypedSearch(value, onSearch)
  const empty = () => {
    clear()
    field.current?.focus()
  }
  return (
    <SearchField
      ref={field}
      label={t('search')}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => event.key === 'Escape' && empty()}
      clear={{ label: t('clear'), onClear: empty }}
      busy={busy}
      className="min-w-44 grow basis-full sm:basis-0"
    />
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** The system’s own control, without a frame: phones show the picker that their owner knows. */
function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <span className="relative min-w-0 max-sm:grow max-sm:basis-0">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-(--control) w-full appearance-none truncate rounded-sm bg-transparent pr-6 pl-2 sm:pr-7 sm:pl-2.5 text-(length:--control-text) text-soft hover:bg-well hover:text-ink sm:max-w-48"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  )
}
