import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as actions from '#app/(newsroom)/_review/actions.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Reviews } from '#server/review/types.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { type Desk, freshNewsroom, openDesk } from './desk.ts'

const gate = vi.hoisted(() => ({ actor: null as Actor | null, reviews: null as Reviews | null }))
vi.mock('#app/_gate/actor.ts', () => ({ currentActor: async () => gate.actor }))
vi.mock('#app/_gate/services.ts', () => ({
  services: () => ({ reviews: gate.reviews, log: { error: () => {} } }),
}))

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await freshNewsroom())
  gate.reviews = desk.reviews
})
afterAll(() => desk.close())

test('the page of an author approves nothing in the name of whoever has signed in in that browser', async () => {
  const author = await desk.person('contributor', 'Autrice')
  const coordinator = await desk.person('coordinator', 'Coordo')
  const id = await desk.begin(author)
  granted(await desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] }))
  const { hash } = await desk.view(id)
  gate.actor = coordinator
  const verdict = { as: author.volunteerId, draftId: id, hash, reason: 'Vite', checked: [] }
  const refused = { ok: false, error: 'signedOut' }
  expect(await actions.judgeDraft({ ...verdict, kind: 'approve' })).toEqual(refused)
  expect(await actions.judgeDraft({ ...verdict, kind: 'changes' })).toEqual(refused)
  expect(await actions.overrideReview(verdict)).toEqual(refused)
  expect((await desk.view(id)).verdicts).toEqual([])
  const own = { ...verdict, as: coordinator.volunteerId }
  expect(await actions.overrideReview(own)).toMatchObject({ ok: true })
  expect((await desk.view(id)).verdicts).toMatchObject([{ by: coordinator.volunteerId, kind: 'override' }])
})
