import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { until } from '#test/server/sync/harness.ts'
import { frame, stepOne, updateMessage } from '#test/server/sync/room-harness.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { type Desk, freshNewsroom, openDesk, refused } from './desk.ts'

let desk: Desk
let author: Actor
let reviewer: Actor
let coordinator: Actor
beforeAll(async () => {
  desk = await openDesk(await freshNewsroom())
  author = await desk.person('contributor', 'Autrice')
  reviewer = await desk.person('editor', 'Relectrice')
  coordinator = await desk.person('coordinator', 'Coordo')
})
afterAll(() => desk.close())

/** A socket by hand with the document that it was sent, and the updates it makes of it. */
async function raw(actor: Actor, id: DraftId) {
  const socket = await rawSocket(`${desk.url}/${draftDocument(id)}`, desk.admit(actor))
  const doc = new Y.Doc()
  socket.send(stepOne(Y.encodeStateVector(doc)))
  await until('it has the document', () => socket.heard().some(({ type }) => type === 'stepTwo'))
  for (const message of socket.heard()) {
    if (message.type === 'stepTwo' || message.type === 'update') Y.applyUpdate(doc, message.update)
  }
  const change = (edit: (doc: Y.Doc) => void) => {
    const before = Y.encodeStateVector(doc)
    doc.transact(() => edit(doc))
    socket.send(updateMessage(Y.encodeStateAsUpdate(doc, before)))
  }
  return { socket, change }
}

const standing = async (id: DraftId) => {
  const { stage, verdicts, approvedRevision, publishedRevision } = await desk.view(id)
  return { stage, verdicts, approvedRevision, publishedRevision, audit: await desk.audit(id) }
}

describe('a raw socket of a draft', () => {
  const forgeries: Readonly<Record<string, (doc: Y.Doc) => void>> = {
    'a root of verdicts': (doc) => doc.getMap('verdicts').set('x', { kind: 'approve' }),
    'a root of stages': (doc) => doc.getMap('review').set('stage', 'approved'),
  }
  test.each(Object.entries(forgeries))(
    'that writes %s is closed, and nothing is approved',
    async (_, forge) => {
      const id = await desk.begin(author)
      granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
      const before = await standing(id)
      const { socket, change } = await raw(reviewer, id)
      change(forge)
      await until('it is closed', () => socket.code() !== null)
      expect(socket.code()).toBe(CLOSE.badMessage)
      expect(await standing(id)).toEqual(before)
    },
  )

  test('that writes a stage and a verdict where plain values may stand changes neither', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const before = await standing(id)
    const { socket, change } = await raw(reviewer, id)
    change((doc) => {
      const meta = doc.getMap('meta')
      meta.set('stage', 'published')
      meta.set('approvedBy', reviewer.volunteerId)
      meta.set('verdicts', [{ by: reviewer.volunteerId, kind: 'approve' }])
    })
    const kept = async () =>
      (await readDocument(desk.database.orm, draftDocument(id)))?.getMap('meta').get('stage')
    await expect.poll(kept).toBe('published')
    expect(await standing(id)).toEqual(before)
    expect(await desk.publish(id, coordinator)).toEqual(refused('notApproved'))
    socket.close()
  })

  test('that speaks of verdicts in messages of its own is closed, and nothing is approved', async () => {
    const id = await desk.begin(author)
    const before = await standing(id)
    const { socket } = await raw(coordinator, id)
    socket.send(frame(77, new TextEncoder().encode('{"kind":"override","reason":"-"}')))
    await until('it is closed', () => socket.code() !== null)
    expect(await standing(id)).toEqual(before)
  })

  test('that edits what was approved voids the approval, in the name of whoever has the socket', async () => {
    const id = await desk.begin(author)
    await desk.approved(id, author, reviewer)
    const { socket, change } = await raw(coordinator, id)
    change((doc) => typeParagraph(doc, 'Entré par la fenêtre.'))
    await expect.poll(() => desk.stage(id), { timeout: 10_000 }).toBe('inReview')
    expect(await desk.view(id)).toMatchObject({ voided: true, writers: [coordinator.volunteerId] })
    expect((await desk.audit(id)).at(-1)).toMatchObject({
      action: 'review.voided',
      volunteerId: coordinator.volunteerId,
    })
    socket.close()
  })
})

describe('a second process on the same database', () => {
  test('approves nothing that somebody has changed in the other, which its own room has not heard of', async () => {
    const other = await openDesk(desk.database)
    try {
      const id = await desk.begin(author)
      granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
      const open = await raw(author, id)
      const { hash } = await desk.view(id)
      const there = await rawSocket(`${other.url}/${draftDocument(id)}`, other.admit(coordinator))
      const update = new Y.Doc()
      typeParagraph(update, 'Écrit ailleurs.')
      there.send(updateMessage(Y.encodeStateAsUpdate(update)))
      const written = async () =>
        (await readDocument(desk.database.orm, draftDocument(id)))?.getXmlFragment('body')
      await expect.poll(async () => String(await written())).toContain('Écrit ailleurs.')
      const verdict = { draftId: id, kind: 'approve', hash, reason: '', checked: [] } as const
      expect(await desk.reviews.judge(reviewer, verdict)).toEqual(refused('contentChanged'))
      open.socket.close()
      there.close()
    } finally {
      await other.close()
    }
  })
})

describe('the newsroom’s socket', () => {
  test('brings each decision to every open page, and to readers too', async () => {
    const reader = await desk.person('reader')
    const page = await rawSocket(`${desk.url}/newsroom`, desk.admit(reader))
    const reviews = () =>
      (page.json() as NewsroomEvent[]).flatMap((event) => (event.type === 'review' ? [event.review] : []))
    const id = await desk.begin(author)
    const of = () => reviews().filter(({ draftId }) => draftId === id)
    granted(await desk.reviews.ask(author, { draftId: id, note: 'Svp', reviewers: [reviewer.volunteerId] }))
    await until('the round is told', () => of().at(-1)?.stage === 'inReview')
    expect(of().at(-1)).toEqual(await desk.view(id))
    granted(await desk.approve(id, reviewer))
    await until('the approval is told', () => of().at(-1)?.stage === 'approved')
    expect(of().at(-1)).toEqual(await desk.view(id))
    await desk.write(author, id, 'Encore.')
    await until('the loss is told', () => of().at(-1)?.voided === true)
    expect(of().at(-1)).toMatchObject({ stage: 'inReview', missing: [{ kind: 'approvals', count: 1 }] })
    page.close()
  })

  test('tells of writers as they come while a text is in review', async () => {
    const page = await rawSocket(`${desk.url}/newsroom`, desk.admit(author))
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    await desk.write(coordinator, id, 'Un ajout.')
    await until('the writer is told', () =>
      (page.json() as NewsroomEvent[]).some(
        (event) => event.type === 'review' && event.review.writers.includes(coordinator.volunteerId),
      ),
    )
    page.close()
  })

  test('takes no verdict: whoever speaks on it is shown out', async () => {
    const id = await desk.begin(author)
    granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
    const page = await rawSocket(`${desk.url}/newsroom`, desk.admit(reviewer))
    page.send(JSON.stringify({ type: 'review', draftId: id, kind: 'approve', hash: await desk.hash(id) }))
    await until('it is closed', () => page.code() !== null)
    expect(page.code()).toBe(CLOSE.badMessage)
    expect(await desk.verdicts(id)).toEqual([])
  })
})
