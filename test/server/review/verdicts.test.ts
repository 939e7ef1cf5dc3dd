import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { VerdictId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { granted, unknownDraft } from '#test/server/drafts/desk.ts'
import { type Desk, done, freshNewsroom, openDesk, refused } from './desk.ts'

let desk: Desk
let author: Actor
let reviewer: Actor
let other: Actor
let coordinator: Actor
beforeAll(async () => {
  desk = await openDesk(await freshNewsroom())
  author = await desk.person('contributor', 'Autrice')
  reviewer = await desk.person('editor', 'Relectrice')
  other = await desk.person('editor', 'Autre')
  coordinator = await desk.person('coordinator', 'Coordo')
})
afterAll(() => desk.close())

const actions = async (id: Parameters<Desk['audit']>[0]) => (await desk.audit(id)).map(({ action }) => action)

describe('a round', () => {
  test('asks those who were named, and tells them', async () => {
    const id = await desk.begin(author)
    const reviewers = [reviewer.volunteerId]
    desk.notices.length = 0
    expect(await desk.reviews.ask(author, { draftId: id, note: 'Vite, svp', reviewers })).toEqual(done)
    const view = await desk.view(id)
    expect(view).toMatchObject({
      stage: 'inReview',
      round: { askedBy: author.volunteerId, note: 'Vite, svp', anybody: false, reviewers },
      missing: [{ kind: 'approvals', count: 1 }],
      writers: [author.volunteerId],
    })
    expect(desk.notices).toEqual([
      { kind: 'reviewAsked', to: reviewers, by: author.volunteerId, draftId: id, reviewId: view.round?.id },
    ])
    expect(await actions(id)).toEqual(['review.asked'])
  })

  test('without names asks everybody who may judge, and nobody else', async () => {
    const id = await desk.begin(author)
    const gone = await desk.person('editor', 'Partie')
    await desk.suspend(gone)
    desk.notices.length = 0
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const told = [...(desk.notices[0]?.to ?? [])]
    expect(told).toEqual(expect.arrayContaining([reviewer, other, coordinator].map((one) => one.volunteerId)))
    expect(told).not.toContain(author.volunteerId)
    expect(told).not.toContain(gone.volunteerId)
  })

  test('that is open is added to', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: 'Un', reviewers: [reviewer.volunteerId] }))
    granted(await desk.reviews.ask(other, { draftId: id, note: '', reviewers: [coordinator.volunteerId] }))
    const { round } = await desk.view(id)
    expect(round).toMatchObject({ askedBy: author.volunteerId, note: 'Un', anybody: false })
    expect(round?.reviewers.toSorted()).toEqual([reviewer.volunteerId, coordinator.volunteerId].toSorted())
  })

  test('cannot ask somebody who may not judge', async () => {
    const id = await desk.begin(author)
    const reviewers = [author.volunteerId]
    const answer = await desk.reviews.ask(reviewer, { draftId: id, note: '', reviewers })
    expect(answer).toEqual(refused('reviewerUnknown'))
    expect(await desk.stage(id)).toBe('drafting')
  })

  test('that is taken back leaves the draft where it was before', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    expect(await desk.reviews.withdraw(author, id)).toEqual(done)
    expect(await desk.view(id)).toMatchObject({ stage: 'drafting', round: null })
    expect(await actions(id)).toEqual(['review.asked', 'review.withdrawn'])
    expect(await desk.reviews.withdraw(author, id)).toEqual(refused('notNow'))
  })

  test('of a draft that is nowhere is missing', async () => {
    expect(await desk.reviews.ask(author, { draftId: unknownDraft, note: '', reviewers: [] })).toEqual(
      refused('missing'),
    )
  })
})

