import { describe, expect, it, vi } from 'vitest'
import { loginSessions } from '#drizzle/schema/index.ts'
import type { ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { createSessions } from '#server/sessions/use-cases.ts'
import { answerOf, makeNewsroom, passphrase } from './desk.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

const adding = (email: string, role = 'editor', name = 'Maude Roy') =>
  [
    'volunteer',
    'add',
    '--email',
    email,
    '--name',
    name,
    '--role',
    role,
    '--password-stdin',
    '--json',
  ] as const

describe('pupitre volunteer', () => {
  it('adds somebody who can then sign in, lists them, and suspends them at once', async () => {
    const { database, run } = await makeNewsroom()
    const added = await run(adding('Maude@Exemple.quebec', 'coordinator'), `${passphrase}\n`)
    expect(added.code).toBe(0)
    const { id } = answerOf<{ id: string }>(added)
    const leo = answerOf<{ id: string }>(
      await run(adding('leo@exemple.quebec', 'editor', 'Léo Roy'), passphrase),
    ).id

    const events = await createEvents({ database, log: createLog({ logLevel: 'silent' }) })
    const heard: ServerEvent[] = []
    events.subscribe((event) => heard.push(event))
    const sessions = createSessions({ database, events, secret: 'x'.repeat(32), secureCookies: false })
    const typed = { email: 'leo@exemple.quebec', password: passphrase, address: '127.0.0.1', userAgent: '' }
    expect(await sessions.signIn(typed)).toMatchObject({
      ok: true,
      value: { volunteerId: leo, role: 'editor' },
    })

    const suspended = await run(['volunteer', 'suspend', 'LEO@exemple.quebec', '--json'])
    expect(answerOf(suspended)).toEqual({ id: leo, suspended: true })
    await expect.poll(() => heard).toContainEqual({ type: 'volunteer.access', volunteerId: leo })
    expect((await sessions.signIn(typed)).ok).toBe(false)
    expect(await database.orm.select().from(loginSessions)).toMatchObject([{ revokedAt: expect.any(Date) }])

    const { volunteers } = answerOf<{ volunteers: unknown[] }>(await run(['volunteer', 'list', '--json']))
    expect(volunteers).toMatchObject([
      { id: leo, suspendedAt: expect.stringMatching(/Z$/) },
      { id, email: 'maude@exemple.quebec', role: 'coordinator', suspendedAt: null },
    ])
    expect(answerOf(await run(['volunteer', 'reinstate', leo, '--json']))).toEqual({
      id: leo,
      suspended: false,
    })
    expect((await sessions.signIn(typed)).ok).toBe(true)
    await events.close()
  })

  it('keeps the last coordinator', async () => {
    const { run } = await makeNewsroom()
    const { id } = answerOf<{ id: string }>(await run(adding('a@exemple.quebec', 'coordinator'), passphrase))
    const refused = await run(['volunteer', 'suspend', id])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('dernière personne à la coordination')
  })

  it('says what is wrong with an account, and adds nothing', async () => {
    const { run } = await makeNewsroom()
    const refused = await run(adding('pas une adresse'), 'court')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('adresse de courriel')
    expect(refused.stderr).toContain('trop court')
    expect(answerOf(refused)).toEqual({ error: refused.stderr.trim() })
    await run(adding('a@exemple.quebec'), passphrase)
    expect((await run(adding('A@exemple.quebec'), passphrase)).code).toBe(1)
    const { volunteers } = answerOf<{ volunteers: unknown[] }>(await run(['volunteer', 'list', '--json']))
    expect(volunteers).toHaveLength(1)
  })

  it('does not know whoever is not in the team', async () => {
    const { run } = await makeNewsroom()
    const unknown = await run(['volunteer', 'suspend', 'personne@exemple.quebec'])
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('personne@exemple.quebec')
  })
})
