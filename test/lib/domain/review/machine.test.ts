import { describe, expect, test } from 'vitest'
import { ROLES, type Role } from '#lib/domain/permissions.ts'
import { type Command, type Facts, type Live, type State, step } from '#lib/domain/review/machine.ts'
import { REVIEW_MODES, type ReviewMode } from '#lib/domain/review/settings.ts'
import { STAGES } from '#lib/domain/review/stage.ts'
import { facts, person, verdict } from './facts.ts'

/**
 * What each command leads to at each stage; «·» is `notNow`, «✗» is `notApproved`. `changed`: published, and written
 * further since. The one who acts is a coordinator who wrote nothing of it.
 */
const COLUMNS = [...STAGES, 'changed', 'archived'] as const
type Column = (typeof COLUMNS)[number]

const SAME_IN_ALL = `
               idea      drafting  inReview  changes   approved  scheduled published changed   archived
start          drafting  ·         ·         ·         ·         ·         ·         ·         A
shelve         ·         idea      ·         ·         ·         ·         ·         ·         A
ask            inReview  inReview  inReview  inReview  ·         ·         ·         inReview  A
withdraw       ·         ·         drafting  drafting  ·         ·         ·         ·         A
requestChanges ·         ·         changes   changes   changes   changes   ·         ·         A
override       ·         approved  approved  approved  ·         ·         ·         approved  A
takeBack       ·         ·         ·         ·         ·         ·         ·         ·         A
archive        archived  archived  archived  archived  archived  archived  archived  archived  ·
restore        ·         ·         ·         ·         ·         ·         ·         ·         drafting
`

/** Somebody has to approve, and not enough people have. */
const OPEN = `
schedule       ·         ✗         ✗         ✗         ✗         ·         ·         ✗         A
unschedule     ·         ·         ·         ·         ·         drafting  ·         ·         A
publish        ·         ✗         ✗         ✗         ✗         ✗         ·         ✗         A
edited         idea      drafting  inReview  changes   inReview  inReview  published published archived
`
const OPEN_AND_THIS_IS_ENOUGH = `
approve        ·         ·         approved  approved  approved  scheduled ·         ·         A
`
const OPEN_AND_THIS_IS_NOT_ENOUGH = `
approve        ·         ·         inReview  inReview  inReview  inReview  ·         ·         A
`

/** As many people have approved as have to. */
const ENOUGH = `
approve        ·         ·         approved  approved  approved  scheduled ·         ·         A
schedule       ·         scheduled scheduled scheduled scheduled ·         ·         scheduled A
unschedule     ·         ·         ·         ·         ·         approved  ·         ·         A
publish        ·         published published published published published ·         published A
edited         idea      drafting  approved  approved  approved  scheduled published published archived
`

/** Nobody has to approve, and nobody has. */
const FREE = `
approve        ·         ·         approved  approved  approved  scheduled ·         ·         A
schedule       ·         scheduled scheduled scheduled scheduled ·         ·         scheduled A
unschedule     ·         ·         ·         ·         ·         drafting  ·         ·         A
publish        ·         published published published published published ·         published A
edited         idea      drafting  inReview  changes   inReview  scheduled published published archived
`

type Word = Command['type']
type Table = ReadonlyMap<Word, ReadonlyMap<Column, string>>

const WORDS: Readonly<Record<string, string>> = {
  '·': 'notNow',
  '✗': 'notApproved',
  A: 'archived!',
  changes: 'changesRequested',
}

function read(...texts: readonly string[]): Table {
  const rows = texts
    .join('')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([word, ...cells]) => word !== undefined && word !== 'idea' && cells.length === COLUMNS.length)
  return new Map(
    rows.map(([word, ...cells]) => [
      word as Word,
      new Map(COLUMNS.map((column, at) => [column, WORDS[cells[at] ?? ''] ?? cells[at] ?? ''])),
    ]),
  )
}

