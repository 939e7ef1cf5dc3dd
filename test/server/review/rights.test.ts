import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DraftId, VerdictId } from '#lib/domain/ids.ts'
import { type Actor, ROLES, type Role } from '#lib/domain/permissions.ts'
import { granted, unknownDraft } from '#test/server/drafts/desk.ts'
import { type Desk, freshNewsroom, openDesk, SETTINGS } from './desk.ts'

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

type Answer = { readonly ok: boolean; readonly error?: string }
type Verb = {
  /** Brings a draft to where somebody with the right succeeds. */
  readonly prepare: (id: DraftId) => Promise<unknown>
  readonly call: (actor: Actor, id: DraftId) => Promise<Answer>
  readonly roles: readonly Role[]
}

const WRITES = ['coordinator', 'editor', 'contributor'] as const
const JUDGES = ['coordinator', 'editor'] as const
const asked = (id: DraftId) => desk.reviews.ask(author, { draftId: id, note: '', reviewers: [] })
const approved = (id: DraftId) => desk.approved(id, author, reviewer)
const nothing = async () => {}

const VERBS: Readonly<Record<string, Verb>> = {
  view: { prepare: nothing, call: (actor, id) => desk.reviews.view(actor, id), roles: ROLES },
  ask: {
    prepare: nothing,
    call: (actor, id) => desk.reviews.ask(actor, { draftId: id, note: '', reviewers: [] }),
    roles: WRITES,
  },
  withdraw: { prepare: asked, call: (actor, id) => desk.reviews.withdraw(actor, id), roles: WRITES },
  approve: { prepare: asked, call: (actor, id) => desk.approve(id, actor), roles: JUDGES },
  'request changes': { prepare: asked, call: (actor, id) => desk.requestChanges(id, actor), roles: JUDGES },
  override: {
    prepare: nothing,
    call: async (actor, id) =>
      desk.reviews.override(actor, { draftId: id, hash: await desk.hash(id), reason: 'Vite' }),
    roles: ['coordinator'],
  },
  schedule: { prepare: approved, call: (actor, id) => desk.reviews.schedule(actor, id), roles: JUDGES },
  unschedule: {
    prepare: async (id) => {
      await approved(id)
      granted(await desk.reviews.schedule(reviewer, id))
    },
    call: (actor, id) => desk.reviews.unschedule(actor, id),
    roles: JUDGES,
  },
  publish: { prepare: approved, call: (actor, id) => desk.publish(id, actor), roles: JUDGES },
  'move to an idea': {
    prepare: nothing,
    call: (actor, id) => desk.reviews.moveTo(actor, id, 'idea'),
    roles: WRITES,
  },
  'move to review': {
    prepare: nothing,
    call: (actor, id) => desk.reviews.moveTo(actor, id, 'inReview'),
    roles: WRITES,
  },
  'move to published': {
    prepare: approved,
    call: (actor, id) => desk.reviews.moveTo(actor, id, 'published'),
    roles: JUDGES,
  },
  configure: {
    prepare: nothing,
    call: (actor) => desk.reviews.configure(actor, SETTINGS),
    roles: ['coordinator'],
  },
}

describe.each(Object.keys(VERBS))('to %s', (name) => {
  test.each(ROLES)(
    'as a %s is allowed or refused by the table, and a refusal changes nothing',
    async (role) => {
      const verb = VERBS[name]
      if (!verb) throw new Error(name)
      const actor = await desk.person(role)
      const id = await desk.begin(author)
      await verb.prepare(id)
      const [stage, audit] = [await desk.stage(id), await desk.audit(id)]
      const answer = await verb.call(actor, id)
      if (verb.roles.includes(role)) return expect(answer).toMatchObject({ ok: true })
      expect(answer).toEqual({ ok: false, error: 'forbidden' })
      expect(await desk.stage(id)).toBe(stage)
      expect(await desk.audit(id)).toEqual(audit)
    },
  )
})

test('nobody takes back the verdict of somebody else, whatever their role', async () => {
  const id = await desk.begin(author)
  await approved(id)
  const [verdict] = await desk.verdicts(id)
  for (const role of ROLES) {
    const answer = await desk.reviews.takeBack(await desk.person(role), verdict?.id as VerdictId)
    expect(answer).toEqual({ ok: false, error: 'forbidden' })
  }
  expect(await desk.reviews.takeBack(coordinator, unknownDraft as string as VerdictId)).toEqual({
    ok: false,
    error: 'missing',
  })
  expect(await desk.stage(id)).toBe('approved')
})

test('an approver who has become a contributor takes nothing back, and approved nothing either', async () => {
  const id = await desk.begin(author)
  await approved(id)
  const [verdict] = await desk.verdicts(id)
  const demoted = { ...reviewer, role: 'contributor' } as const
  expect(await desk.reviews.takeBack(demoted, verdict?.id as VerdictId)).toEqual({
    ok: false,
    error: 'forbidden',
  })
})
