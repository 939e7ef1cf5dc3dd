import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DraftId } from '#lib/domain/ids.ts'
import { type Actor, ROLES, type Role } from '#lib/domain/permissions.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { aDraft, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

let desk: ThreadDesk
let actors: Record<Role, Actor>
beforeAll(async () => {
  desk = await makeThreads()
  const all = await Promise.all(ROLES.map(async (role) => [role, await addActor(desk.database, role, role)]))
  actors = Object.fromEntries(all)
})

type Outcome = { readonly ok: boolean; readonly error?: string }
type Place = {
  readonly draft: DraftId
  readonly thread: ReturnType<typeof newThread>
  readonly comment: ReturnType<typeof newComment>
}

/** Each verb, as somebody would try it on a thread of a draft. */
const VERBS = {
  list: (actor, { draft }) => desk.threads.list(actor, aDraft(draft)),
  open: (actor, { draft }) =>
    desk.threads.open(actor, {
      id: newThread(),
      subject: aDraft(draft),
      anchor: null,
      comment: { id: newComment(), body: 'Ouvert' },
    }),
  reply: (actor, { thread }) =>
    desk.threads.reply(actor, { id: newComment(), threadId: thread, body: 'Répondu' }),
  edit: (actor, { comment }) => desk.threads.edit(actor, { id: comment, body: `Réécrit ${randomUUID()}` }),
  resolve: (actor, { thread }) => desk.threads.setResolved(actor, thread, true),
  reopen: (actor, { thread }) => desk.threads.setResolved(actor, thread, false),
  react: (actor, { comment }) => desk.threads.react(actor, { commentId: comment, emoji: '👍', given: true }),
  follow: (actor, { thread }) => desk.threads.setFollowing(actor, thread, true),
  remove: (actor, { comment }) => desk.threads.remove(actor, comment),
} as const satisfies Record<string, (actor: Actor, place: Place) => Promise<Outcome>>
type Verb = keyof typeof VERBS

const EVERYBODY = ['list', 'follow'] as const
const COMMENTING = [...EVERYBODY, 'open', 'reply', 'react'] as const
const WRITING = [...COMMENTING, 'resolve', 'reopen'] as const

/** What each role may do in a thread of its own, in one of somebody else, and once the draft is archived. */
const MAY: Readonly<Record<Role, Readonly<Record<'own' | 'other' | 'archived', readonly Verb[]>>>> = {
  coordinator: {
    own: [...WRITING, 'edit', 'remove'],
    other: [...WRITING, 'remove'],
    archived: [...EVERYBODY, 'remove'],
  },
  editor: { own: [...WRITING, 'edit', 'remove'], other: WRITING, archived: EVERYBODY },
  contributor: { own: [...WRITING, 'edit', 'remove'], other: WRITING, archived: EVERYBODY },
  commenter: { own: [...WRITING, 'edit', 'remove'], other: COMMENTING, archived: EVERYBODY },
  // Somebody who wrote, and was made a reader since.
  reader: { own: EVERYBODY, other: EVERYBODY, archived: EVERYBODY },
}

/** A thread that `author` opened while they could, with a second comment so that it survives. */
async function threadOf(author: Actor): Promise<Place> {
  const draft = granted(await desk.drafts.create(actors.coordinator, { title: 'Note' }))
  const then = author.role === 'reader' ? { ...author, role: 'commenter' as const } : author
  const { id, comment } = await desk.open(then, 'Premier', aDraft(draft))
  await desk.reply(actors.coordinator, id, 'Second')
  return { draft, thread: id, comment }
}

const stateOf = async ({ draft }: Place) =>
  JSON.stringify(granted(await desk.threads.list(actors.coordinator, aDraft(draft))))

describe.each(ROLES)('somebody whose role is %s', (role) => {
  it.each(['own', 'other', 'archived'] as const)(
    'does in a thread (%s) what the table says, and nothing else',
    async (where) => {
      const actor = actors[role]
      for (const verb of Object.keys(VERBS) as Verb[]) {
        const place = await threadOf(where === 'other' ? desk.maude : actor)
        if (verb === 'reopen') granted(await desk.threads.setResolved(actors.coordinator, place.thread, true))
        if (where === 'archived') granted(await desk.drafts.archive(actors.coordinator, place.draft))
        const before = await stateOf(place)
        const outcome: Outcome = await VERBS[verb](actor, place)
        const may = MAY[role][where].includes(verb)
        expect({ verb, ...outcome }).toMatchObject(
          may ? { verb, ok: true } : { verb, ok: false, error: 'forbidden' },
        )
        const changed = (await stateOf(place)) !== before
        expect({ verb, changed }).toEqual({ verb, changed: may && !['list', 'follow'].includes(verb) })
      }
    },
  )
})

it('nobody becomes an author by what they send: it is always whoever is signed in', async () => {
  const { threads, draft, maude } = desk
  const forged = { author: maude.volunteerId, authorId: maude.volunteerId, createdBy: maude.volunteerId }
  const comment = { id: newComment(), body: 'Signé Maude', ...forged }
  const thread = { id: newThread(), subject: aDraft(draft), anchor: null, comment, ...forged }
  const opened = granted(await threads.open(actors.commenter, thread))
  const reply = { id: newComment(), threadId: thread.id, body: 'Encore', ...forged }
  const replied = granted(await threads.reply(actors.commenter, reply))
  const me = actors.commenter.volunteerId
  expect([opened.createdBy, opened.comments[0]?.author, replied.author]).toEqual([me, me, me])
})