const MAY: { readonly [W in Word]?: readonly Role[] } = {
  start: ['coordinator', 'editor', 'contributor'],
  shelve: ['coordinator', 'editor', 'contributor'],
  ask: ['coordinator', 'editor', 'contributor'],
  withdraw: ['coordinator', 'editor', 'contributor'],
  approve: ['coordinator', 'editor'],
  requestChanges: ['coordinator', 'editor'],
  takeBack: ['coordinator', 'editor'],
  override: ['coordinator'],
  schedule: ['coordinator', 'editor'],
  unschedule: ['coordinator', 'editor'],
  publish: ['coordinator', 'editor'],
}

const ALL = [...read(SAME_IN_ALL, FREE).keys()]

function commandOf(type: Word, role: Role, now: Facts): Command {
  const by = { volunteerId: person('Z'), role }
  switch (type) {
    case 'edited':
      return { type, now }
    case 'archive':
    case 'restore':
      return { type }
    case 'approve':
    case 'requestChanges':
    case 'override':
    case 'takeBack':
    case 'publish':
      return { type, by, hash: now.hash }
    default:
      return { type, by }
  }
}

function stateAt(column: Column, text: Facts): State {
  if (column === 'archived') return { stage: 'archived', before: { ...text, stage: 'drafting' } }
  if (column === 'changed') return { ...text, stage: 'published', published: 'before' }
  if (column === 'published') return { ...text, stage: column, published: text.hash }
  return { ...text, stage: column }
}

function outcome(state: State, command: Command): string {
  const next = step(state, command)
  if (next.ok) return next.value.stage
  return next.error === 'archived' ? 'archived!' : next.error
}

const both = [verdict('B', 'approve', { role: 'coordinator' }), verdict('C', 'approve', { role: 'editor' })]

/** The tables for what the one who acts would be the first, or one more, to approve. */
function situations(mode: ReviewMode, role: Role): readonly (readonly [string, Facts, Table])[] {
  const enough = read(SAME_IN_ALL, ENOUGH)
  const satisfied = ['enough have approved', facts({ mode, verdicts: both }), enough] as const
  if (mode === 'none') return [['nobody has', facts({ mode }), read(SAME_IN_ALL, FREE)], satisfied]
  const isEnough = mode === 'one' || (mode === 'coordinator' && role === 'coordinator')
  const approving = isEnough ? OPEN_AND_THIS_IS_ENOUGH : OPEN_AND_THIS_IS_NOT_ENOUGH
  return [['nobody has', facts({ mode }), read(SAME_IN_ALL, OPEN, approving)], satisfied]
}

describe.each(REVIEW_MODES)('where the rule is «%s»', (mode) => {
  describe.each(ROLES)('a %s', (role) => {
    test.each(situations(mode, role))('does what the table says where %s', (_title, text, table) => {
      expect([...table.keys()].toSorted()).toEqual(ALL.toSorted())
      for (const [word, cells] of table) {
        for (const column of COLUMNS) {
          const isAllowed = MAY[word]?.includes(role) ?? true
          const expected = isAllowed ? cells.get(column) : 'forbidden'
          const found = outcome(stateAt(column, text), commandOf(word, role, text))
          expect(`${word} at ${column}: ${found}`).toBe(`${word} at ${column}: ${expected}`)
        }
      }
    })
  })
})

const Z = { volunteerId: person('Z'), role: 'editor' } as const
const at = (stage: Exclude<Live['stage'], 'published'>, differing: Partial<Facts>): Live => ({
  ...facts(differing),
  stage,
})

