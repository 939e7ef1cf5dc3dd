'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { cell } from '#app/_collab/cell.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { parseDay } from '#lib/domain/calendar/days.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { type TimingForm, timeOf, timingForm } from '../fields/slot-fields-timing.ts'
import { useWhenWords } from '../fields/slot-fields-when.ts'
import { faceOf, knownSlots, useCalendar } from '../model.ts'
import { useLockWords } from '../slot/lock-line.tsx'
import { Warnings } from '../slot/slot-sheet-warnings.tsx'
import { useMoveActs } from './move-dialog-acts.ts'
import { QUICK, quickDay } from './move-dialog-quick.ts'

type What = { readonly slot: SlotId; readonly day: PlainDay }
const asked = cell<What | null>(null)

/** Opens the dialog that moves an occurrence without dragging it; one of the archive too. */
export const askMove = (what: What): void => asked.set(what)

/** Where `askMove` asks; once on the page. */
export function MoveDialog() {
  const model = useCalendar()
  const what = useCell(asked)
  const slots = knownSlots(useCell(model.live), useCell(model.past))
  const slot = what && slots.get(what.slot)
  // Taken away by somebody else meanwhile: the page shows it, and there is nothing left to move.
  if (!what || !slot) return null
  return <Asking key={what.slot} slot={slot} day={what.day} onClose={() => asked.set(null)} />
}

type Props = { slot: Slot; day: PlainDay; onClose: () => void }

function Asking({ slot, day, onClose }: Props) {
  const t = useTranslations('calendar.move')
  const sheet = useTranslations('calendar.sheet')
  const common = useTranslations('common')
  const model = useCalendar()
  const { title } = faceOf(slot, useCell(model.drafts))
  const whenWords = useWhenWords()
  const { zone } = model.settings
  const was = timeAt(slot, day, zone)
  const [form, setForm] = useState(() => timingForm(slot, day, zone))
  const [busy, setBusy] = useState(false)
  const time = timeOf(form, was, zone)
  const refusal = useRefusal(slot, time && dayOf(time))
  const { move } = useMoveActs()
  const change = (part: Partial<TimingForm>) => setForm({ ...form, ...part })
  const unmoved = JSON.stringify(time) === JSON.stringify(was)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || !time || refusal) return
    if (unmoved && model.live.get().has(slot.id)) return onClose()
    // How many go along is asked in a dialog of its own; two on one another would hide where it goes.
    if (slot.repeat !== null) {
      onClose()
      return void move(slot, day, time)
    }
    setBusy(true)
    const done = await move(slot, day, time)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { title: title || sheet('untitled') })}
      description={t('from', { when: whenWords({ ...slot, time: was }) })}
      closeLabel={common('close')}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Place form={form} change={change} />
        <QuickDays form={form} change={change} />
        <p aria-live="polite" className="font-medium">
          {time ? t('to', { when: whenWords({ ...slot, time }) }) : t('noDate')}
        </p>
        {refusal && (
          <p role="alert" className="border-danger border-l-3 bg-danger-wash px-3 py-2 text-sm">
            {refusal}
          </p>
        )}
        {time && !refusal && <Warnings slot={slot} day={day} change={{ time }} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy} disabled={!time || refusal !== null}>
            {t('apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type PartProps = { form: TimingForm; change: (part: Partial<TimingForm>) => void }

function Place({ form, change }: PartProps) {
  const t = useTranslations('calendar.sheet')
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('date')}
          type="date"
          required
          value={form.date}
          min={`${LIMITS.firstYear}-01-01`}
          max={`${LIMITS.lastYear}-12-31`}
          onChange={(event) => change({ date: event.target.value })}
        />
        {!form.wholeDay && (
          <TextField
            label={t('start')}
            type="time"
            required
            value={form.clock}
            onChange={(event) => change({ clock: event.target.value })}
          />
        )}
      </div>
      <label className="-my-1 flex min-h-(--control) items-center gap-2">
        <input
          type="checkbox"
          checked={form.wholeDay}
          onChange={(event) => change({ wholeDay: event.target.checked })}
          className="size-4.5 accent-accent"
        />
        {t('allDay')}
      </label>
    </>
  )
}

function QuickDays({ form, change }: PartProps) {
  const t = useTranslations('calendar.move')
  const model = useCalendar()
  const today = useCell(model.today)
  const from = parseDay(form.date)
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('quickLabel')}</legend>
      <div className="flex flex-wrap gap-2">
        {QUICK.map((quick) => {
          const day = quickDay(quick, today, from ?? today)
          return (
            <Button
              key={quick}
              size="small"
              title={dayWords(day, model.locale, 'long')}
              onClick={() => change({ date: day })}
            >
              {t(`quick.${quick}`)}
            </Button>
          )
        })}
      </div>
    </fieldset>
  )
}

/** Why this volunteer cannot put the slot there; null where nothing is in the way. */
function useRefusal(slot: Slot, to: PlainDay | null): string | null {
  const t = useTranslations('calendar.move')
  const lockT = useTranslations('calendar.sheet.lock')
  const model = useCalendar()
  const locks = useCell(model.locks)
  const words = useLockWords()
  if (model.rights.move(slot, to ?? undefined)) return null
  const day = dayOf(slot.time)
  const lock =
    locks.find(({ target }) => target.type === 'slot' && target.slot === slot.id) ??
    locks.find(({ target }) => target.type === 'day' && (target.day === to || target.day === day))
  if (!lock) return t('forbidden')
  return lock.reason ? `${words(lock)} ${lockT('because', { reason: lock.reason })}` : words(lock)
}
