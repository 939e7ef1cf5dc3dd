import type { InvalidFields, NewAccount } from '#lib/domain/accounts/fields.ts'
import type { InvitationId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Locale, Role } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'

/** An invitation that can still be accepted. Its link is shown once, when it is made. */
type InvitationSummary = {
  readonly id: InvitationId
  readonly role: Role
  readonly email: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

type NewInvitation = {
  readonly id: InvitationId
  /** The whole address to hand over; nowhere at rest. */
  readonly url: string
  readonly expiresAt: Date
  /** `off`: no mail server is set, or no address was given. */
  readonly mailed: 'sent' | 'failed' | 'off'
}

/** `unknown`: no such invitation. The others say what became of it. */
export type Unusable = 'unknown' | 'used' | 'expired' | 'revoked'

export type Acceptance = NewAccount & {
  readonly locale: Locale
  /** Where the visitor comes from: an IP address. */
  readonly address: string
}

export type Invitations = {
  /** @param input.email where to send the link; whoever accepts may use another address. */
  create(
    actor: Actor,
    input: { readonly role: Role; readonly email: string | null },
  ): Promise<Result<NewInvitation, 'forbidden' | InvalidFields>>
  /** Those still open, the newest first; none for who may not invite. */
  list(actor: Actor): Promise<readonly InvitationSummary[]>
  revoke(actor: Actor, id: InvitationId): Promise<Result<void, 'forbidden' | 'missing'>>
  /** What the page behind the link shows before anybody types. */
  inspect(
    token: string,
  ): Promise<
    Result<{ readonly role: Role; readonly email: string | null; readonly newsroom: string }, Unusable>
  >
  accept(
    token: string,
    input: Acceptance,
  ): Promise<Result<VolunteerId, Unusable | 'throttled' | InvalidFields>>
}
