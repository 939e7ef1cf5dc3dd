import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { drafts } from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VerdictId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { stockClient, synced, typeParagraph } from '#test/support/sync-client.ts'
import { type Desk, openDesk, openStaffedDesk, refused, SETTINGS } from './desk.ts'

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

const becomes = (id: DraftId, stage: string) =>
  expect.poll(() => desk.stage(id), { timeout: 10_000 }).toBe(stage)
const approvedDraft = async () => {
  const id = await desk.begin(author)
  await desk.approved(id, author, reviewer)
  return id
}

describe('an edit', () => {
  test('of an approved text takes the approval away, and says who did it to whom it concerns', async () => {
    const id = await approvedDraft()
    const { approvedRevision } = await desk.view(id)
    desk.notices.length = 0
    await desk.write(other, id, 'Une dernière idée.')
    await becomes(id, 'inReview')
    expect(await desk.view(id)).toMatchObject({
      voided: true,
      approvedRevision,
      writers: [other.volunteerId],
      missing: [{ kind: 'approvals', count: 1 }],
      verdicts: [{ counts: false }],
    })
    expect((await desk.view(id)).round, 'those who were asked are asked again').not.toBeNull()
    expect((await desk.audit(id)).at(-1)).toMatchObject({
      action: 'review.voided',
      volunteerId: other.volunteerId,
      revisionId: approvedRevision,
      detail: { stage: 'approved', cause: 'text' },
    })
    const [notice] = desk.notices
    expect(notice).toMatchObject({ kind: 'approvalVoided', by: other.volunteerId, draftId: id })
    expect([...(notice?.to ?? [])]).toEqual(
      expect.arrayContaining([reviewer.volunteerId, author.volunteerId]),
    )
  })

  test('that is undone to the letter gives the approval back', async () => {
    const id = await approvedDraft()
    await desk.write(other, id, 'Une idée de trop.')
    await becomes(id, 'inReview')
    await desk.cut(other, id)
    await becomes(id, 'approved')
    expect(await desk.view(id)).toMatchObject({ voided: false, missing: [], verdicts: [{ counts: true }] })
    granted(await desk.publish(id, other))
  })

  test('of a title, of a mark or of a scheduled text takes it away too', async () => {
    const titled = await approvedDraft()
    granted(await desk.drafts.rename(author, titled, 'Un autre titre'))
    await becomes(titled, 'inReview')
    const scheduled = await approvedDraft()
    granted(await desk.reviews.schedule(reviewer, scheduled))
    granted(
      await desk.sync.edit(draftDocument(scheduled), author.volunteerId, (doc) => {
        const [paragraph] = doc.getXmlFragment('body').toArray()
        const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
        if (text instanceof Y.XmlText) text.format(0, 3, { bold: {} })
      }),
    )
    await becomes(scheduled, 'inReview')
  })

  test('of what an approved text shares with it needs no second approval: only the new writer counts', async () => {
    const id = await desk.begin(reviewer)
    await desk.approved(id, reviewer, other)
    await desk.write(other, id, 'Une précision.')
    await becomes(id, 'inReview')
    granted(await desk.approve(id, reviewer))
    expect(await desk.stage(id)).toBe('approved')
  })

  test('of a published text leaves it published, marked as changed, until it is reviewed anew', async () => {
    const id = await approvedDraft()
    const out = granted(await desk.publish(id, reviewer))
    expect(await desk.view(id)).toMatchObject({
      stage: 'published',
      publishedRevision: out,
      changedSincePublication: false,
    })
    await desk.write(author, id, 'Erratum.')
    await expect.poll(async () => (await desk.view(id)).changedSincePublication).toBe(true)
    expect(await desk.view(id)).toMatchObject({ stage: 'published', publishedRevision: out, voided: false })
    expect(await desk.publish(id, reviewer)).toEqual(refused('notApproved'))
    await desk.approved(id, author, reviewer)
    const again = granted(await desk.publish(id, reviewer))
    expect(again).not.toBe(out)
    expect(await desk.view(id)).toMatchObject({ publishedRevision: again, changedSincePublication: false })
  })

  test('that is committed a moment before is seen by whoever publishes, though no row tells of it yet', async () => {
    const slow = await openDesk(database, { projectAfter: 60_000, projectAtLatest: 60_000 })
    const id = await slow.begin(author)
    await slow.approved(id, author, reviewer)
    const approved = await slow.hash(id)
    const reader = stockClient(slow.url, draftDocument(id), slow.admit(author))
    await synced(reader)
    await slow.write(author, id, 'Glissé au dernier moment.')
    expect(await slow.hashInRow(id), 'the row still says what was approved').toBe(approved)
    expect(await slow.stage(id)).toBe('approved')
    const answer = await slow.reviews.publish(other, { draftId: id, hash: approved })
    expect(answer.ok).toBe(false)
    expect(await slow.stage(id), 'the approval is lost at once').toBe('inReview')
    expect(await slow.publish(id, other)).toEqual(refused('notApproved'))
    expect((await slow.audit(id)).map(({ action }) => action)).toContain('review.voided')
    reader.provider.destroy()
    await slow.close()
  })

  test('by a socket of whoever approved voids the approval as any other', async () => {
    const id = await approvedDraft()
    const client = stockClient(desk.url, draftDocument(id), desk.admit(reviewer))
    await synced(client)
    typeParagraph(client.doc, 'Ajouté après coup.')
    await becomes(id, 'inReview')
    granted(await desk.approve(id, reviewer))
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'another', than: reviewer.volunteerId }],
    })
    client.provider.destroy()
  })
})