describe('an approval', () => {
  test('by one other person is enough, names its revision, and closes the round', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    const view = await desk.view(id)
    const [verdict] = view.verdicts
    expect(view).toMatchObject({
      stage: 'approved',
      round: null,
      missing: [],
      writers: [],
      voided: false,
      approvedRevision: verdict?.revisionId,
    })
    expect(verdict).toMatchObject({
      by: reviewer.volunteerId,
      kind: 'approve',
      counts: true,
      hash: view.hash,
    })
    expect((await desk.audit(id)).at(-1)).toMatchObject({
      action: 'review.approved',
      volunteerId: reviewer.volunteerId,
      revisionId: verdict?.revisionId,
    })
    expect(desk.notices.at(-1)).toMatchObject({ kind: 'approved', to: [author.volunteerId] })
  })

  test('by whoever wrote it leaves the draft in review, and says who is missing', async () => {
    const id = await desk.begin(reviewer)
    await desk.approved(id, reviewer, reviewer)
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'another', than: reviewer.volunteerId }],
      verdicts: [{ counts: true }],
    })
    expect(await desk.publish(id, reviewer)).toEqual(refused('notApproved'))
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('of a text with two writers needs, for each of them, somebody else', async () => {
    const id = await desk.begin(reviewer)
    await desk.write(other, id, 'Un deuxième paragraphe.')
    await desk.approved(id, reviewer, reviewer)
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'another', than: reviewer.volunteerId }],
    })
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('of another text than the one that was looked at is refused', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const hash = await desk.hash(id)
    await desk.write(author, id, 'Et ceci.')
    const verdict = { draftId: id, kind: 'approve', hash, reason: '', checked: [] } as const
    expect(await desk.reviews.judge(reviewer, verdict)).toEqual(refused('contentChanged'))
    expect(await desk.verdicts(id)).toEqual([])
  })

  test('of a revision that never was is refused', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const verdict = { draftId: id, kind: 'approve', hash: 'f'.repeat(64), reason: '', checked: [] } as const
    expect(await desk.reviews.judge(reviewer, verdict)).toEqual(refused('contentChanged'))
  })

  test('before anybody asked is refused', async () => {
    const id = await desk.begin(author)
    expect(await desk.approve(id, reviewer)).toEqual(refused('notNow'))
  })

  test('twice by one person is one row', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    expect(await desk.approve(id, reviewer)).toEqual(done)
    expect(await desk.verdicts(id)).toHaveLength(1)
    expect((await actions(id)).filter((action) => action === 'review.approved')).toHaveLength(1)
  })

  test('ten times at once by one person is one row', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.approve(id, reviewer)))
    expect(answers.filter((answer) => !answer.ok)).toEqual([])
    expect(await desk.verdicts(id)).toHaveLength(1)
    expect(await desk.stage(id)).toBe('approved')
  })

  test('raced by another one: both count', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    expect(await Promise.all([desk.approve(id, reviewer), desk.approve(id, other)])).toEqual([done, done])
    const view = await desk.view(id)
    expect(view.verdicts.map(({ by }) => by).toSorted()).toEqual(
      [reviewer.volunteerId, other.volunteerId].toSorted(),
    )
    expect(view).toMatchObject({ stage: 'approved', missing: [] })
  })
})

describe('a request for changes', () => {
  test('says what to change, and tells the writers', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    expect(await desk.requestChanges(id, reviewer, '  ')).toEqual(refused('reasonMissing'))
    granted(await desk.requestChanges(id, reviewer))
    const view = await desk.view(id)
    expect(view).toMatchObject({ stage: 'changesRequested', verdicts: [{ kind: 'changes', counts: true }] })
    expect(view.round, 'the round goes on').not.toBeNull()
    expect(desk.notices.at(-1)).toMatchObject({ kind: 'changesRequested', to: [author.volunteerId] })
  })

  test('holds the approvals of others up until it is taken back', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    granted(await desk.requestChanges(id, reviewer))
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('changesRequested')
    expect(await desk.publish(id, coordinator)).toEqual(refused('notApproved'))
    const [request] = await desk.verdicts(id)
    expect(await desk.reviews.takeBack(other, request?.id as VerdictId)).toEqual(refused('forbidden'))
    expect(await desk.reviews.takeBack(reviewer, request?.id as VerdictId)).toEqual(done)
    expect(await desk.stage(id)).toBe('approved')
  })

  test('ends when whoever made it approves the same text', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    granted(await desk.requestChanges(id, reviewer))
    granted(await desk.approve(id, reviewer))
    expect(await desk.view(id)).toMatchObject({ stage: 'approved', verdicts: [{ kind: 'approve' }] })
  })

  test('holds up nothing that is written differently since', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    granted(await desk.requestChanges(id, reviewer))
    await desk.write(author, id, 'Le chapeau.')
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('on what was approved already takes it back into review', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    granted(await desk.reviews.schedule(other, id))
    granted(await desk.requestChanges(id, coordinator))
    expect(await desk.view(id)).toMatchObject({ stage: 'changesRequested', voided: false })
    expect((await desk.view(id)).round?.askedBy, 'those who were asked are asked again').toBe(
      author.volunteerId,
    )
  })
})