describe('a judgement', () => {
  test.each(['approve', 'requestChanges', 'override', 'publish'] as const)(
    'to %s another text than the one looked at is refused',
    (type) => {
      const by = { volunteerId: person('Z'), role: 'coordinator' } as const
      const state = at('inReview', { verdicts: both })
      expect(outcome(state, { type, by, hash: 'before' })).toBe('contentChanged')
    },
  )

  test('takes the place of the one that the same person gave on the same text', () => {
    const asked = step(at('inReview', {}), { type: 'requestChanges', by: Z, hash: 'now' })
    const next = asked.ok ? step(asked.value, { type: 'approve', by: Z, hash: 'now' }) : asked
    expect(next).toEqual({
      ok: true,
      value: { ...facts({ verdicts: [verdict('Z')] }), stage: 'approved' },
    })
  })

  test('leaves what the same person decided on another text', () => {
    const before = verdict('Z', 'changes', { hash: 'before' })
    const next = step(at('inReview', { verdicts: [before] }), { type: 'approve', by: Z, hash: 'now' })
    expect(next).toMatchObject({ value: { verdicts: [before, verdict('Z')] } })
  })

  test('by others does not lead on while somebody wants this text changed', () => {
    const verdicts = [verdict('B', 'changes')]
    expect(outcome(at('inReview', { verdicts }), { type: 'approve', by: Z, hash: 'now' })).toBe(
      'changesRequested',
    )
  })

  test('in an emergency goes before a request for changes, but not before a later one', () => {
    const emergency = verdict('B', 'override', { role: 'coordinator' })
    const publish = { type: 'publish', by: Z, hash: 'now' } as const
    expect(outcome(at('approved', { verdicts: [verdict('C', 'changes'), emergency] }), publish)).toBe(
      'published',
    )
    expect(outcome(at('approved', { verdicts: [emergency, verdict('C', 'changes')] }), publish)).toBe(
      'notApproved',
    )
  })
})

describe('taking back', () => {
  const own = [verdict('Z')]
  const takeBack = { type: 'takeBack', by: Z, hash: 'now' } as const

  test.each(['approved', 'scheduled'] as const)(
    'the approval of a text that is %s returns it to review',
    (stage) => {
      expect(outcome(at(stage, { verdicts: own }), takeBack)).toBe('inReview')
    },
  )

  test('an approval that was not needed changes nothing else', () => {
    expect(outcome(at('scheduled', { verdicts: [verdict('B'), ...own] }), takeBack)).toBe('scheduled')
  })

  test('what was published with it is too late', () => {
    const out: Live = { ...facts({ verdicts: own }), stage: 'published', published: 'now' }
    expect(outcome(out, takeBack)).toBe('notNow')
  })

  test('an emergency is refused', () => {
    const by = { volunteerId: person('Z'), role: 'coordinator' } as const
    const verdicts = [verdict('Z', 'override', { role: 'coordinator' })]
    expect(outcome(at('approved', { verdicts }), { ...takeBack, by })).toBe('notNow')
  })

  test('a request for changes lets the approvals of others count', () => {
    const verdicts = [verdict('B'), verdict('Z', 'changes')]
    expect(outcome(at('changesRequested', { verdicts }), takeBack)).toBe('approved')
    expect(outcome(at('changesRequested', { verdicts: verdicts.slice(1) }), takeBack)).toBe('inReview')
  })
})

describe('an edit', () => {
  test('loses the approval of a text, and finds it again in exactly the same text', () => {
    const verdicts = [verdict('B')]
    const edited = step(at('approved', { verdicts }), {
      type: 'edited',
      now: facts({ hash: 'then', verdicts }),
    })
    expect(edited).toMatchObject({ value: { stage: 'inReview' } })
    const undone = edited.ok ? step(edited.value, { type: 'edited', now: facts({ verdicts }) }) : edited
    expect(undone).toMatchObject({ value: { stage: 'approved' } })
  })

  test('while it is archived shows on its return', () => {
    const before = at('approved', { verdicts: [verdict('B')] })
    const archived: State = { stage: 'archived', before }
    const now = facts({ hash: 'then', verdicts: [verdict('B')] })
    const later = step(archived, { type: 'edited', now })
    expect(later.ok && outcome(later.value, { type: 'restore' })).toBe('inReview')
    expect(outcome(archived, { type: 'restore' })).toBe('approved')
  })
})
