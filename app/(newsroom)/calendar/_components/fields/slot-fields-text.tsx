'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import { Field } from '#app/_ui/field.tsx'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { useLiveText } from './slot-fields-live-text.ts'
import type { FieldProps } from './slot-fields-props.ts'

/** What the slot is called while it has no draft. One that was just begun is named first. */
export function TitleField({ slot, editable, write }: FieldProps) {
  const t = useTranslations('calendar.sheet')
  const { field, onInput, onBlur } = useLiveText<HTMLTextAreaElement>(slot.title, (text) =>
    write({ title: text.replace(/\s*\n\s*/g, ' ').slice(0, LIMITS.title) }),
  )
  const unnamed = slot.title === ''
  useEffect(() => {
    if (editable && unnamed) field.current?.focus()
    // When the sheet opens, and not each time the title is emptied.
  }, [])
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={t('title')}
      placeholder={t('untitled')}
      maxLength={LIMITS.title}
      readOnly={!editable}
      defaultValue={slot.title}
      enterKeyHint="done"
      onInput={onInput}
      onBlur={onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.currentTarget.blur()
      }}
      className="field-sizing-content min-h-(--control) w-full resize-none rounded-sm bg-transparent py-1 font-semibold font-serif text-xl outline-offset-4 placeholder:text-faint"
    />
  )
}

export function NoteField({ slot, editable, write }: FieldProps) {
  const t = useTranslations('calendar.sheet')
  const id = useId()
  const { field, onInput, onBlur } = useLiveText<HTMLTextAreaElement>(slot.note, (note) => write({ note }))
  if (!editable && slot.note === '') return null
  return (
    <Field id={id} label={t('note')}>
      <textarea
        ref={field}
        id={id}
        rows={3}
        maxLength={LIMITS.note}
        readOnly={!editable}
        defaultValue={slot.note}
        placeholder={t('noteHint')}
        onInput={onInput}
        onBlur={onBlur}
        className={classNames(
          FIELD_LOOK,
          'field-sizing-content h-auto max-h-72 min-h-20 resize-none py-2 read-only:bg-well',
        )}
      />
    </Field>
  )
}
