import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginSessions } from '#drizzle/schema/people.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { PASSWORD, peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'
import { freePort, type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'

/** Building the pages, where they are not. */
const LONG = 300_000
let database: Database
let people: ReturnType<typeof peopleOf>
let server: RunningServer
let actor: Actor

beforeAll(async () => {
  database = await freshDatabase()
  people = peopleOf(database, recordedEvents())
  actor = await people.join('editor', 'Élise')
  server = await startServer({ env: { DATABASE_URL: database.url, PUPITRE_SECRET: SECRET } })
}, LONG)
afterAll(() => server?.stop())

const get = (path: string, cookie = '') =>
  fetch(server.url + path, { headers: { cookie }, redirect: 'manual' })
const sessionOf = async (cookie: string) => (await get('/api/auth/session', cookie)).json()

/** A POST of the standard flow. @returns its status, the `error` in the address it answers with, its cookies. */
async function post(
  path: string,
  fields: Record<string, string>,
  { cookie = '', headers = {}, base = server.url } = {},
) {
  const csrf = await fetch(`${base}/api/auth/csrf`, { headers: { cookie } })
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const fresh = csrf.headers.getSetCookie().map((line) => line.split(';')[0])
  const answer = await fetch(base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [cookie, ...fresh].join('; '), ...headers },
    body: new URLSearchParams({ csrfToken, json: 'true', ...fields }),
  })
  const body = (await answer.json().catch(() => ({}))) as { url?: string }
  const url = body.url ? new URL(body.url) : null
  return {
    status: answer.status,
    url,
    error: url?.searchParams.get('error'),
    cookies: answer.headers.getSetCookie(),
  }
}
const credentials = (password: string, email = actor.email) =>
  post('/api/auth/callback/credentials', { email, password })

describe('through next-auth’s standard routes', () => {
  test('any client signs in, and is told who it is', async () => {
    const cookie = await signIn(server.url, { email: actor.email, password: PASSWORD })
    expect(await sessionOf(cookie)).toMatchObject({ user: { name: 'Élise', email: actor.email } })
  })

  test('the session’s cookie is out of reach of scripts and of other sites', async () => {
    const { cookies } = await credentials(PASSWORD)
    const line = cookies.find((cookie) => cookie.startsWith('next-auth.session-token='))
    expect(line).toMatch(/; HttpOnly/i)
    expect(line).toMatch(/; SameSite=Lax/i)
    expect(line).toMatch(/; Path=\//i)
    expect(line).not.toMatch(/; Secure/i)
  })

  test('a wrong password opens nothing, and looks like an unknown account', async () => {
    const wrong = await credentials('trois chevaux bleus')
    const unknown = await credentials(PASSWORD, 'personne@ailleurs.org')
    for (const answer of [wrong, unknown]) {
      expect(answer).toMatchObject({ status: 401, error: 'CredentialsSignin' })
      expect(answer.cookies.join()).not.toContain('session-token')
    }
  })

  test('fields that are none, or no text, open nothing', async () => {
    expect(await post('/api/auth/callback/credentials', {})).toMatchObject({ error: 'CredentialsSignin' })
    expect(await credentials('a'.repeat(5000))).toMatchObject({ error: 'CredentialsSignin' })
  })

  test('without its csrf token nothing is done', async () => {
    const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ email: actor.email, password: PASSWORD, json: 'true', csrfToken: 'x' }),
    })
    expect(await answer.text()).toContain('csrf=true')
    expect(answer.headers.getSetCookie().join()).not.toContain('session-token')
  })

  test('a page of another site may not even ask', async () => {
    const fields = { email: actor.email, password: PASSWORD }
    for (const origin of ['https://ailleurs.example', 'null']) {
      const answer = await post('/api/auth/callback/credentials', fields, { headers: { origin } })
      expect(answer).toMatchObject({ status: 403, cookies: [] })
    }
  })

  test('guessing is stopped and says so', async () => {
    const target = await people.join('reader')
    const answers: (string | null | undefined)[] = []
    for (let guess = 0; guess < 11; guess += 1) {
      answers.push((await credentials('trois chevaux bleus', target.email)).error)
    }
    expect(answers.at(-2)).toBe('CredentialsSignin')
    expect(answers.at(-1)).toBe('throttled')
  })

  test('a suspended volunteer is told so, and stays out', async () => {
    const suspended = await people.join('editor')
    const cookie = await signIn(server.url, { email: suspended.email, password: PASSWORD })
    await people.volunteers.suspend('operator', suspended.volunteerId)
    expect(await sessionOf(cookie)).toEqual({})
    expect(await credentials(PASSWORD, suspended.email)).toMatchObject({ status: 401, error: 'suspended' })
  })

  test('signing out ends the row: the cookie that somebody kept is worth nothing', async () => {
    const cookie = await signIn(server.url, { email: actor.email, password: PASSWORD })
    const answer = await post('/api/auth/signout', {}, { cookie })
    expect(answer.cookies.join()).toMatch(/next-auth\.session-token=;/)
    expect(await sessionOf(cookie)).toEqual({})
    expect((await get('/drafts', cookie)).headers.get('location')).toBe('/sign-in')
  })

  test('signing in again in one browser ends the session before', async () => {
    const cookie = await signIn(server.url, { email: actor.email, password: PASSWORD })
    await post('/api/auth/callback/credentials', { email: actor.email, password: PASSWORD }, { cookie })
    expect(await sessionOf(cookie)).toEqual({})
  })

  test('nobody is sent on to another site', async () => {
    const fields = { email: actor.email, password: PASSWORD, callbackUrl: 'https://ailleurs.example/x' }
    expect((await post('/api/auth/callback/credentials', fields)).url?.origin).toBe(server.url)
    const inside = { ...fields, callbackUrl: '/drafts' }
    expect((await post('/api/auth/callback/credentials', inside)).url?.href).toBe(`${server.url}/drafts`)
  })

  test('forms without scripts come back to our own page with the reason', async () => {
    const { status, ...answer } = await post('/api/auth/callback/credentials', {
      email: 'x',
      password: 'x',
      json: 'false',
    })
    expect([status, answer.cookies.join().includes('session-token')]).toEqual([302, false])
    const page = await get('/api/auth/signin')
    expect(page.headers.get('location')).toContain('/sign-in')
  })

  test('nobody writes lines into the server’s log', async () => {
    const line = { code: 'X', level: 'error', message: 'forged' }
    const answer = await fetch(`${server.url}/api/auth/_log`, { method: 'POST', body: JSON.stringify(line) })
    expect(answer.status).toBe(404)
    expect(server.output()).not.toContain('forged')
  })
})