describe('people and rules', () => {
  test('an approver who is suspended approved nothing that is not out yet', async () => {
    const waiting = await approvedDraft()
    const out = await approvedDraft()
    granted(await desk.publish(out, other))
    await desk.suspend(reviewer)
    await becomes(waiting, 'inReview')
    expect(await desk.view(waiting)).toMatchObject({
      verdicts: [{ counts: false }],
      missing: [{ kind: 'approvals', count: 1 }],
    })
    expect((await desk.audit(waiting)).at(-1)).toMatchObject({
      action: 'review.voided',
      volunteerId: null,
      detail: { cause: 'rules' },
    })
    expect(await desk.publish(waiting, other)).toEqual(refused('notApproved'))
    expect(await desk.stage(out)).toBe('published')
    await desk.suspend(reviewer, null)
    await becomes(waiting, 'approved')
  })

  test('an approval that falls brings back the writers whom later approvals leaned on it for', async () => {
    const id = await desk.begin(reviewer)
    await desk.approved(id, reviewer, other)
    await desk.write(other, id, 'Une suite.')
    await becomes(id, 'inReview')
    granted(await desk.approve(id, reviewer))
    expect(await desk.stage(id)).toBe('approved')
    await desk.suspend(other)
    await becomes(id, 'inReview')
    expect((await desk.view(id)).missing, 'nobody else has read the beginning').toEqual([
      { kind: 'another', than: reviewer.volunteerId },
    ])
    await desk.suspend(other, null)
    await becomes(id, 'approved')
  })

  test('an approval that is taken back takes along what was approved later and leaned on it', async () => {
    const id = await desk.begin(reviewer)
    await desk.approved(id, reviewer, other)
    const [first] = await desk.verdicts(id)
    await desk.write(other, id, 'Une suite.')
    await becomes(id, 'inReview')
    granted(await desk.approve(id, reviewer))
    expect(await desk.stage(id)).toBe('approved')
    granted(await desk.reviews.takeBack(other, first?.id as VerdictId))
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'another', than: reviewer.volunteerId }],
    })
  })

  test('stricter rules hold for what was approved by milder ones', async () => {
    const id = await approvedDraft()
    granted(await desk.reviews.configure(coordinator, { ...SETTINGS, mode: 'two' }))
    expect(await desk.view(id)).toMatchObject({
      stage: 'inReview',
      missing: [{ kind: 'approvals', count: 1 }],
    })
    granted(await desk.approve(id, other))
    expect(await desk.stage(id)).toBe('approved')
    granted(await desk.reviews.configure(coordinator, SETTINGS))
    expect(await desk.stage(id)).toBe('approved')
  })
})

describe('a new process', () => {
  test('sees the same as the one before', async () => {
    const id = await approvedDraft()
    const before = await desk.view(id)
    const later = await openDesk(database)
    expect(await later.view(id)).toEqual(before)
    granted(await later.publish(id, other))
    expect(await desk.view(id)).toEqual(await later.view(id))
    await later.close()
  })

  test('finds what was changed while nobody looked', async () => {
    const id = await approvedDraft()
    await database.orm
      .update(drafts)
      .set({ contentHash: 'a'.repeat(64) })
      .where(eq(drafts.id, id))
    expect(await desk.stage(id)).toBe('approved')
    const later = await openDesk(database)
    await becomes(id, 'inReview')
    await later.close()
  })

  test('hears a suspension that another process decided', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, coordinator)
    const second = await openDesk(database)
    await second.suspend(coordinator)
    await becomes(id, 'inReview')
    await second.suspend(coordinator, null)
    await becomes(id, 'approved')
    await second.close()
  })
})

describe('a draft that was archived', () => {
  test('takes no decision, and comes back where it was', async () => {
    const id = await approvedDraft()
    const [approval] = await desk.verdicts(id)
    granted(await desk.drafts.archive(other, id))
    const draft = { draftId: id, hash: await desk.hash(id) }
    expect(await desk.reviews.publish(other, draft)).toEqual(refused('archived'))
    expect(await desk.reviews.takeBack(reviewer, approval?.id as VerdictId)).toEqual(refused('archived'))
    expect(await desk.reviews.moveTo(other, id, 'scheduled')).toEqual(refused('archived'))
    granted(await desk.drafts.restore(other, id))
    expect(await desk.stage(id)).toBe('approved')
    expect((await desk.audit(id)).slice(-2).map(({ action }) => action)).toEqual([
      'draft.archived',
      'draft.restored',
    ])
  })

  test('comes back in review where its approver was suspended meanwhile', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, coordinator)
    granted(await desk.drafts.archive(other, id))
    await desk.suspend(coordinator)
    granted(await desk.drafts.restore(other, id))
    await becomes(id, 'inReview')
    await desk.suspend(coordinator, null)
  })
})
