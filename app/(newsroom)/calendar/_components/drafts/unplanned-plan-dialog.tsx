'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import { LIMITS, type SlotTime } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { localClock, parseClock } from '#lib/domain/calendar/zone.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { ChannelToggles } from '../fields/channel-toggles.tsx'
import { useWhenWords } from '../fields/slot-fields-when.ts'
import { useCalendar } from '../model.ts'
import { newSlotId } from '../move/scope-dialog-acts.ts'
import { plainSlot } from './unplanned-slot.ts'

const HOUR_MS = 3_600_000

/** Gives a draft its place without a drag: by keyboard, by finger, far from the days on the screen. */
export function PlanDraftDialog({ asked: { draft }, onClose }: DialogProps<'planDraft'>) {
  const t = useTranslations('calendar.unplanned')
  const common = useTranslations('common')
  const { form, change, problem, plan } = usePlan(draft.id, draft.title || t('untitled'), onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('planTitle')}
      description={draft.title || t('untitled')}
      closeLabel={common('close')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          plan()
        }}
        className="flex flex-col gap-4"
      >
        <FormError>{problem ?? undefined}</FormError>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t('date')}
            type="date"
            required
            min={`${LIMITS.firstYear}-01-01`}
            max={`${LIMITS.lastYear}-12-31`}
            value={form.date}
            onChange={(event) => change({ date: event.target.value })}
          />
          <TextField
            label={t('time')}
            type="time"
            required={!form.wholeDay}
            disabled={form.wholeDay}
            value={form.wholeDay ? '' : form.clock}
            onChange={(event) => change({ clock: event.target.value })}
          />
        </div>
        <label className="-mt-2 flex min-h-(--control-small) items-center gap-2">
          <input
            type="checkbox"
            checked={form.wholeDay}
            onChange={(event) => change({ wholeDay: event.target.checked })}
            className="size-4.5 accent-accent"
          />
          {t('wholeDay')}
        </label>
        <ChannelToggles
          label={t('channels')}
          chosen={form.channels}
          onChange={(channels) => change({ channels })}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary">
            {t('planApply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type PlanForm = {
  readonly date: string
  readonly clock: string
  readonly wholeDay: boolean
  readonly channels: readonly Channel[]
}

function usePlan(draftId: string, title: string, onDone: () => void) {
  const t = useTranslations('calendar.unplanned')
  const model = useCalendar()
  const whenWords = useWhenWords()
  const { zone } = model.settings
  const [problem, setProblem] = useState<string | null>(null)
  const [form, setForm] = useState<PlanForm>(() => {
    const [today, shown] = [model.today.get(), model.shown.get().day]
    const nextHour = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
    return {
      date: shown > today ? shown : today,
      clock: shown > today ? '09:00' : localClock(nextHour, zone),
      wholeDay: false,
      channels: model.filter.get().channels,
    }
  })
  const change = (part: Partial<PlanForm>) => {
    setProblem(null)
    setForm({ ...form, ...part })
  }
  const plan = () => {
    const time = timeFrom(form, zone)
    const draft = parseDraftId(draftId)
    if (!time || !draft) return setProblem(t('badTime'))
    const by = model.actor.volunteerId
    const slot = plainSlot(newSlotId(), { title, time, channels: form.channels, draft, by })
    if (!model.rights.move(slot, form.date)) return setProblem(t('dayLocked'))
    model.edit(t('planned', { when: whenWords(slot) }), (doc) => putSlot(doc, slot))
    onDone()
  }
  return { form, change, problem, plan }
}

function timeFrom({ date, clock, wholeDay }: PlanForm, zone: string): SlotTime | null {
  const day = parseDay(date)
  if (day === null || day < `${LIMITS.firstYear}` || day > `${LIMITS.lastYear}-12-31`) return null
  if (wholeDay) return { kind: 'allDay', date: day }
  return parseClock(clock) === null ? null : timedAt(day, clock, zone)
}
