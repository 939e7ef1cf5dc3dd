import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { type Actor, ROLES, type Role } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import type { Authority, Volunteers } from '#server/volunteers/types.ts'
import { freshDatabase } from '#test/support/database.ts'
import { forgetEverybody, peopleOf, recordedEvents } from '#test/support/people.ts'

let database: Database
let events: ReturnType<typeof recordedEvents>
let people: ReturnType<typeof peopleOf>
let coordinator: Actor

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  events = recordedEvents()
  people = peopleOf(database, events)
  coordinator = await people.join('coordinator')
  events.published.length = 0
})

const rowOf = async (id: VolunteerId) => {
  const [row] = await database.orm.select().from(volunteers).where(eq(volunteers.id, id))
  if (!row) throw new Error('no such volunteer')
  return row
}
const activeCoordinators = async () =>
  (await database.orm.select().from(volunteers)).filter(
    (row) => row.role === 'coordinator' && !row.suspendedAt,
  )
const accessNews = (volunteerId: VolunteerId) => [
  { type: 'volunteer.access', volunteerId },
  { type: 'team.changed' },
]

type Verb = (list: Volunteers, by: Authority, id: VolunteerId) => Promise<{ ok: boolean; error?: string }>
const VERBS: readonly [string, Verb][] = [
  ['change the role of', (list, by, id) => list.changeRole(by, id, 'reader')],
  ['suspend', (list, by, id) => list.suspend(by, id)],
  ['reinstate', (list, by, id) => list.reinstate(by, id)],
]

describe.each(VERBS)('to %s another', (_name, verb) => {
  test.each(ROLES)('is for coordinators and the operator alone: %s', async (role) => {
    const actor = await people.join(role)
    const other = await people.join('editor')
    const before = await rowOf(other.volunteerId)
    events.published.length = 0
    const answer = await verb(people.volunteers, actor, other.volunteerId)
    if (role === 'coordinator') {
      expect(answer).toMatchObject({ ok: true })
      expect(events.published).toEqual(accessNews(other.volunteerId))
    } else {
      expect(answer).toEqual({ ok: false, error: 'forbidden' })
      expect(await rowOf(other.volunteerId)).toEqual(before)
      expect(events.published).toEqual([])
    }
    expect(await verb(people.volunteers, 'operator', other.volunteerId)).toMatchObject({ ok: true })
  })

  test('is refused to oneself, and says when there is no such person', async () => {
    await people.join('coordinator')
    expect(await verb(people.volunteers, coordinator, coordinator.volunteerId)).toMatchObject({
      error: 'forbidden',
    })
    const nobody = '00000000-0000-4000-8000-000000000000' as VolunteerId
    expect(await verb(people.volunteers, coordinator, nobody)).toMatchObject({ error: 'missing' })
  })

  test('is refused to a coordinator who was demoted a moment ago, whatever the page still says', async () => {
    const demoted = await people.join('coordinator')
    const editor = await people.join('editor')
    await people.volunteers.changeRole(coordinator, demoted.volunteerId, 'editor')
    expect(await verb(people.volunteers, demoted, editor.volunteerId)).toMatchObject({ error: 'forbidden' })
  })
})

