import { describe, expect, test } from 'vitest'
import { readChoices, timeMinutes, timeText } from '#app/(newsroom)/profile/_components/notify-hours.ts'

const typed = {
  mentions: 'now',
  replies: 'digest',
  reviews: 'none',
  approvals: 'now',
  digestAt: '08:30',
  quiet: 'on',
  quietFrom: '22:00',
  quietTo: '06:45',
}

describe('the form of e-mail choices', () => {
  test('says what was chosen', () => {
    expect(readChoices(typed)).toEqual({
      choices: {
        pace: { mentions: 'now', replies: 'digest', reviews: 'none', approvals: 'now' },
        digestAt: 510,
        quiet: { from: 1320, to: 405 },
      },
    })
  })

  test('asks for no hours where there are none', () => {
    const { quiet: _, ...loud } = { ...typed, quietFrom: '', quietTo: '' }
    expect(readChoices(loud)).toMatchObject({ choices: { quiet: null } })
  })

  test.each([
    [{ digestAt: '' }, { digestAt: 'time' }],
    [{ quietFrom: '' }, { quietFrom: 'time' }],
    [{ quietTo: '' }, { quietTo: 'time' }],
    [{ quietFrom: '06:45' }, { quietTo: 'quietHours' }],
    [
      { digestAt: '', quietTo: '' },
      { digestAt: 'time', quietTo: 'time' },
    ],
  ])('with %o says %o', (change, wrong) => {
    expect(readChoices({ ...typed, ...change })).toEqual({ wrong })
  })

  test('reads every time that it writes', () => {
    for (let minutes = 0; minutes < 1440; minutes++) expect(timeMinutes(timeText(minutes))).toBe(minutes)
    expect(timeMinutes('x')).toBeNull()
  })
})
