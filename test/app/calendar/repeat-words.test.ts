import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { MESSAGES } from '#app/_i18n/messages.ts'
import {
  choiceOf,
  choicesFor,
  formOf,
  ruleOf,
} from '#app/(newsroom)/calendar/_components/fields/repeat-field-choices.ts'
import { ruleWords } from '#app/(newsroom)/calendar/_components/fields/repeat-field-words.ts'
import type { PlainDay, Repeat } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'

const rule = (freq: Repeat['freq'], more: Partial<Repeat> = {}): Repeat => ({
  ...{ freq, every: 1, weekdays: [], nth: null, end: null },
  ...more,
})

function told(locale: Locale, repeat: Repeat, start: PlainDay): string {
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: 'calendar.repeat' })
  return ruleWords(t, locale, repeat, start)
}

/** A Friday, and the first, second and last of their weekday. */
const FRIDAY = '2026-11-27'
const SECOND_TUESDAY = '2026-11-10'
const FIRST = '2026-12-01'

describe('a rule is told', () => {
  test.each<[Repeat, PlainDay, string, string]>([
    [rule('daily'), FRIDAY, 'chaque jour', 'every day'],
    [rule('daily', { every: 3 }), FRIDAY, 'tous les 3 jours', 'every 3 days'],
    [rule('weekly'), FRIDAY, 'chaque vendredi', 'every Friday'],
    [
      rule('weekly', { weekdays: ['FR', 'MO', 'WE'] }),
      FRIDAY,
      'chaque lundi, mercredi et vendredi',
      'every Monday, Wednesday and Friday',
    ],
    [
      rule('weekly', { weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'] }),
      FRIDAY,
      'du lundi au vendredi',
      'Monday to Friday',
    ],
    [
      rule('weekly', { every: 2, weekdays: ['MO', 'FR'] }),
      FRIDAY,
      'toutes les 2 semaines, le lundi et le vendredi',
      'every 2 weeks on Monday and Friday',
    ],
    [rule('monthly'), '2026-11-03', 'le 3 de chaque mois', 'on the 3rd of each month'],
    [rule('monthly'), FIRST, 'le 1er de chaque mois', 'on the 1st of each month'],
    [rule('monthly', { every: 2 }), '2026-11-12', 'le 12, tous les 2 mois', 'on the 12th, every 2 months'],
    [
      rule('monthly', { weekdays: ['TU'], nth: 2, end: { until: '2027-06-24' } }),
      SECOND_TUESDAY,
      'le deuxième mardi du mois, jusqu’au 24 juin 2027',
      'on the second Tuesday of the month, until June 24, 2027',
    ],
    [
      rule('monthly', { weekdays: ['FR'], nth: -1 }),
      FRIDAY,
      'le dernier vendredi du mois',
      'on the last Friday of the month',
    ],
    [rule('yearly'), '2027-06-24', 'chaque année, le 24 juin', 'every year on June 24'],
    [rule('weekly', { end: { count: 1 } }), FRIDAY, 'chaque vendredi, 1 fois', 'every Friday, once'],
    [rule('weekly', { end: { count: 12 } }), FRIDAY, 'chaque vendredi, 12 fois', 'every Friday, 12 times'],
    [
      rule('daily', { end: { until: '2027-01-01' } }),
      FRIDAY,
      'chaque jour, jusqu’au 1er janvier 2027',
      'every day, until January 1, 2027',
    ],
  ])('%j from %s: «%s», “%s”', (repeat, start, french, english) => {
    expect(told('fr', repeat, start)).toBe(french)
    expect(told('en', repeat, start)).toBe(english)
  })
})

describe('the rules that are one press away', () => {
  test('name the day on which the slot begins', () => {
    const words = choicesFor(SECOND_TUESDAY).map(({ repeat }) => told('fr', repeat, SECOND_TUESDAY))
    expect(words).toEqual([
      'chaque jour',
      'du lundi au vendredi',
      'chaque mardi',
      'toutes les 2 semaines, le mardi',
      'le 10 de chaque mois',
      'le deuxième mardi du mois',
      'chaque année, le 10 novembre',
    ])
  })

  test('offer the last weekday of a month, and no fifth one', () => {
    const nths = choicesFor('2026-11-30').map(({ repeat }) => repeat.nth)
    expect(nths).toContain(-1)
    expect(nths).not.toContain(5)
  })

  test('are recognised in a rule whatever its end and however it says its weekday', () => {
    const end = { count: 3 }
    expect(choiceOf(rule('weekly', { end }), FRIDAY)?.name).toBe('weekly')
    expect(choiceOf(rule('weekly', { weekdays: ['FR'], end }), FRIDAY)?.name).toBe('weekly')
    expect(choiceOf(rule('weekly', { weekdays: ['SA'] }), FRIDAY)).toBeNull()
  })
})

describe('the fields of a rule', () => {
  const start = FRIDAY
  const form = formOf(null, start, '2027-03-01')

  test('say every rule back that they were given', () => {
    const rules = [
      rule('daily', { every: 4, end: { count: 7 } }),
      rule('weekly', { weekdays: ['MO', 'FR'], end: { until: '2027-02-01' } }),
      rule('monthly', { weekdays: ['FR'], nth: 4 }),
      rule('monthly'),
      rule('yearly', { every: 2 }),
    ]
    for (const one of rules) expect(ruleOf(formOf(one, start, start), start)).toEqual(one)
  })

  test.each([
    ['badEvery', { every: '' }],
    ['badEvery', { every: '0' }],
    ['badEvery', { every: '1.5' }],
    ['badEvery', { every: '100' }],
    ['noWeekday', { freq: 'weekly', weekdays: [] }],
    ['badUntil', { end: 'until', until: '2026-11-26' }],
    ['badUntil', { end: 'until', until: '' }],
    ['badUntil', { end: 'until', until: '9999-12-31' }],
    ['badCount', { end: 'count', count: '1001' }],
    ['badCount', { end: 'count', count: 'deux' }],
  ] as const)('are refused with %s for %j', (problem, part) => {
    expect(ruleOf({ ...form, ...part }, start)).toBe(problem)
  })
})
