import { describe, expect, test } from 'vitest'
import type { RevisionId } from '#lib/domain/ids.ts'
import { gaps, isBlocked, isClear, type Judged } from '#lib/domain/review/approval.ts'
import { type ApprovedRevision, type DatedVerdict, writersFrom } from '#lib/domain/review/approved.ts'
import { requirement } from '#lib/domain/review/requirement.ts'
import type { ReviewMode } from '#lib/domain/review/settings.ts'
import { facts, person, verdict } from './facts.ts'

const missing = (mode: ReviewMode, writers: string, approvers: string, coordinators = ''): unknown => {
  const verdicts = [...approvers].map((by) =>
    verdict(by, 'approve', { role: coordinators.includes(by) ? 'coordinator' : 'editor' }),
  )
  const words = gaps(facts({ mode, writers: [...writers].map(person), verdicts })).map((gap) => {
    if (gap.kind === 'approvals') return `${gap.count} more`
    return gap.kind === 'another' ? `not ${gap.than} alone` : 'a coordinator'
  })
  return words.join(', ')
}

describe('what is missing', () => {
  test.each([
    // mode, writers, approvers, coordinators among them, what is missing
    ['none', 'A', '', '', ''],
    ['none', 'A', 'A', '', ''],
    ['one', '', '', '', '1 more'],
    ['one', '', 'A', '', ''],
    ['one', 'A', '', '', '1 more'],
    ['one', 'A', 'A', '', 'not A alone'],
    ['one', 'A', 'B', '', ''],
    ['one', 'AB', 'B', '', 'not B alone'],
    ['one', 'AB', 'AB', '', ''],
    ['one', 'AB', 'C', '', ''],
    ['two', 'A', 'B', '', '1 more'],
    ['two', 'A', 'AB', '', 'not A alone'],
    ['two', 'A', 'BC', '', ''],
    ['two', 'A', 'ABC', '', ''],
    ['two', 'AB', 'ABC', '', ''],
    ['two', 'AB', 'AB', '', 'not A alone, not B alone'],
    ['two', 'A', 'A', '', '1 more, not A alone'],
    ['two', '', '', '', '2 more'],
    ['coordinator', 'A', 'B', '', 'a coordinator'],
    ['coordinator', 'A', 'BC', 'C', ''],
    ['coordinator', 'AC', 'C', 'C', 'not C alone'],
    ['coordinator', 'AC', 'BC', 'C', 'not C alone'],
    ['coordinator', 'CD', 'CD', 'CD', ''],
    ['coordinator', '', 'C', 'C', ''],
  ] as const)('where the rule is «%s», «%s» wrote and «%s» approved (coordinators «%s»): «%s»', (...row) => {
    const [mode, writers, approvers, coordinators, expected] = row
    expect(missing(mode, writers, approvers, coordinators)).toBe(expected)
  })

  test.each([null, 'reader', 'commenter', 'contributor'] as const)(
    'is not filled by somebody who is now %s',
    (role) => {
      expect(gaps(facts({ verdicts: [verdict('B', 'approve', { role })] }))).toEqual([
        { kind: 'approvals', count: 1 },
      ])
      expect(isBlocked(facts({ verdicts: [verdict('B', 'changes', { role })] }))).toBe(false)
    },
  )

  test('is not filled by approvals of another text', () => {
    expect(isClear(facts({ verdicts: [verdict('B', 'approve', { hash: 'before' })] }))).toBe(false)
  })

  test('is not asked for in an emergency, as long as whoever declared it coordinates', () => {
    const text = (role: 'coordinator' | 'editor'): Judged =>
      facts({ mode: 'two', verdicts: [verdict('A', 'override', { role })] })
    expect(isClear(text('coordinator'))).toBe(true)
    expect(isClear(text('editor'))).toBe(false)
  })
})

test('the strictest channel decides, and the newsroom where none does', () => {
  const settings = {
    mode: 'one',
    channels: { facebook: 'coordinator', x: 'none', blog: 'two' },
    checklist: [],
  } as const
  expect(requirement(settings, [])).toBe('one')
  expect(requirement(settings, ['x'])).toBe('none')
  expect(requirement(settings, ['x', 'youtube'])).toBe('one')
  expect(requirement(settings, ['blog', 'x'])).toBe('two')
  expect(requirement(settings, ['blog', 'facebook', 'x'])).toBe('coordinator')
})

describe('who wrote what is not approved is counted', () => {
  const dated = (by: string, hash: string, role: 'editor' | null = 'editor'): DatedVerdict => ({
    ...verdict(by, 'approve', { hash, role }),
    roleThen: 'editor',
  })
  const revision = (
    id: string,
    seq: number,
    writers: string,
    since: string | null,
    published = false,
  ): ApprovedRevision => ({
    id: id as RevisionId,
    hash: id,
    seq,
    writers: [...writers].map(person),
    since: since as RevisionId | null,
    published,
  })
  const from = (hash: string, verdicts: readonly DatedVerdict[], revisions: readonly ApprovedRevision[]) => {
    const found = writersFrom(hash, { mode: 'one', verdicts, revisions })
    return found.from === 'start' ? 'start' : `${found.from} ${found.revision.id}`
  }
  const first = revision('first', 10, 'A', null)
  const second = revision('second', 20, 'B', 'first')

  test('from the first word where nothing was approved', () => {
    expect(from('now', [], [])).toBe('start')
  })

  test('from the newest revision whose approval stands', () => {
    expect(from('now', [dated('B', 'first'), dated('A', 'second')], [first, second])).toBe('later second')
    expect(from('now', [dated('B', 'first')], [first, second])).toBe('later first')
  })

  test('not at all in a text that was approved word for word', () => {
    expect(from('first', [dated('B', 'first'), dated('A', 'second')], [first, second])).toBe('revision first')
  })

  test('from the first word where an approval has fallen that all others lean on', () => {
    const verdicts = [dated('B', 'first', null), dated('A', 'second')]
    expect(from('now', verdicts, [first, second])).toBe('start')
    expect(from('now', verdicts, [second]), 'also when it is gone').toBe('start')
  })

  test('from what was published, whoever has left since', () => {
    const out = revision('first', 10, 'A', null, true)
    expect(from('now', [dated('B', 'first', null)], [out])).toBe('later first')
  })

  test('not from what an emergency let out: nobody else has read it', () => {
    const emergency: DatedVerdict = {
      ...verdict('C', 'override', { hash: 'first', role: 'coordinator' }),
      roleThen: 'coordinator',
    }
    expect(from('now', [emergency], [revision('first', 10, 'C', null, true)])).toBe('start')
  })
})
