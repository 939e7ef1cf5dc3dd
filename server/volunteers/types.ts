import type { InvalidFields } from '#lib/domain/accounts/fields.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Locale, Role } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'

/**
 * Who asks: a signed-in volunteer, or whoever holds the machine (the command line). The operator may do
 * anything a coordinator may; the rules that protect the newsroom itself bind both.
 */
export type Authority = Actor | 'operator'

/** A line of the team page. */
export type VolunteerSummary = {
  readonly id: VolunteerId
  readonly name: string
  /** Null for those who may not manage the team: colleagues are known by name. One's own is always there. */
  readonly email: string | null
  /** Six-digit hex. */
  readonly color: string
  readonly role: Role
  readonly locale: Locale
  readonly suspendedAt: Date | null
  readonly createdAt: Date
}

export type NewVolunteer = {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly locale: Locale
}

/** What is left out stays. @property color one of the palette, lib/domain/accounts/colors.ts */
export type ProfileChange = {
  readonly name?: string
  readonly color?: string
  readonly locale?: Locale
}

export type PasswordChange = { readonly current: string; readonly next: string }

/** `lastCoordinator`: the newsroom would be left with nobody who can administer it. */
export type ManageRefusal = 'forbidden' | 'missing' | 'lastCoordinator'

export type Volunteers = {
  /** Everybody, the suspended included, in French alphabetical order of names. */
  list(by: Authority): Promise<readonly VolunteerSummary[]>
  changeRole(by: Authority, id: VolunteerId, role: Role): Promise<Result<void, ManageRefusal>>
  /** Ends that person's sessions and closes their sockets; their work stays. */
  suspend(by: Authority, id: VolunteerId): Promise<Result<void, ManageRefusal>>
  reinstate(by: Authority, id: VolunteerId): Promise<Result<void, ManageRefusal>>
  updateProfile(actor: Actor, change: ProfileChange): Promise<Result<void, InvalidFields>>
  /** Ends every other session of this volunteer. */
  changePassword(
    actor: Actor,
    change: PasswordChange,
  ): Promise<Result<void, 'wrongPassword' | 'throttled' | InvalidFields>>
  /**
   * Adds somebody without an invitation: for the command line. In a newsroom that is not set up yet, this
   * sets it up: whoever holds the machine needs no code.
   */
  add(input: NewVolunteer): Promise<Result<VolunteerId, InvalidFields>>
}
