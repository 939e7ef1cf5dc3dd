'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { SelectField } from '#app/_ui/select-field.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { toast } from '#app/_ui/toast.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { dayOf, endOf } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { timeWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'
import { changeOccurrence } from '../move/scope-dialog-acts.ts'
import { useLengthWords } from './slot-fields-length.ts'
import type { PlaceProps } from './slot-fields-props.ts'
import { lengths, type TimingForm, timeOf, timingChange, timingForm } from './slot-fields-timing.ts'
import { useWhenWords } from './slot-fields-when.ts'

/** A date that is typed digit by digit is taken once the hand rests; milliseconds. */
const REST_MS = 900

/**
 * When it begins and how long it lasts. A single slot follows the fields; of one that repeats, nothing moves before
 * the person says so, for then it is asked how many move along.
 */
export function TimeFields(props: PlaceProps) {
  const { slot, day, editable, movable } = props
  const t = useTranslations('calendar.sheet')
  const common = useTranslations('common')
  const { form, pending, problem, change, commit, drop } = useTiming(props)
  const disabled = !editable || !movable
  const repeats = slot.repeat !== null
  return (
    <fieldset className="flex min-w-0 flex-col gap-3" onBlur={repeats ? undefined : () => void commit()}>
      <legend className="sr-only">{t('whenLabel')}</legend>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('date')}
          type="date"
          value={form.date}
          min={`${LIMITS.firstYear}-01-01`}
          max={`${LIMITS.lastYear}-12-31`}
          disabled={disabled}
          onChange={(event) => change({ date: event.target.value }, REST_MS)}
        />
        {!form.wholeDay && (
          <TextField
            label={t('start')}
            type="time"
            value={form.clock}
            disabled={disabled}
            onChange={(event) => change({ clock: event.target.value }, REST_MS)}
          />
        )}
        {form.wholeDay ? (
          <TextField
            label={t('days')}
            type="number"
            inputMode="numeric"
            min={1}
            max={LIMITS.days}
            value={form.days}
            disabled={disabled}
            onChange={(event) => change({ days: event.target.value }, REST_MS)}
          />
        ) : (
          <LengthField
            minutes={form.minutes}
            disabled={disabled}
            onChange={(minutes) => change({ minutes }, 0)}
          />
        )}
        <label className="flex min-h-(--control) items-center gap-2 self-end">
          <input
            type="checkbox"
            checked={form.wholeDay}
            disabled={disabled}
            onChange={(event) => change({ wholeDay: event.target.checked }, 0)}
            className="size-4.5 accent-accent"
          />
          {t('allDay')}
        </label>
      </div>
      <EndLine {...props} form={form} />
      {pending && problem && <FormError>{t(`problems.${problem}`)}</FormError>}
      {repeats && pending && (
        <div className="flex justify-end gap-2">
          <Button size="small" onClick={drop}>
            {common('cancel')}
          </Button>
          <Button size="small" kind="primary" onClick={() => void commit()} key={day}>
            {t('applyTime')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

type Problem = 'badTime' | 'tooLong' | 'endsBeforeStart' | 'outOfRange' | 'locked'

/** Where the fields differ from the slot, they stand; the rest follows whatever others do to it. */
function useTiming({ slot, day }: PlaceProps) {
  const t = useTranslations('calendar.sheet')
  const model = useCalendar()
  const whenWords = useWhenWords()
  const { zone } = model.settings
  const [mine, setMine] = useState<Partial<TimingForm> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const form = { ...timingForm(slot, day, zone), ...mine }
  const found = timingChange(form, slot, day, zone)
  const problem = problemOf(found, model.rights.move, slot)

  async function commit() {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    if (mine === null || problem !== null || 'problem' in found) return
    const { change } = found
    setMine(null)
    if (Object.keys(change).length === 0) return
    const time = change.time ?? timeAt(slot, day, zone)
    const when = whenWords({ ...slot, ...change, time })
    const made = await changeOccurrence(model, { id: slot.id, day }, change, t('moved', { when }))
    if (made.ok) model.openSlot(made.id, dayOf(time))
    else if (made.error === 'gone') toast.failed(t('occurrenceGone'))
    else setMine(mine)
  }
  const latest = useRef(commit)
  latest.current = commit
  useEffect(() => () => void (timer.current && latest.current()), [])

  function change(part: Partial<TimingForm>, rest: number) {
    setMine({ ...mine, ...part })
    if (slot.repeat !== null) return
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => void latest.current(), rest)
  }
  return { form, pending: mine !== null, problem, change, commit, drop: () => setMine(null) }
}

function problemOf(
  found: ReturnType<typeof timingChange>,
  mayMove: ReturnType<typeof useCalendar>['rights']['move'],
  slot: PlaceProps['slot'],
): Problem | null {
  if ('change' in found) {
    const { time } = found.change
    return time && !mayMove(slot, dayOf(time)) ? 'locked' : null
  }
  const { problem } = found
  return problem === 'tooLong' || problem === 'endsBeforeStart' || problem === 'outOfRange'
    ? problem
    : 'badTime'
}

type LengthProps = { minutes: number; disabled: boolean; onChange: (minutes: number) => void }

function LengthField({ minutes, disabled, onChange }: LengthProps) {
  const t = useTranslations('calendar.sheet')
  const words = useLengthWords()
  return (
    <SelectField
      label={t('lengthLabel')}
      value={String(minutes)}
      disabled={disabled}
      onChange={(event) => onChange(Number(event.target.value))}
      options={lengths(minutes).map((one) => ({ value: String(one), label: words(one) }))}
    />
  )
}

/** When it is over, and what its own clocks say where they are others. */
function EndLine({ slot, day, form }: PlaceProps & { form: TimingForm }) {
  const t = useTranslations('calendar.sheet')
  const { settings, locale } = useCalendar()
  const { zone } = settings
  const was = timeAt(slot, day, zone)
  const time = timeOf(form, was, zone)
  if (time?.kind !== 'timed') return null
  const start = Date.parse(time.at)
  const end = endOf({ time, minutes: form.minutes, days: 1 }, zone)
  const sameDay = localDay(start, zone) === localDay(end - 1, zone)
  return (
    <p className="-mt-1 text-faint text-sm">
      {t(sameDay ? 'endsAt' : 'endsAtLater', { time: timeWords(end, locale, zone) })}
      {time.zone !== zone && (
        <span className="block">
          {t('otherZone', { time: timeWords(start, locale, time.zone), zone: placeOf(time.zone) })}
        </span>
      )}
    </p>
  )
}

/** `America/St_Johns` → «St Johns». */
const placeOf = (zone: string) => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
