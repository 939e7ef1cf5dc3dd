'use client'

import { ChevronDown } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { FormError } from '#app/_ui/form-error.tsx'
import { VisuallyHidden } from '#app/_ui/visually-hidden.tsx'
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

type ChoiceProps = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** The system’s own control, named for who listens only: the words around it say what it is. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <span className="relative min-w-0 grow">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(FIELD_LOOK, 'appearance-none pr-9')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint"
      />
    </span>
  )
}

function Every({ form, change }: PartProps) {
  const t = useTranslations('calendar.repeat')
  const count = Number(form.every) || 1
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden="true" className="shrink-0">
        {t('everyWord', { freq: form.freq })}
      </span>
      <span className="w-16 shrink-0">
        <input
          type="number"
          inputMode="numeric"
          min={1}
          max={99}
          aria-label={t('every')}
          value={form.every}
          onChange={(event) => change({ every: event.target.value })}
          className={FIELD_LOOK}
        />
      </span>
      <Choice
        label={t('unit')}
        value={form.freq}
        onChange={(value) => change({ freq: FREQS.find((freq) => freq === value) ?? 'weekly' })}
        options={FREQS.map((freq) => ({ value: freq, label: t(`units.${freq}`, { count }) }))}
      />
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
              onClick={() => change({ weekdays: next })}
              className="grid h-(--control) min-w-0 place-items-center rounded-sm border border-edge bg-sheet text-sm text-soft hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-on-accent"
            >
              <span aria-hidden="true">{weekdayWords(day, locale, 'short').slice(0, 3)}</span>
              <VisuallyHidden>{weekdayWords(day, locale)}</VisuallyHidden>
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
    <Choice
      label={t('monthDay')}
      value={String(form.nth)}
      onChange={(value) => change({ nth: nths.find((nth) => String(nth) === value) ?? null })}
      options={nths.map((nth) => ({
        value: String(nth),
        label: words({ freq: 'monthly', every: 1, weekdays: [], nth, end: null }, start),
      }))}
    />
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
      {field && <span className="flex w-44 min-w-0 items-center gap-2">{field}</span>}
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
          className={FIELD_LOOK}
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
            className={FIELD_LOOK}
          />
          <span aria-hidden="true">{t('times', { count: Number(form.count) || 0 })}</span>
        </>,
      )}
    </fieldset>
  )
}
