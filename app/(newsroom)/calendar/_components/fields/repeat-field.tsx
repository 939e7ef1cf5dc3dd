'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { SelectField } from '#app/_ui/select-field.tsx'
import { toast } from '#app/_ui/toast.ts'
import type { Repeat } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { useCalendar } from '../model.ts'
import { changeOccurrence } from '../move/scope-dialog-acts.ts'
import { choiceOf, choicesFor } from './repeat-field-choices.ts'
import { RepeatRule } from './repeat-field-rule.tsx'
import { useRepeatWords } from './repeat-field-words.ts'
import type { PlaceProps } from './slot-fields-props.ts'

/** How the slot comes again: a rule in one press, or one put together. */
export function RepeatField({ slot, day, editable, movable }: PlaceProps) {
  const t = useTranslations('calendar.repeat')
  const model = useCalendar()
  const words = useRepeatWords()
  const [custom, setCustom] = useState(false)
  const { repeat } = slot
  const start = repeat === null ? dayOf(slot.time) : day
  const known = repeat && choiceOf(repeat, start)
  const choices = choicesFor(start)

  async function change(next: Repeat | null) {
    const made = await changeOccurrence(model, { id: slot.id, day }, { repeat: next }, t('changed'))
    if (made.ok) {
      setCustom(false)
      model.openSlot(made.id, day)
    } else if (made.error === 'gone') toast.failed(t('gone'))
  }
  function choose(name: string) {
    if (name === 'custom') return setCustom(true)
    const choice = choices.find((one) => one.name === name)
    // A rule that changes keeps the end it had.
    void change(choice ? { ...choice.repeat, end: repeat?.end ?? null } : null)
  }

  if (slot.partOf !== null) return <p className="text-soft text-sm">{t('partOf')}</p>
  const own = repeat && !(known && repeat.end === null) ? [{ value: 'own', label: words(repeat, start) }] : []
  const value = repeat === null ? 'none' : own.length > 0 ? 'own' : (known?.name ?? 'own')
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label={t('label')}
        value={custom ? 'custom' : value}
        disabled={!editable || !movable}
        onChange={(event) => choose(event.target.value)}
        options={[
          { value: 'none', label: t('none') },
          ...own,
          ...choices.map(({ name, repeat: rule }) => ({ value: name, label: words(rule, start) })),
          { value: 'custom', label: t('custom') },
        ]}
      />
      {custom ? (
        <RepeatRule
          repeat={repeat}
          start={start}
          onApply={(next) => void change(next)}
          onCancel={() => setCustom(false)}
        />
      ) : (
        repeat &&
        editable &&
        movable && (
          <Button kind="ghost" size="small" className="self-start" onClick={() => setCustom(true)}>
            {t('edit')}
          </Button>
        )
      )}
    </div>
  )
}
