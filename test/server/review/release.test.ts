import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calendarSlots, decisions } from '#drizzle/schema/index.ts'
import { slotEntries } from '#lib/documents/calendar/fields.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { STAGES } from '#lib/domain/review/stage.ts'
import type { Database } from '#server/db/database.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { slotOn } from '#test/server/sync/guard-harness.ts'
import { type Desk, done, openStaffedDesk, refused, SETTINGS } from './desk.ts'

let database: Database
let desk: Desk
let author: Actor
let reviewer: Actor
let other: Actor
let coordinator: Actor
beforeAll(async () => {
  ;({ database, desk, author, reviewer, other, coordinator } = await openStaffedDesk())
})
afterAll(() => desk.close())
beforeEach(async () => {
  granted(await desk.reviews.configure(coordinator, SETTINGS))
})

const approvedDraft = async () => {
  const id = await desk.begin(author)
  await desk.approved(id, author, reviewer)
  return id
}

async function plan(draft: DraftId, ...channels: readonly Channel[]): Promise<void> {
  const slot = slotOn('2027-03-20', { draft, channels })
  await database.orm.insert(calendarSlots).values({
    id: slot.id,
    fields: Object.fromEntries(slotEntries(slot)),
    firstDay: '2027-03-20',
    lastDay: '2027-03-20',
    draftId: draft,
    searchText: '',
  })
}

describe('publishing', () => {
  test('keeps what went out as a revision of its own, and is written down', async () => {
    const id = await approvedDraft()
    granted(await desk.reviews.schedule(reviewer, id))
    const out = granted(await desk.publish(id, other))
    expect(await desk.view(id)).toMatchObject({
      stage: 'published',
      publishedRevision: out,
      changedSincePublication: false,
      missing: [],
      round: null,
    })
    expect((await desk.audit(id)).map(({ action, revisionId }) => [action, revisionId === out])).toEqual([
      ['review.asked', false],
      ['review.approved', false],
      ['draft.scheduled', false],
      ['draft.published', true],
    ])
    expect(await desk.publish(id, other), 'it is out already').toEqual(refused('notNow'))
  })

  test('is refused for another text than the one that was looked at', async () => {
    const id = await approvedDraft()
    const draft = { draftId: id, hash: 'e'.repeat(64) }
    expect(await desk.reviews.publish(reviewer, draft)).toEqual(refused('contentChanged'))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('is refused while approvals are missing, at every stage', async () => {
    const id = await desk.begin(author)
    expect(await desk.publish(id, coordinator)).toEqual(refused('notApproved'))
    expect(await desk.reviews.schedule(coordinator, id)).toEqual(refused('notApproved'))
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    expect(await desk.publish(id, coordinator)).toEqual(refused('notApproved'))
    expect(await desk.stage(id)).toBe('inReview')
  })

  test('while somebody types publishes what was approved or nothing', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await approvedDraft()
      const approved = await desk.hash(id)
      const [answer] = await Promise.all([
        desk.reviews.publish(reviewer, { draftId: id, hash: approved }),
        desk.write(author, id, 'Pendant ce temps.'),
      ])
      const settled = answer.ok ? 'published' : 'inReview'
      await expect.poll(() => desk.stage(id)).toBe(settled)
      const rows = await database.orm.query.approvedRevisions.findMany({
        where: (table, { eq }) => eq(table.draftId, id),
      })
      for (const row of rows) expect(row.hash).toBe(approved)
      await expect.poll(async () => (await desk.view(id)).hash).not.toBe(approved)
      expect((await desk.view(id)).changedSincePublication).toBe(answer.ok)
    }
  })

  test('twice at once goes out once', async () => {
    const id = await approvedDraft()
    const answers = await Promise.all([desk.publish(id, reviewer), desk.publish(id, other)])
    expect(answers.map((answer) => answer.ok).toSorted()).toEqual([false, true])
    const published = (await desk.audit(id)).filter(({ action }) => action === 'draft.published')
    expect(published).toHaveLength(1)
  })
})