describe('suspending', () => {
  test('ends every session of that person, and nobody else’s', async () => {
    const editor = await people.join('editor')
    const phone = await people.sessions.open(editor.volunteerId, 'Phone')
    const cookie = await people.cookieOf(editor)
    await people.volunteers.suspend(coordinator, editor.volunteerId)
    expect(await people.sessions.authenticate(cookie)).toBeNull()
    expect(await people.sessions.actorOf(phone?.sessionId ?? '')).toBeNull()
    expect(await people.sessions.actorOf(coordinator.sessionId)).not.toBeNull()
    expect(await people.sessions.open(editor.volunteerId, 'Again')).toBeNull()
  })

  test('is undone by reinstating, but the sessions stay ended', async () => {
    const editor = await people.join('editor')
    await people.volunteers.suspend(coordinator, editor.volunteerId)
    await people.volunteers.reinstate(coordinator, editor.volunteerId)
    expect((await rowOf(editor.volunteerId)).suspendedAt).toBeNull()
    expect(await people.sessions.actorOf(editor.sessionId)).toBeNull()
    expect(await people.sessions.open(editor.volunteerId, 'Again')).toMatchObject({ role: 'editor' })
  })

  test('twice keeps the first date, and tells the rooms twice', async () => {
    const editor = await people.join('editor')
    await people.volunteers.suspend(coordinator, editor.volunteerId)
    const { suspendedAt } = await rowOf(editor.volunteerId)
    events.published.length = 0
    await people.volunteers.suspend(coordinator, editor.volunteerId)
    expect((await rowOf(editor.volunteerId)).suspendedAt).toEqual(suspendedAt)
    expect(events.published).toEqual(accessNews(editor.volunteerId))
  })

  test('whose news cannot be published is not done, and whoever asked learns it', async () => {
    const editor = await people.join('editor')
    events.failNext(1)
    await expect(people.volunteers.suspend(coordinator, editor.volunteerId)).rejects.toThrow('took no news')
    expect((await rowOf(editor.volunteerId)).suspendedAt).toBeNull()
    expect(await people.sessions.actorOf(editor.sessionId)).not.toBeNull()
  })

  test('is heard by every process, after the commit and never without it', async () => {
    const heard: { news: ServerEvent; suspended: Promise<boolean> }[] = []
    const listening = await createEvents({ database, log: createLog({ logLevel: 'silent' }) })
    const volunteer = await people.add('editor')
    const isSuspended = async () => (await rowOf(volunteer)).suspendedAt !== null
    listening.subscribe((news) => heard.push({ news, suspended: isSuspended() }))
    const { volunteers: real } = peopleOf(database, listening)
    await expect(
      database.orm.transaction(async (tx) => {
        await listening.publish({ type: 'team.changed' }, tx)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await real.suspend(coordinator, volunteer)
    await expect.poll(() => heard.map(({ news }) => news)).toEqual(accessNews(volunteer))
    expect(await Promise.all(heard.map(({ suspended }) => suspended))).toEqual([true, true])
    await listening.close()
  })
})

describe('the newsroom keeps an active coordinator', () => {
  test('when the operator would suspend or demote the last one', async () => {
    expect(await people.volunteers.suspend('operator', coordinator.volunteerId)).toMatchObject({
      error: 'lastCoordinator',
    })
    expect(await people.volunteers.changeRole('operator', coordinator.volunteerId, 'reader')).toMatchObject({
      error: 'lastCoordinator',
    })
    expect(
      await people.volunteers.changeRole('operator', coordinator.volunteerId, 'coordinator'),
    ).toMatchObject({ ok: true })
    expect(await activeCoordinators()).toHaveLength(1)
  })

  test('when the others are suspended already', async () => {
    const second = await people.join('coordinator')
    await people.volunteers.suspend(coordinator, second.volunteerId)
    expect(await people.volunteers.suspend('operator', coordinator.volunteerId)).toMatchObject({
      error: 'lastCoordinator',
    })
  })

  test.each(Array.from({ length: 8 }, (_, round) => round))(
    'when two coordinators demote each other at the same time (round %i)',
    async (round) => {
      const second = await people.join('coordinator')
      const turn = (by: Actor, other: Actor) =>
        round % 2 === 0
          ? people.volunteers.changeRole(by, other.volunteerId, 'editor')
          : people.volunteers.suspend(by, other.volunteerId)
      const answers = await Promise.all([turn(coordinator, second), turn(second, coordinator)])
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      expect(answers.filter((answer) => !answer.ok)).toEqual([{ ok: false, error: 'forbidden' }])
      expect(await activeCoordinators()).toHaveLength(1)
    },
  )

  test('when five coordinators and the operator suspend one another in all directions', async () => {
    const all = [coordinator]
    for (let count = 0; count < 4; count += 1) all.push(await people.join('coordinator'))
    const duels = all.flatMap((by) => all.map((other) => people.volunteers.suspend(by, other.volunteerId)))
    await Promise.all([
      ...duels,
      ...all.map((other) => people.volunteers.suspend('operator', other.volunteerId)),
    ])
    expect(await activeCoordinators()).toHaveLength(1)
  })
})

describe('the list', () => {
  test('is in French order, with the suspended', async () => {
    for (const name of ['Zoé', 'Émile', 'Eve', 'œdipe', 'odile', 'Étienne']) await people.add('reader', name)
    const suspended = await people.add('editor', 'Aaron')
    await people.volunteers.suspend('operator', suspended)
    const names = (await people.volunteers.list(coordinator)).map((volunteer) => volunteer.name)
    expect(names).toEqual(['Aaron', 'Émile', 'Étienne', 'Eve', 'odile', 'œdipe', 'Personne 1', 'Zoé'])
  })

  test.each(ROLES)(
    'shows addresses to who manages the team, and to each their own: %s',
    async (role: Role) => {
      const actor = await people.join(role)
      const listed = await people.volunteers.list(actor)
      const seen = listed.filter((volunteer) => volunteer.email !== null).map((volunteer) => volunteer.id)
      const all = [coordinator.volunteerId, actor.volunteerId]
      expect(new Set(seen)).toEqual(new Set(role === 'coordinator' ? all : [actor.volunteerId]))
      expect(JSON.stringify(listed)).not.toContain('argon2')
    },
  )
})
