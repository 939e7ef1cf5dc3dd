'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { FormError } from '#app/_ui/form-error.tsx'
import { addDays } from '#lib/domain/calendar/days.ts'
import { LIMITS, type PlainDay, type Repeat, WEEKDAYS } from '#lib/domain/calendar/slot.ts'
import { choicesFor, type FormProblem, formOf, type RuleForm, ruleOf } from './repeat-field-choices.ts'
import { useRepeatWords, weekdayWords } from './repeat-field-words.ts'

type Props = {
  repeat: Repeat | null
  start: PlainDay
  onApply: (repeat: Repeat) => void
  onCancel: () => void
}

const FREQS = ['daily', 'weekly', 'monthly', 'yearly'] as const

/** A rule put together: every how many, on which days, until when. It is told in words while one chooses. */
export function RepeatRule({ repeat, start, onApply, onCancel }: Props) {
  const t = useTranslations('calendar.repeat')
  const common = useTranslations('common')
  const words = useRepeatWords()
  const [form, setForm] = useState(() => formOf(repeat, start, addDays(start, 91)))
  const [problem, setProblem] = useState<FormProblem | null>(null)
  const change = (part: Partial<RuleForm>) => {
    setForm({ ...form, ...part })
    setProblem(null)
  }
  const rule = ruleOf(form, start)
  const apply = () => (typeof rule === 'string' ? setProblem(rule) : onApply(rule))
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-sm border border-rule bg-well p-3">
      <legend className="sr-only">{t('customTitle')}</legend>
      <Every form={form} change={change} />
      {form.freq === 'weekly' && <Weekdays form={form} change={change} />}
      {form.freq === 'monthly' && <MonthDay form={form} change={change} start={start} />}
      <End form={form} change={change} start={start} />
      <p aria-live="polite" className="text-soft text-sm">
        {typeof rule === 'string' ? '' : words(rule, start)}
      </p>
      <FormError>{problem ? t(`problems.${problem}`) : undefined}</FormError>
      <div className="flex justify-end gap-2">
        <Button size="small" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button size="small" kind="primary" onClick={apply}>
          {t('apply')}
        </Button>
      </div>
    </fieldset>
  )
}

type PartProps = { form: RuleForm; change: (part: Partial<RuleForm>) => void }

const SMALL = classNames(FIELD_LOOK, 'w-auto')

function Every({ form, change }: PartProps) {
  const t = useTranslations('calendar.repeat')
  const count = Number(form.every) || 1
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden="true">{t('everyWord', { freq: form.freq })}</span>
      <input
        type="number"
        inputMode="numeric"
        min={1}
        max={99}
        aria-label={t('every')}
        value={form.every}
        onChange={(event) => change({ every: event.target.value })}
        className={classNames(SMALL, 'w-18')}
      />
      <select
        aria-label={t('unit')}
        value={form.freq}
        onChange={(event) => change({ freq: FREQS.find((freq) => freq === event.target.value) ?? 'weekly' })}
        className={classNames(SMALL, 'grow')}
      >
        {FREQS.map((freq) => (
          <option key={freq} value={freq}>
            {t(`units.${freq}`, { count })}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The week begins on Sunday, as calendars of Québec do. */
const SUNDAY_FIRST = [...WEEKDAYS.slice(6), ...WEEKDAYS.slice(0, 6)]

function Weekdays({ form, change }: PartProps) {
  const t = useTranslations('calendar.repeat')
  const locale = useLocale()
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('weekdays')}</legend>
      <div className="grid grid-cols-7 gap-1">
        {SUNDAY_FIRST.map((day) => {
          const pressed = form.weekdays.includes(day)
          const next = WEEKDAYS.filter((one) => (one === day ? !pressed : form.weekdays.includes(one)))
          return (
            <button
              key={day}
              type="button"
              aria-pressed={pressed}
              aria-label={weekdayWords(day, locale)}
              onClick={() => change({ weekdays: next })}
              className="grid h-(--control) min-w-0 place-items-center rounded-sm border border-edge bg-sheet text-sm text-soft hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-on-accent"
            >
              {weekdayWords(day, locale, 'short').slice(0, 3)}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}

function MonthDay({ form, change, start }: PartProps & { start: PlainDay }) {
  const t = useTranslations('calendar.repeat')
  const words = useRepeatWords()
  const rules = choicesFor(start).filter(({ repeat }) => repeat.freq === 'monthly')
  // The rule that stands may be another than those of its start.
  const nths = [...new Set([...rules.map(({ repeat }) => repeat.nth), form.nth])]
  return (
    <select
      aria-label={t('monthDay')}
      value={String(form.nth)}
      onChange={(event) => change({ nth: nths.find((nth) => String(nth) === event.target.value) ?? null })}
      className={FIELD_LOOK}
    >
      {nths.map((nth) => (
        <option key={String(nth)} value={String(nth)}>
          {words({ freq: 'monthly', every: 1, weekdays: [], nth, end: null }, start)}
        </option>
      ))}
    </select>
  )
}

function End({ form, change, start }: PartProps & { start: PlainDay }) {
  const t = useTranslations('calendar.repeat')
  const name = useId()
  const line = (end: RuleForm['end'], label: string, field?: ReactNode) => (
    <div className="flex min-h-(--control) items-center gap-2">
      <label className="flex min-h-(--control) items-center gap-2">
        <input
          type="radio"
          name={name}
          checked={form.end === end}
          onChange={() => change({ end })}
          className="size-4.5 accent-accent"
        />
        {label}
      </label>
      {field}
    </div>
  )
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium text-sm">{t('ends')}</legend>
      {line('never', t('never'))}
      {line(
        'until',
        t('untilDay'),
        <input
          type="date"
          aria-label={t('untilDate')}
          min={start}
          max={`${LIMITS.lastYear}-12-31`}
          value={form.until}
          onChange={(event) => change({ until: event.target.value, end: 'until' })}
          className={SMALL}
        />,
      )}
      {line(
        'count',
        t('after'),
        <>
          <input
            type="number"
            inputMode="numeric"
            min={1}
            max={1000}
            aria-label={t('count')}
            value={form.count}
            onChange={(event) => change({ count: event.target.value, end: 'count' })}
            className={classNames(SMALL, 'w-20')}
          />
          <span aria-hidden="true">{t('times', { count: Number(form.count) || 0 })}</span>
        </>,
      )}
    </fieldset>
  )
}
