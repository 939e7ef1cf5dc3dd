'use client'

import { ChevronDown, Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { Spinner } from '#app/_ui/spinner.tsx'
import { type ListFilter, SORTS, STATES } from './filter.ts'

/** A word typed at speed is one question to the server; milliseconds. */
const PAUSE_MS = 180

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
  const [typed, setTyped] = useState(value)
  const asked = useRef(value)
  const ask = useEffectEvent((search: string) => {
    asked.current = search
    onSearch(search)
  })
  useEffect(() => {
    if (typed === asked.current) return
    const timer = setTimeout(() => ask(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  // Changed by somebody else than this field: «show everything», or the way back.
  useEffect(() => {
    if (value === asked.current) return
    asked.current = value
    setTyped(value)
  }, [value])
  const clear = () => {
    setTyped('')
    asked.current = ''
    onSearch('')
    field.current?.focus()
  }
  return (
    <div className="relative min-w-44 grow basis-full sm:basis-0">
      <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-faint">
        {busy ? <Spinner /> : <Search aria-hidden="true" className="size-4" />}
      </span>
      <input
        ref={field}
        type="search"
        enterKeyHint="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && clear()}
        className={`${FIELD_LOOK} px-9 [&::-webkit-search-cancel-button]:hidden`}
      />
      {typed && (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={clear}
          className="absolute inset-y-0 right-0 grid w-(--control) place-items-center text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
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
