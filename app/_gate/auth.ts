import type { NextRequest } from 'next/server'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { ABSOLUTE_MS } from '#lib/domain/accounts/lifetime.ts'
import { parseLoginSessionId } from '#lib/domain/ids.ts'
import { line, secret } from './schemas.ts'
import { services } from './services.ts'
import { endPrevious } from './session-cookie.ts'
import { visitorOf } from './visitor.ts'

type SignedIn = { readonly id: string; readonly sid: string }
type RouteContext = { params: Promise<{ nextauth: string[] }> }
/** What went wrong while next-auth was answering: it swallows it, and clears the cookie in its answer. */
type Faults = unknown[]

/** next-auth 4 on its standard routes: any next-auth client signs in, and out, through them. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const [route] = (await context.params).nextauth
  // Lets a page write lines of its choosing into the server's log. Ours does not ask for it.
  if (route === '_log') return new Response(null, { status: 404 })
  const faults: Faults = []
  const response: Response = await NextAuth(request, context, authOptions(faults))
  if (faults.length === 0) return response
  // A sign-out whose row lives on is no sign-out, and a database that is away ends nobody's session.
  for (const err of faults) services().log.error({ err, route }, 'next-auth could not be answered')
  return Response.json({ error: 'unavailable' }, { status: 503, headers: { 'Cache-Control': 'no-store' } })
}

function authOptions(faults: Faults): NextAuthOptions {
  const { sessions, config, log } = services()
  const noting = <T>(outcome: Promise<T>): Promise<T> =>
    outcome.catch((error: unknown) => {
      faults.push(error)
      throw error
    })
  return {
    secret: sessions.tokenSecret,
    useSecureCookies: config.publicUrl.protocol === 'https:',
    // As long as a session may live at most; within it the row decides.
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/profile' },
    providers: [credentials()],
    callbacks: {
      // Ids only: who somebody is, and whether the session lives, is read from the rows each time.
      jwt({ token, user }) {
        const signedIn = user as SignedIn | undefined
        return signedIn ? { sub: signedIn.id, sid: signedIn.sid } : { sub: token.sub ?? '', sid: token.sid }
      },
      async session({ session, token }) {
        const actor = await noting(sessions.actorOf(String(token.sid)))
        if (!actor) throw new Error('The login session has ended.')
        return { expires: session.expires, user: { name: actor.name, email: actor.email } }
      },
      redirect: ({ url, baseUrl }) => safeRedirect(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        const sid = parseLoginSessionId(String(token?.sid))
        if (sid) await noting(sessions.end(sid))
      },
    },
    logger: {
      // An ended session and a forged cookie come here too: what any visitor can cause is no error of the server.
      error: (code) => log.debug({ code }, 'next-auth refused'),
      warn: (code) => log.debug({ code }, 'next-auth warned'),
      debug: () => {},
    },
  }
}

const typedCredentials = z.object({ email: line, password: secret })

const credentials = () =>
  CredentialsProvider({
    id: 'credentials',
    name: 'Pupitre',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(typed, { headers = {} }) {
      const { sessions, log } = services()
      const input = typedCredentials.safeParse(typed)
      // Null is next-auth's `CredentialsSignin`; the message of what is thrown reaches the client as `error`.
      if (!input.success) return null
      const visitor = visitorOf((name) => (typeof headers[name] === 'string' ? headers[name] : null))
      const answer = await sessions.signIn({ ...input.data, ...visitor }).catch((err: unknown) => {
        log.error({ err }, 'a sign-in failed')
        throw new Error('unavailable')
      })
      if (!answer.ok && answer.error === 'invalid') return null
      if (!answer.ok) throw new Error(answer.error)
      await endPrevious()
      return { id: answer.value.volunteerId, sid: answer.value.sessionId } satisfies SignedIn
    },
  })

/** Never to another site, whatever `callbackUrl` says. */
function safeRedirect(url: string, baseUrl: string): string {
  const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null
  return target && [baseUrl, ...services().config.origins].includes(target.origin) ? target.href : baseUrl
}
