import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { invitations as table, volunteers } from '#drizzle/schema/people.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { InvitationId } from '#lib/domain/ids.ts'
import { type Actor, ROLES } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { Acceptance, Invitations } from '#server/invitations/types.ts'
import { createInvitations } from '#server/invitations/use-cases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { ADDRESS, forgetEverybody, PASSWORD, peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

let database: Database
let events: ReturnType<typeof recordedEvents>
let people: ReturnType<typeof peopleOf>
let invitations: Invitations
let coordinator: Actor

const guest: Acceptance = {
  name: 'Paul',
  email: 'paul@exemple.org',
  password: PASSWORD,
  locale: 'en',
  address: ADDRESS,
}

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  events = recordedEvents()
  people = peopleOf(database, events)
  invitations = createInvitations({
    ...{ database, events, secret: SECRET, mail: null },
    publicUrl: new URL('https://pupitre.exemple.org'),
    newsroomName: async () => 'La Relève',
  })
  coordinator = await people.join('coordinator')
  events.published.length = 0
})

async function invited(by = coordinator, role: Actor['role'] = 'editor', email: string | null = null) {
  const made = await invitations.create(by, { role, email })
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return { ...made.value, token: made.value.url.split('/').at(-1) ?? '' }
}
const change = (id: InvitationId, values: Partial<typeof table.$inferInsert>) =>
  database.orm.update(table).set(values).where(eq(table.id, id))
const members = async () => (await database.orm.select().from(volunteers)).map((row) => row.email)

describe('an invitation', () => {
  test('is a link that makes its bearer a volunteer with the role it promises', async () => {
    const { url, token, mailed } = await invited(coordinator, 'contributor', 'Paul@exemple.org')
    expect(url).toMatch(/^https:\/\/pupitre\.exemple\.org\/invitation\/[\w-]{43}$/)
    expect(mailed).toBe('off')
    expect(await invitations.inspect(token)).toEqual({
      ok: true,
      value: { role: 'contributor', email: 'paul@exemple.org', newsroom: 'La Relève' },
    })
    const accepted = await invitations.accept(token, guest)
    expect(accepted).toMatchObject({ ok: true })
    const [paul] = await database.orm.select().from(volunteers).where(eq(volunteers.email, guest.email))
    expect(paul).toMatchObject({
      id: accepted.ok && accepted.value,
      role: 'contributor',
      locale: 'en',
      name: 'Paul',
    })
    expect(events.published).toEqual([{ type: 'team.changed' }, { type: 'team.changed' }])
  })

  test('is kept as a hash: the database does not hold what opens it', async () => {
    const { token } = await invited()
    const rows = await database.orm.select().from(table)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await invitations.accept(rows[0]?.tokenHash ?? '', guest)).toMatchObject({ error: 'unknown' })
  })

  test('lives seven days', async () => {
    const { id, token, expiresAt } = await invited()
    expect((expiresAt.getTime() - Date.now()) / 86_400_000).toBeCloseTo(7, 2)
    await change(id, { expiresAt: new Date(Date.now() - 1000) })
    expect(await invitations.inspect(token)).toEqual({ ok: false, error: 'expired' })
    expect(await invitations.accept(token, guest)).toEqual({ ok: false, error: 'expired' })
    expect(await invitations.list(coordinator)).toEqual([])
  })

  test('works once: who replays it learns that it was used', async () => {
    const { token } = await invited()
    await invitations.accept(token, guest)
    const replayed = await invitations.accept(token, { ...guest, email: 'intrus@exemple.org' })
    expect(replayed).toEqual({ ok: false, error: 'used' })
    expect(await invitations.inspect(token)).toEqual({ ok: false, error: 'used' })
    expect(await members()).not.toContain('intrus@exemple.org')
  })

  test('raced by ten bearers admits exactly one', async () => {
    const { id, token } = await invited()
    const racers = Array.from({ length: 10 }, (_, index) =>
      invitations.accept(token, { ...guest, email: `p${index}@course.org` }),
    )
    const answers = await Promise.all(racers)
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok)).toEqual(Array(9).fill({ ok: false, error: 'used' }))
    const joined = (await members()).filter((email) => email.endsWith('@course.org'))
    expect(joined).toEqual([`p${answers.findIndex((answer) => answer.ok)}@course.org`])
    const [row] = await database.orm.select().from(table).where(eq(table.id, id))
    expect(row?.acceptedBy).toBe(answers.flatMap((answer) => (answer.ok ? [answer.value] : []))[0])
  })

  test('raced by its revocation is either used or revoked, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id, token } = await invited()
      const [accepted, revoked] = await Promise.all([
        invitations.accept(token, { ...guest, email: `p${round}@course.org` }),
        invitations.revoke(coordinator, id),
      ])
      expect([accepted.ok, revoked.ok].filter(Boolean)).toHaveLength(1)
    }
  })

  test('that is revoked admits nobody', async () => {
    const { id, token } = await invited()
    expect(await invitations.revoke(coordinator, id)).toMatchObject({ ok: true })
    expect(await invitations.inspect(token)).toEqual({ ok: false, error: 'revoked' })
    expect(await invitations.accept(token, guest)).toEqual({ ok: false, error: 'revoked' })
    expect(await invitations.revoke(coordinator, id)).toEqual({ ok: false, error: 'missing' })
    expect(await members()).not.toContain(guest.email)
  })

  test('stays open where the form was wrong or the address is taken', async () => {
    const { token } = await invited()
    const wrong = await invitations.accept(token, { ...guest, name: '', password: 'court' })
    expect(wrong).toEqual({
      ok: false,
      error: { fields: { name: 'nameMissing', password: 'passwordTooShort' } },
    })
    const taken = await invitations.accept(token, { ...guest, email: coordinator.email.toUpperCase() })
    expect(taken).toEqual({ ok: false, error: { fields: { email: 'emailTaken' } } })
    expect(await invitations.accept(token, guest)).toMatchObject({ ok: true })
  })

  test.each(['', 'x', '../../etc', 'A'.repeat(43), 'A'.repeat(100_000), "' or true --"])(
    'is not «%.20s»',
    async (token) => {
      await invited()
      expect(await invitations.inspect(token)).toEqual({ ok: false, error: 'unknown' })
      expect(await invitations.accept(token, guest)).toEqual({ ok: false, error: 'unknown' })
    },
  )

  test('is not to be found by guessing: an address that tries is stopped', async () => {
    const { token } = await invited()
    const guesses = Array.from({ length: LIMITS.invitation.attempts + 5 }, () =>
      invitations.accept('x', guest),
    )
    const errors = (await Promise.all(guesses)).map((answer) => (answer.ok ? 'in' : answer.error))
    expect(errors.filter((error) => error === 'throttled')).toHaveLength(5)
    expect(await invitations.accept(token, guest)).toEqual({ ok: false, error: 'throttled' })
    expect(await invitations.accept(token, { ...guest, address: '192.0.2.9' })).toMatchObject({ ok: true })
  })
})

