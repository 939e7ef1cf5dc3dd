'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Field } from '#app/_ui/field.tsx'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { useCalendar } from '../model.ts'
import type { FieldProps } from './slot-fields-props.ts'
import { suggestedTags, withTag } from './tag-field-list.ts'

/** Tags and campaigns: typed, or taken from those that other slots have. */
export function TagField({ slot, editable, write }: FieldProps) {
  const t = useTranslations('calendar.sheet')
  const id = useId()
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { tags } = slot
  const full = tags.length >= LIMITS.tags
  const remove = (tag: string) => {
    write({ tags: tags.filter((one) => one !== tag) })
    field.current?.focus()
  }
  const add = (text: string) => {
    const next = withTag(tags, text)
    if (next !== tags) write({ tags: next })
    setTyped('')
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(typed)
    }
    const last = tags.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last)
  }
  if (!editable && tags.length === 0) return null
  return (
    <Field id={id} label={t('tags')}>
      {tags.length > 0 && (
        <ul aria-label={t('tags')} className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <Tag key={tag} tag={tag} onRemove={editable ? () => remove(tag) : null} />
          ))}
        </ul>
      )}
      {editable && !full && (
        <>
          <input
            ref={field}
            id={id}
            list={`${id}-known`}
            value={typed}
            maxLength={LIMITS.tag}
            autoComplete="off"
            enterKeyHint="done"
            placeholder={t('tagHint')}
            onChange={(event) => {
              // A line of the browser’s list comes whole, without a key press.
              const chosen = !('inputType' in event.nativeEvent) || isReplacement(event.nativeEvent)
              if (chosen) add(event.target.value)
              else setTyped(event.target.value)
            }}
            onKeyDown={onKeyDown}
            onBlur={() => typed.trim() !== '' && add(typed)}
            className="h-(--control) w-full min-w-0 rounded-sm border border-edge bg-sheet px-2.5 text-(length:--control-text) hover:border-ink focus-visible:border-accent focus-visible:outline-offset-0"
          />
          <Known id={`${id}-known`} tags={tags} />
        </>
      )}
    </Field>
  )
}

const isReplacement = (event: Event) =>
  event instanceof InputEvent && event.inputType === 'insertReplacementText'

function Known({ id, tags }: { id: string; tags: readonly string[] }) {
  const live = useCell(useCalendar().live)
  const known = useMemo(() => suggestedTags(live.values(), tags), [live, tags])
  return (
    <datalist id={id}>
      {known.map((tag) => (
        <option key={tag} value={tag} />
      ))}
    </datalist>
  )
}

function Tag({ tag, onRemove }: { tag: string; onRemove: (() => void) | null }) {
  const t = useTranslations('calendar.sheet')
  return (
    <li className="inline-flex min-h-(--control-small) max-w-full items-center rounded-sm border border-rule bg-well pl-2 text-sm last:mr-0">
      <span className={onRemove ? 'truncate' : 'truncate pr-2'}>{tag}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={t('removeTag', { tag })}
          onClick={onRemove}
          className="grid h-(--control-small) w-(--control-small) shrink-0 place-items-center rounded-sm text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </li>
  )
}