describe('a page of the newsroom', () => {
  const opened = async (cookie: string) => (await get('/profile', cookie)).status

  test('opens with a live session, in the volunteer’s name', async () => {
    const answer = await get('/profile', await people.cookieOf(actor))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Élise')
  })

  test.each([
    ['none', async () => ''],
    [
      'a forged one',
      async (sid: string) =>
        `next-auth.session-token=${await encode({ token: { sid }, secret: 'x'.repeat(40) })}`,
    ],
    [
      'an expired one',
      async (sid: string) =>
        `next-auth.session-token=${await encode({ token: { sid }, secret: SECRET, maxAge: -60 })}`,
    ],
    [
      'one under the name of another scheme',
      async (sid: string) =>
        `__Secure-next-auth.session-token=${await encode({ token: { sid }, secret: SECRET })}`,
    ],
    ['nonsense', async () => 'next-auth.session-token=%00%ff; next-auth.session-token.0=x'],
  ])('stays closed for a cookie that is %s', async (_what, make) => {
    const answer = await get('/profile', await make(actor.sessionId))
    expect([307, 303, 302]).toContain(answer.status)
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fprofile')
  })

  test('closes when the session’s row is revoked or has expired', async () => {
    for (const change of [{ revokedAt: new Date() }, { expiresAt: new Date(Date.now() - 1000) }]) {
      const other = await people.join('editor')
      const cookie = await people.cookieOf(other)
      expect(await opened(cookie)).toBe(200)
      await database.orm.update(loginSessions).set(change).where(eq(loginSessions.id, other.sessionId))
      expect(await opened(cookie)).not.toBe(200)
    }
  })
})

test(
  'over HTTPS the cookies are secure, and carry the prefixes that keep planted ones out',
  async () => {
    const port = String(await freePort())
    const secured = await startServer({
      env: {
        PORT: port,
        DATABASE_URL: database.url,
        PUPITRE_SECRET: SECRET,
        PUPITRE_URL: 'https://pupitre.exemple.org',
      },
    })
    try {
      const account = { email: actor.email, password: PASSWORD }
      const cookies = (
        await post('/api/auth/callback/credentials', account, { base: `http://127.0.0.1:${port}` })
      ).cookies
      const session = cookies.find((line) => line.includes('session-token'))
      expect(session).toMatch(/^__Secure-next-auth\.session-token=.*; Secure/)
      const cookie = session?.split(';')[0] ?? ''
      const profile = await fetch(`http://127.0.0.1:${port}/profile`, {
        headers: { cookie },
        redirect: 'manual',
      })
      expect(profile.status).toBe(200)
    } finally {
      await secured.stop()
    }
  },
  LONG,
)
