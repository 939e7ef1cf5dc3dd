'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { portalHome } from '#app/_ui/portal-home.ts'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import { LIMITS, type SlotTime } from '#lib/domain/calendar/slot.ts'
import { slotProblem } from '#lib/domain/calendar/slot-problem.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { localClock, localDay, parseClock } from '#lib/domain/calendar/zone.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import { plainSlot } from '../drafts/unplanned-slot.ts'
import { ChannelToggles } from '../fields/channel-toggles.tsx'
import { type NewSlot, useCalendar } from '../model.ts'
import { newSlotId } from '../move/scope-dialog-acts.ts'
import { EVENING } from './grid-places.ts'
import { usePhone } from './touch-phone.ts'

/** The small form for a new slot, beside the place that was pressed; from the foot of a phone. */
export function CreateForm() {
  const model = useCalendar()
  const place = useCell(model.creating)
  if (!place) return null
  return <Placed key={JSON.stringify(place)} place={place} onClose={() => model.createAt(null)} />
}

type PlacedProps = { place: NewSlot; onClose: () => void }

function Placed({ place, onClose }: PlacedProps) {
  const t = useTranslations('calendar.grid.create')
  const common = useTranslations('common')
  const title = useRef<HTMLInputElement>(null)
  const form = <Fields place={place} titleField={title} onClose={onClose} />
  const phone = usePhone()
  if (phone) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={t('label')}
        closeLabel={common('close')}
      >
        {form}
      </Dialog>
    )
  }
  const { x, y } = place.anchor ?? { x: innerWidth / 2, y: 140 }
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason }) => {
        // Words that were typed are not lost to a press beside them.
        if (!open && !(reason === 'outside-press' && title.current?.value)) onClose()
      }}
    >
      <Base.Portal container={portalHome()}>
        <Base.Positioner
          anchor={{ getBoundingClientRect: () => DOMRect.fromRect({ x, y, width: 1, height: 1 }) }}
          side={place.anchor ? 'right' : 'bottom'}
          sideOffset={12}
          collisionPadding={12}
          className="z-30"
        >
          <Base.Popup
            initialFocus={title}
            className="w-88 animate-[rise_120ms_ease-out] border-ink border-t-3 rounded-b-md bg-sheet px-4 pt-2 pb-4 text-ink shadow-lift outline-none"
          >
            <div className="mb-1 flex items-center justify-between">
              <Base.Title className="font-semibold font-serif text-lg">{t('label')}</Base.Title>
              <Base.Close aria-label={t('cancel')} className={iconButtonLook('-mr-2')}>
                <X aria-hidden="true" />
              </Base.Close>
            </div>
            {form}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

type Form = { title: string; date: string; clock: string; allDay: boolean; channels: readonly Channel[] }

function formOf({ time }: NewSlot, zone: string): Form {
  const rest = { title: '', channels: [] }
  if (time.kind === 'allDay') return { ...rest, date: time.date, clock: EVENING, allDay: true }
  const at = Date.parse(time.at)
  return { ...rest, date: localDay(at, zone), clock: localClock(at, zone), allDay: false }
}

function timeOf({ date, clock, allDay }: Form, zone: string): SlotTime | null {
  const day = parseDay(date)
  if (day === null) return null
  if (allDay) return { kind: 'allDay', date: day }
  return parseClock(clock) === null ? null : timedAt(day, clock, zone)
}

type FieldsProps = PlacedProps & { titleField: React.RefObject<HTMLInputElement | null> }

function Fields({ place, titleField, onClose }: FieldsProps) {
  const t = useTranslations('calendar.grid.create')
  const grid = useTranslations('calendar.grid')
  const model = useCalendar()
  const { zone } = model.settings
  const [form, setForm] = useState(() => formOf(place, zone))
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }))
  const time = timeOf(form, zone)
  const day = parseDay(form.date)
  const locked = day !== null && !model.rights.plan(day)

  /** @param open the sheet shows what this form has no room for, a title too */
  function create(open: boolean) {
    if (!time || locked) return
    const title = form.title.trim()
    const slot = {
      ...plainSlot(newSlotId(), {
        title,
        time,
        channels: form.channels,
        draft: null,
        by: model.actor.volunteerId,
      }),
      minutes: place.minutes,
      days: place.days,
    }
    const problem = slotProblem(slot)
    if (problem && !(open && problem === 'titleMissing')) {
      titleField.current?.focus()
      return
    }
    model.edit(grid('created', { title: title || grid('untitled') }), (doc) => putSlot(doc, slot))
    onClose()
    if (open) model.openSlot(slot.id, day)
    else if (day) model.focusSlot(slot.id, day)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create(false)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <input
        ref={titleField}
        aria-label={t('title')}
        placeholder={t('title')}
        value={form.title}
        maxLength={LIMITS.title}
        required
        enterKeyHint="done"
        onChange={({ target }) => change({ title: target.value })}
        className={`${FIELD_LOOK} font-serif font-semibold`}
      />
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="date"
          aria-label={t('on')}
          value={form.date}
          required
          onChange={({ target }) => change({ date: target.value })}
          className={`${FIELD_LOOK} basis-36 grow`}
        />
        {!form.allDay && (
          <input
            type="time"
            aria-label={t('from')}
            value={form.clock}
            required
            onChange={({ target }) => change({ clock: target.value })}
            className={`${FIELD_LOOK} basis-24 grow`}
          />
        )}
        <label className="flex min-h-(--control-small) items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={form.allDay}
            onChange={({ target }) => change({ allDay: target.checked })}
            className="size-4 accent-accent"
          />
          {t('allDay')}
        </label>
      </div>
      <ChannelToggles
        label={t('channels')}
        chosen={form.channels}
        onChange={(channels) => change({ channels })}
      />
      {locked && (
        <p className="text-sm text-warn" role="status">
          {t('dayLocked')}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="ghost" onClick={() => create(true)} disabled={locked || !time}>
          {t('more')}
        </Button>
        <Button kind="primary" type="submit" disabled={locked}>
          {t('apply')}
        </Button>
      </div>
    </form>
  )
}
