import { dayNumber, dayOfMonth, daysBetween, monthIndex, weekdayOf } from '#lib/domain/calendar/days.ts'
import { type PlainDay, type Repeat, WEEKDAYS } from '#lib/domain/calendar/slot.ts'

/** The rules that are one press away, from the day on which the slot begins. */
export type Choice = { readonly name: string; readonly repeat: Repeat }

const rule = (freq: Repeat['freq'], more: Partial<Repeat> = {}): Repeat => ({
  freq,
  every: 1,
  weekdays: [],
  nth: null,
  end: null,
  ...more,
})

const WORKDAYS = WEEKDAYS.slice(0, 5)

/** Which of its weekday a day is in its month. */
const nthOf = (day: PlainDay): 1 | 2 | 3 | 4 | 5 => {
  const number = Math.ceil(dayOfMonth(dayNumber(day)) / 7)
  return ([1, 2, 3, 4, 5] as const).find((nth) => nth === number) ?? 5
}

/** Whether the same weekday does not come again in that month. */
const isLast = (day: PlainDay) => monthIndex(dayNumber(day) + 7) !== monthIndex(dayNumber(day))

export function choicesFor(start: PlainDay): readonly Choice[] {
  const weekday = weekdayOf(start)
  const nth = nthOf(start)
  const byNth = (name: string, which: Repeat['nth']): Choice => ({
    name,
    repeat: rule('monthly', { weekdays: [weekday], nth: which }),
  })
  return [
    { name: 'daily', repeat: rule('daily') },
    ...(WORKDAYS.includes(weekday)
      ? [{ name: 'workdays', repeat: rule('weekly', { weekdays: WORKDAYS }) }]
      : []),
    { name: 'weekly', repeat: rule('weekly', { weekdays: [weekday] }) },
    { name: 'twoWeeks', repeat: rule('weekly', { weekdays: [weekday], every: 2 }) },
    { name: 'monthly', repeat: rule('monthly') },
    // A fifth Tuesday is the last one, and few months have five.
    ...(nth === 5 ? [] : [byNth('nth', nth)]),
    ...(isLast(start) ? [byNth('last', -1)] : []),
    { name: 'yearly', repeat: rule('yearly') },
  ]
}

const sameRule = (a: Repeat, b: Repeat, start: PlainDay): boolean => {
  const days = ({ freq, weekdays }: Repeat) =>
    freq === 'weekly' && weekdays.length === 0 ? weekdayOf(start) : [...weekdays].sort().join()
  return a.freq === b.freq && a.every === b.every && a.nth === b.nth && days(a) === days(b)
}

/** The choice that says the same as a rule, whatever its end; null for one that was put together by hand. */
export const choiceOf = (repeat: Repeat, start: PlainDay): Choice | null =>
  choicesFor(start).find((choice) => sameRule(choice.repeat, repeat, start)) ?? null

/** What one writes in the fields of a rule; numbers as text, for a field may be empty while one types. */
export type RuleForm = {
  readonly freq: Repeat['freq']
  readonly every: string
  readonly weekdays: Repeat['weekdays']
  readonly nth: Repeat['nth']
  readonly end: 'never' | 'until' | 'count'
  readonly until: string
  readonly count: string
}

export function formOf(repeat: Repeat | null, start: PlainDay, until: PlainDay): RuleForm {
  const { freq, every, weekdays, nth, end } = repeat ?? rule('weekly')
  return {
    freq,
    every: String(every),
    weekdays: weekdays.length > 0 ? weekdays : [weekdayOf(start)],
    nth,
    end: end === null ? 'never' : 'until' in end ? 'until' : 'count',
    until: end !== null && 'until' in end ? end.until : until,
    count: end !== null && 'count' in end ? String(end.count) : '10',
  }
}

const whole = (text: string, most: number): number | null => {
  const number = Number(text)
  return /^\d+$/.test(text.trim()) && number >= 1 && number <= most ? number : null
}

export type FormProblem = 'badEvery' | 'noWeekday' | 'badUntil' | 'badCount'

/** The rule that the fields say, or what is wrong with them. */
export function ruleOf(form: RuleForm, start: PlainDay): Repeat | FormProblem {
  const every = whole(form.every, 99)
  if (every === null) return 'badEvery'
  if (form.freq === 'weekly' && form.weekdays.length === 0) return 'noWeekday'
  const end = endOf(form, start)
  if (typeof end === 'string') return end
  const nth = form.freq === 'monthly' ? form.nth : null
  const weekdays = form.freq === 'weekly' ? form.weekdays : nth === null ? [] : [weekdayOf(start)]
  return { freq: form.freq, every, weekdays, nth, end }
}

function endOf({ end, until, count }: RuleForm, start: PlainDay): Repeat['end'] | FormProblem {
  if (end === 'never') return null
  if (end === 'until') {
    const days = /^\d{4}-\d{2}-\d{2}$/.test(until) ? daysBetween(start, until) : Number.NaN
    return days >= 0 && until < '2101' ? { until } : 'badUntil'
  }
  const times = whole(count, 1000)
  return times === null ? 'badCount' : { count: times }
}