describe('inviting', () => {
  test.each(ROLES)('is for coordinators alone: %s', async (role) => {
    const actor = await people.join(role)
    const { id } = await invited()
    const allowed = role === 'coordinator'
    const refused = { ok: false, error: 'forbidden' }
    expect((await invitations.list(actor)).length).toBe(allowed ? 1 : 0)
    expect(await invitations.create(actor, { role: 'coordinator', email: null })).toMatchObject(
      allowed ? { ok: true } : refused,
    )
    expect(await invitations.revoke(actor, id)).toMatchObject(allowed ? { ok: true } : refused)
  })

  test('needs an address to be one', async () => {
    const answer = await invitations.create(coordinator, { role: 'editor', email: 'paul' })
    expect(answer).toEqual({ ok: false, error: { fields: { email: 'emailInvalid' } } })
  })

  test.each(['suspend', 'demote'] as const)(
    'ends with the right to: to %s a coordinator revokes their open links',
    async (how) => {
      const second = await people.join('coordinator')
      const theirs = await invited(second)
      const mine = await invited()
      if (how === 'suspend') await people.volunteers.suspend(coordinator, second.volunteerId)
      else await people.volunteers.changeRole(coordinator, second.volunteerId, 'editor')
      expect(await invitations.inspect(theirs.token)).toEqual({ ok: false, error: 'revoked' })
      expect(await invitations.inspect(mine.token)).toMatchObject({ ok: true })
      // A page that was open before still believes in the role.
      expect(await invitations.create(second, { role: 'coordinator', email: null })).toEqual({
        ok: false,
        error: 'forbidden',
      })
    },
  )

  test('lists the open ones without their links', async () => {
    const { id, token } = await invited(coordinator, 'reader', 'paul@exemple.org')
    const listed = await invitations.list(coordinator)
    expect(listed).toMatchObject([{ id, role: 'reader', email: 'paul@exemple.org' }])
    expect(JSON.stringify(listed)).not.toContain(token)
  })
})