describe('taking back', () => {
  test('an approval makes it missing again, and the audit keeps both', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    const [approval] = await desk.verdicts(id)
    expect(await desk.reviews.takeBack(reviewer, approval?.id as VerdictId)).toEqual(done)
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      verdicts: [],
      missing: [{ kind: 'approvals', count: 1 }],
      approvedRevision: null,
    })
    expect(await actions(id)).toEqual(['review.asked', 'review.approved', 'review.verdictWithdrawn'])
    expect(await desk.reviews.takeBack(reviewer, approval?.id as VerdictId)).toEqual(refused('notNow'))
  })

  test('is too late once the text is out', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    granted(await desk.publish(id, reviewer))
    const [approval] = await desk.verdicts(id)
    expect(await desk.reviews.takeBack(reviewer, approval?.id as VerdictId)).toEqual(refused('notNow'))
  })
})

describe('an emergency', () => {
  test('approves alone, needs a reason, and stays marked for ever', async () => {
    const id = await desk.begin(coordinator)
    const hash = await desk.hash(id)
    expect(await desk.reviews.override(coordinator, { draftId: id, hash, reason: ' ' })).toEqual(
      refused('reasonMissing'),
    )
    expect(await desk.reviews.override(reviewer, { draftId: id, hash, reason: 'Vite' })).toEqual(
      refused('forbidden'),
    )
    const reason = 'Le débat commence dans dix minutes.'
    granted(await desk.reviews.override(coordinator, { draftId: id, hash, reason }))
    expect(await desk.view(id)).toMatchObject({ stage: 'approved', verdicts: [{ kind: 'override', reason }] })
    const [verdict] = await desk.verdicts(id)
    expect(await desk.reviews.takeBack(coordinator, verdict?.id as VerdictId)).toEqual(refused('notNow'))
    granted(await desk.publish(id, reviewer))
    expect((await desk.view(id)).verdicts).toMatchObject([{ kind: 'override', reason }])
    expect((await desk.audit(id))[0]).toMatchObject({ action: 'review.overridden', detail: { reason } })
  })

  test('holds for one exact text, and what is written on it is still theirs', async () => {
    const id = await desk.begin(coordinator)
    const hash = await desk.hash(id)
    granted(await desk.reviews.override(coordinator, { draftId: id, hash, reason: 'Vite' }))
    await desk.write(author, id, 'Une suite.')
    expect(await desk.publish(id, reviewer)).toEqual(refused('notApproved'))
    granted(await desk.approve(id, coordinator))
    expect(await desk.view(id), 'nobody else has read what the coordinator wrote').toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'another', than: coordinator.volunteerId }],
    })
  })
})

test('the checklist is ticked before an approval, and kept as it read then', async () => {
  const id = await desk.begin(author)
  const checklist = ['Liens', 'Sources']
  const settings = { mode: 'one', channels: {}, checklist } as const
  granted(await desk.reviews.configure(coordinator, settings))
  granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
  const verdict = { draftId: id, kind: 'approve', hash: await desk.hash(id), reason: '' } as const
  expect(await desk.reviews.judge(reviewer, { ...verdict, checked: ['Liens', 'Autre'] })).toEqual(
    refused('checklistOpen'),
  )
  granted(await desk.reviews.judge(reviewer, { ...verdict, checked: ['Sources', 'Autre', 'Liens'] }))
  granted(await desk.reviews.configure(coordinator, { ...settings, checklist: [] }))
  expect((await desk.view(id)).verdicts).toMatchObject([{ checked: ['Liens', 'Sources'] }])
})
