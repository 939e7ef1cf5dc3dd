import { describe, expect, test } from 'vitest'
import { isClear, mayBeAsked, nextStep } from '#app/(newsroom)/drafts/[id]/_components/review/next-step.ts'
import type { DraftId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import { ROLES, type Role } from '#lib/domain/permissions.ts'
import { STAGES } from '#lib/domain/review/stage.ts'
import type { ReviewView, VerdictView } from '#lib/protocol/review.ts'

const ME = '11111111-0000-4000-8000-000000000001' as VolunteerId
const OTHER = '11111111-0000-4000-8000-000000000002' as VolunteerId

const view = (change: Partial<ReviewView>): ReviewView => ({
  draftId: '22222222-0000-4000-8000-000000000001' as DraftId,
  stage: 'drafting',
  hash: 'now',
  channels: [],
  round: null,
  verdicts: [],
  writers: [OTHER],
  missing: [{ kind: 'approvals', count: 1 }],
  approvedRevision: null,
  voided: false,
  publishedRevision: null,
  changedSincePublication: false,
  ...change,
})
const approval = (by: VolunteerId, counts: boolean): VerdictView => ({
  id: '33333333-0000-4000-8000-000000000001' as VerdictId,
  by,
  kind: 'approve',
  reason: '',
  checked: [],
  at: '2026-11-22T12:00:00.000Z',
  revisionId: '44444444-0000-4000-8000-000000000001' as RevisionId,
  hash: 'now',
  counts,
})
const PLANNED = { archived: false, planned: true }
const step = (change: Partial<ReviewView>, role: Role, place = PLANNED) =>
  nextStep(view(change), { volunteerId: ME, role }, place)

describe('the one next step', () => {
  test('is nobody’s who only reads or comments, at whatever stage', () => {
    for (const stage of STAGES)
      for (const role of ['reader', 'commenter'] as const)
        expect(
          step({ stage, missing: [], changedSincePublication: true }, role),
          `${stage} ${role}`,
        ).toBeNull()
  })

  test('is nobody’s on a draft that is archived', () => {
    for (const stage of STAGES)
      for (const role of ROLES)
        expect(step({ stage, missing: [] }, role, { archived: true, planned: true }), stage).toBeNull()
  })

  test('leads from an idea over a review to what is out', () => {
    expect(step({ stage: 'idea' }, 'contributor')).toBe('start')
    expect(step({ stage: 'drafting' }, 'contributor')).toBe('ask')
    expect(step({ stage: 'inReview' }, 'editor')).toBe('judge')
    expect(step({ stage: 'changesRequested' }, 'contributor')).toBe('ask')
    expect(step({ stage: 'approved', missing: [] }, 'editor')).toBe('schedule')
    expect(step({ stage: 'scheduled', missing: [] }, 'editor')).toBe('publish')
    expect(step({ stage: 'published', missing: [] }, 'editor')).toBeNull()
  })

  test('is to publish where no hour is planned at which the text would go out', () => {
    expect(step({ stage: 'approved', missing: [] }, 'editor', { archived: false, planned: false })).toBe(
      'publish',
    )
  })

  test('needs no review where the newsroom asks for none', () => {
    expect(step({ stage: 'drafting', missing: [] }, 'editor')).toBe('schedule')
    expect(step({ stage: 'drafting', missing: [] }, 'contributor')).toBeNull()
  })

  test('is not to approve what one has written, or has approved already', () => {
    expect(step({ stage: 'inReview', writers: [ME] }, 'editor')).toBeNull()
    expect(step({ stage: 'inReview', verdicts: [approval(ME, true)] }, 'editor')).toBeNull()
    expect(step({ stage: 'inReview', verdicts: [approval(ME, false)] }, 'editor')).toBe('judge')
    expect(step({ stage: 'inReview' }, 'contributor')).toBeNull()
  })

  test('after publication is a new review, once the text has changed', () => {
    expect(step({ stage: 'published', changedSincePublication: true }, 'contributor')).toBe('ask')
    expect(mayBeAsked(view({ stage: 'published' }))).toBe(false)
  })
})

test('a text from which somebody wants something changed is not clear, whatever the rules ask for', () => {
  expect(isClear(view({ stage: 'changesRequested', missing: [] }))).toBe(false)
  expect(isClear(view({ stage: 'inReview', missing: [] }))).toBe(true)
})
