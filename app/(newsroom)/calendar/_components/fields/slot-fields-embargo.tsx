'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { TextField } from '#app/_ui/text-field.tsx'
import { useCalendar } from '../model.ts'
import type { FieldProps } from './slot-fields-props.ts'
import { fieldInstant, localField } from './slot-fields-timing.ts'

const REST_MS = 900

/** Before when nothing may go out. Typed digit by digit, it is taken once the hand rests or leaves. */
export function EmbargoField({ slot, editable, write }: FieldProps) {
  const t = useTranslations('calendar.sheet')
  const { zone } = useCalendar().settings
  const [mine, setMine] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const shared = localField(slot.embargo, zone)
  const value = mine ?? shared

  function commit() {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    if (mine === null) return
    const embargo = fieldInstant(mine, zone)
    // Half a date is no date; an empty field says that there is none.
    if (embargo === null && mine !== '') return
    setMine(null)
    write({ embargo })
  }
  const latest = useRef(commit)
  latest.current = commit
  useEffect(() => () => void (timer.current && latest.current()), [])
  if (!editable && slot.embargo === null) return null
  return (
    <TextField
      label={t('embargo')}
      type="datetime-local"
      value={value}
      disabled={!editable}
      onChange={(event) => {
        setMine(event.target.value)
        if (timer.current) clearTimeout(timer.current)
        timer.current = setTimeout(() => latest.current(), REST_MS)
      }}
      onBlur={commit}
    />
  )
}
