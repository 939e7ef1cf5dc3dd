import { expect, test } from 'vitest'
import {
  CHECKLIST_LIMITS,
  checkedSettings,
  DEFAULT_CHECKLIST,
  parseReviewSettings,
} from '#lib/domain/review/settings.ts'

test('a newsroom that has said nothing asks for one other person, and its checklist is in its language', () => {
  for (const stored of [undefined, null, {}, 'x', 7, { mode: 'nobody', checklist: 4, channels: [] }]) {
    expect(parseReviewSettings(stored, 'fr')).toEqual({
      mode: 'one',
      channels: {},
      checklist: DEFAULT_CHECKLIST.fr,
    })
  }
  expect(parseReviewSettings({}, 'en').checklist).toEqual(DEFAULT_CHECKLIST.en)
})

test('an emptied checklist stays empty', () => {
  expect(parseReviewSettings({ checklist: [] }, 'fr').checklist).toEqual([])
})

test('what can be read of a row is kept where the rest cannot', () => {
  const stored = { mode: 'two', channels: { facebook: 'maybe' }, checklist: ['Liens'] }
  expect(parseReviewSettings(stored, 'fr')).toEqual({ mode: 'two', channels: {}, checklist: ['Liens'] })
})

test('settings are stored as they are, but for blanks around the points', () => {
  const settings = {
    mode: 'coordinator',
    channels: { x: 'none', blog: 'two' },
    checklist: ['Liens', 'Sources'],
  }
  expect(checkedSettings({ ...settings, checklist: [' Liens ', 'Sources'] })).toEqual(settings)
})

test('nothing is stored that is out of bounds', () => {
  const valid = { mode: 'one', channels: {}, checklist: ['Liens'] }
  const { points, length } = CHECKLIST_LIMITS
  const wrong = [
    { ...valid, mode: 'three' },
    { ...valid, channels: { fax: 'one' } },
    { ...valid, channels: { x: 'three' } },
    { ...valid, checklist: [' '] },
    { ...valid, checklist: ['Liens', ' Liens'] },
    { ...valid, checklist: ['x'.repeat(length + 1)] },
    { ...valid, checklist: Array.from({ length: points + 1 }, (_, at) => `${at}`) },
    { mode: 'one' },
    null,
  ]
  for (const one of wrong) expect(checkedSettings(one), JSON.stringify(one)).toBeNull()
  const most = Array.from({ length: points }, (_, at) => `${at}`.padEnd(length, 'x'))
  expect(checkedSettings({ ...valid, checklist: most })?.checklist).toEqual(most)
})
