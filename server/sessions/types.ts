import type { LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Authenticate } from '#server/sync/ports.ts'

export type SignIn = {
  readonly email: string
  readonly password: string
  /** Where the visitor comes from, as the proxy or the socket says: an IP address. */
  readonly address: string
  readonly userAgent: string
}

/** One signed-in browser, on the profile page of its owner. */
type LoginSessionSummary = {
  readonly id: LoginSessionId
  readonly userAgent: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  /** The browser that asks. */
  readonly current: boolean
}

export type Sessions = {
  /** What next-auth signs and encrypts its tokens with. */
  readonly tokenSecret: string
  /** @returns the actor, whose `sessionId` is the new session's `sid` */
  signIn(input: SignIn): Promise<Result<Actor, 'invalid' | 'throttled' | 'suspended'>>
  /**
   * Opens a session for somebody who has just proved who they are otherwise (set-up, invitation).
   * Null where they were suspended in that very moment.
   */
  open(volunteerId: VolunteerId, userAgent: string): Promise<Actor | null>
  /** The cookie that carries a session, as next-auth would have written it. */
  cookieFor(actor: Actor): Promise<SessionCookie>
  authenticate: Authenticate
  /** Null for a session that is unknown, ended, expired, or whose volunteer is suspended. */
  actorOf(sessionId: string): Promise<Actor | null>
  end(sessionId: LoginSessionId): Promise<void>
  /** Ends one session of the actor's own. */
  endOne(actor: Actor, sessionId: LoginSessionId): Promise<Result<void, 'missing'>>
  endAll(actor: Actor, options: { readonly keepThis: boolean }): Promise<void>
  /** The actor's live sessions, the last seen first. */
  listOf(actor: Actor): Promise<readonly LoginSessionSummary[]>
}

export type SessionCookie = {
  readonly name: string
  readonly value: string
  readonly httpOnly: true
  readonly sameSite: 'lax'
  readonly path: '/'
  readonly secure: boolean
  readonly expires: Date
}