describe('the rules', () => {
  test('of two people want two', async () => {
    granted(await desk.reviews.configure(coordinator, { ...SETTINGS, mode: 'two' }))
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    expect(await desk.stage(id)).toBe('inReview')
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('of a coordinator want one who did not write it alone', async () => {
    granted(await desk.reviews.configure(coordinator, { ...SETTINGS, mode: 'coordinator' }))
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer, other)
    expect((await desk.view(id)).missing).toEqual([{ kind: 'coordinator' }])
    granted(await desk.approve(id, coordinator))
    expect(await desk.stage(id)).toBe('approved')
    const own = await desk.begin(coordinator)
    await desk.approved(own, coordinator, coordinator, reviewer)
    expect((await desk.view(own)).missing).toEqual([{ kind: 'another', than: coordinator.volunteerId }])
  })

  test('of nobody let whoever releases publish what is there', async () => {
    granted(await desk.reviews.configure(coordinator, { ...SETTINGS, mode: 'none' }))
    const id = await desk.begin(author)
    expect(await desk.publish(id, author)).toEqual(refused('forbidden'))
    expect((await desk.publish(id, reviewer)).ok).toBe(true)
  })

  test('of the strictest channel that it is planned for hold, also when it is planned later', async () => {
    const channels = { facebook: 'two', blog: 'none' } as const
    granted(await desk.reviews.configure(coordinator, { ...SETTINGS, channels }))
    const id = await approvedDraft()
    await plan(id, 'blog')
    expect(await desk.view(id)).toMatchObject({ stage: 'approved', channels: ['blog'], missing: [] })
    await plan(id, 'facebook', 'x')
    expect((await desk.view(id)).missing).toEqual([{ kind: 'approvals', count: 1 }])
    expect(await desk.publish(id, reviewer)).toEqual(refused('notApproved'))
    expect(await desk.stage(id), 'it is in review again').toBe('inReview')
    granted(await desk.approve(id, other))
    expect((await desk.publish(id, reviewer)).ok).toBe(true)
  })

  test('are a coordinator’s to change, within bounds, and the change is written down', async () => {
    const settings = { mode: 'two', channels: { x: 'none' }, checklist: ['Liens'] } as const
    expect(await desk.reviews.configure(reviewer, settings)).toEqual(refused('forbidden'))
    expect(await desk.reviews.configure(coordinator, { ...settings, checklist: [''] })).toEqual(
      refused('invalid'),
    )
    expect(await desk.reviews.configure(coordinator, settings)).toEqual(done)
    expect(await desk.reviews.settings()).toEqual(settings)
    const written = await database.orm.select().from(decisions).orderBy(asc(decisions.id))
    expect(written.findLast(({ action }) => action === 'review.configured')).toMatchObject({
      volunteerId: coordinator.volunteerId,
      detail: { mode: 'two', channels: 'x: none', points: 1 },
    })
  })
})

describe('a move on the board', () => {
  const move = (id: DraftId, stage: (typeof STAGES)[number], by = reviewer) =>
    desk.reviews.moveTo(by, id, stage)

  test('takes the one step that leads there', async () => {
    const id = await desk.begin(author)
    expect(await move(id, 'drafting')).toEqual(done)
    expect(await move(id, 'idea', author)).toEqual(done)
    expect(await move(id, 'drafting', author)).toEqual(done)
    expect(await move(id, 'inReview', author)).toEqual(done)
    expect((await desk.view(id)).round).toMatchObject({ anybody: true, note: '' })
    expect(await move(id, 'drafting', author)).toEqual(done)
    expect(await move(id, 'inReview', author)).toEqual(done)
    granted(await desk.approve(id, reviewer))
    expect(await move(id, 'scheduled')).toEqual(done)
    expect(await move(id, 'approved')).toEqual(done)
    expect(await move(id, 'published')).toEqual(done)
    expect(await desk.stage(id)).toBe('published')
    const stages = (await desk.audit(id)).filter(({ action }) => action === 'draft.stage')
    expect(stages.map(({ detail }) => `${detail.from} → ${detail.to}`)).toEqual([
      'drafting → idea',
      'idea → drafting',
      'scheduled → approved',
    ])
  })

  test('gives no verdict, and puts nothing out that was not approved', async () => {
    const id = await desk.begin(author)
    for (const stage of ['changesRequested', 'approved', 'scheduled', 'published'] as const) {
      expect(await move(id, stage, coordinator), stage).toEqual(refused('needsVerdict'))
    }
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    for (const stage of ['changesRequested', 'approved', 'scheduled', 'published'] as const) {
      expect(await move(id, stage, coordinator), stage).toEqual(refused('needsVerdict'))
    }
    expect(await desk.stage(id)).toBe('inReview')
    expect(await desk.verdicts(id)).toEqual([])
  })

  test('takes nothing back that is out', async () => {
    const id = await approvedDraft()
    granted(await desk.publish(id, reviewer))
    for (const stage of ['idea', 'drafting', 'inReview', 'scheduled'] as const) {
      expect(await move(id, stage, coordinator), stage).toEqual(refused('notNow'))
    }
  })
})
