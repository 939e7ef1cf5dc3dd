'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { addDays, daysBetween, parseDay } from '#lib/domain/calendar/days.ts'
import { LIMITS, type PlainDay } from '#lib/domain/calendar/slot.ts'
import { daysWords, dayWords } from '../agenda/agenda-words.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { useAll } from '../filters/filters-shown.ts'
import { faceOf, useCalendar } from '../model.ts'
import { newSlotId } from '../move/scope-dialog-acts.ts'
import { beginningIn, type Copied, copyDays } from './copy-days.ts'
import { lockIndex } from './day-lock-index.ts'

/** Copies a day or a week to another one. */
export function CopyDaysDialog({ asked: { from, to }, onClose }: DialogProps<'copyDays'>) {
  const t = useTranslations('calendar.agenda.copy')
  const common = useTranslations('common')
  const model = useCalendar()
  const { locale } = model
  const days = daysBetween(from, to) + 1
  const kind = days === 1 ? 'day' : 'week'
  const [target, setTarget] = useState<string>(addDays(from, days))
  const [keepDrafts, setKeepDrafts] = useState(false)
  const copied = useCopied(from, to, parseTarget(target), keepDrafts)
  const apply = () => {
    if (!copied || copied.slots.length === 0) return
    const said = t('done', { count: copied.slots.length })
    model.edit(said, (doc) => {
      for (const slot of copied.slots) putSlot(doc, slot)
    })
    model.setFilter({ date: parseTarget(target) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`title.${kind}`)}
      description={days === 1 ? dayWords(from, locale, 'full') : daysWords(from, to, locale)}
      closeLabel={common('close')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
        className="flex flex-col gap-4"
      >
        <TextField
          label={t(`target.${kind}`)}
          type="date"
          required
          min={`${LIMITS.firstYear}-01-01`}
          max={`${LIMITS.lastYear}-12-31`}
          value={target}
          onChange={(event) => setTarget(event.target.value)}
        />
        <label className="flex min-h-(--control-small) items-start gap-2">
          <input
            type="checkbox"
            checked={keepDrafts}
            onChange={(event) => setKeepDrafts(event.target.checked)}
            className="mt-0.5 size-4.5 shrink-0 accent-accent"
          />
          <span>
            {t('keepDrafts')}
            <span className="block text-faint text-sm">{t('keepDraftsHint')}</span>
          </span>
        </label>
        <Preview copied={copied} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" disabled={!copied || copied.slots.length === 0}>
            {t('apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function parseTarget(text: string): PlainDay | null {
  const day = parseDay(text)
  return day && day >= `${LIMITS.firstYear}` && day <= `${LIMITS.lastYear}-12-31` ? day : null
}

function useCopied(from: PlainDay, to: PlainDay, target: PlainDay | null, keepDrafts: boolean) {
  const model = useCalendar()
  const all = useAll(from, to)
  const drafts = useCell(model.drafts)
  const { days: locked } = lockIndex(useCell(model.locks))
  const { zone } = model.settings
  if (target === null || target === from) return null
  return copyDays({
    occurrences: beginningIn(all, from, to, zone),
    from,
    to: target,
    keepDrafts,
    titleOf: (slot) => faceOf(slot, drafts).title,
    newId: newSlotId,
    by: model.actor.volunteerId,
    zone,
    mayPlan: (day) => model.rights.lock || !locked.has(day),
  })
}

function Preview({ copied }: { copied: Copied | null }) {
  const t = useTranslations('calendar.agenda.copy')
  if (!copied) return <p className="text-soft text-sm">{t('choose')}</p>
  const { slots, alreadyThere, locked } = copied
  return (
    <div role="status" className="border-edge border-l-3 pl-3 text-sm">
      <p className="font-medium">{t('count', { count: slots.length })}</p>
      <ul className="mt-0.5 text-soft">
        {slots.slice(0, MOST_SHOWN).map((slot, index) => (
          <li key={index} className="truncate">
            {slot.title}
          </li>
        ))}
        {slots.length > MOST_SHOWN && <li>{t('others', { count: slots.length - MOST_SHOWN })}</li>}
      </ul>
      {alreadyThere > 0 && <p className="mt-1 text-faint">{t('alreadyThere', { count: alreadyThere })}</p>}
      {locked > 0 && <p className="mt-1 text-warn">{t('locked', { count: locked })}</p>}
    </div>
  )
}

const MOST_SHOWN = 6
