import { randomUUID } from 'node:crypto'
import { parseEmail } from '#lib/domain/accounts/email.ts'
import { type InvalidFields, invalid, parseAccount } from '#lib/domain/accounts/fields.ts'
import { addressBlock, LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { InvitationId, VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Database, Orm, Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Mail } from '#server/mail/mail.ts'
import { createThrottle } from '#server/sessions/throttle.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { announce } from '#server/volunteers/announce.ts'
import { enrol } from '#server/volunteers/enrol.ts'
import { hashPassword } from '#server/volunteers/password-hash.ts'
import { roleNow } from '#server/volunteers/role-now.ts'
import { invitationLetter } from './letter.ts'
import {
  findInvitation,
  insertInvitation,
  openInvitations,
  revokeInvitations,
  setAcceptedBy,
  useUp,
} from './store.ts'
import { newToken, tokenHash } from './token.ts'
import type { Acceptance, Invitations, Unusable } from './types.ts'

type Parts = {
  database: Database
  events: EventPort
  secret: string
  /** Null: no mail server; links are copied from the page. */
  mail: Mail | null
  publicUrl: URL
  newsroomName: () => Promise<string | null>
}

const TEAM_CHANGED = [{ type: 'team.changed' }] as const

type AcceptRefusal = Unusable | InvalidFields

export function createInvitations(parts: Parts): Invitations {
  const { database, events, secret, mail, publicUrl, newsroomName } = parts
  const { orm } = database
  const throttle = createThrottle({ database, secret })
  const newsroom = async () => (await newsroomName()) ?? 'Pupitre'

  return {
    async create(actor, { role, email: typed }) {
      if (!can(actor, 'team.invite', null)) return fail('forbidden')
      const email = typed === null ? null : parseEmail(typed)
      if (typed !== null && email === null) return invalid({ email: 'emailInvalid' })
      const token = newToken()
      const id = randomUUID() as string as InvitationId
      const expiresAt = await orm.transaction(async (tx) => {
        // Whoever lost the right a moment ago makes no promise that their demotion has not seen.
        const now = await roleNow(tx, actor.volunteerId)
        if (!now || !can({ ...actor, role: now }, 'team.invite', null)) return null
        await announce(events, tx, TEAM_CHANGED)
        // Not whom: the e-mail of somebody who never came would stay for ever.
        await record(tx, { by: actor.volunteerId, action: 'volunteer.invited', detail: { role } })
        const promise = { id, role, email, invitedBy: actor.volunteerId }
        return insertInvitation(tx, { ...promise, tokenHash: tokenHash(token) ?? '' })
      })
      if (!expiresAt) return fail('forbidden')
      const url = new URL(`/invitation/${token}`, publicUrl).href
      if (!mail || !email) return ok({ id, url, expiresAt, mailed: 'off' })
      const letter = invitationLetter(actor.locale, { newsroom: await newsroom(), url, expiresAt })
      const sent = await mail.send({ to: email, ...letter })
      return ok({ id, url, expiresAt, mailed: sent.ok ? 'sent' : 'failed' })
    },

    async list(actor) {
      return can(actor, 'team.invite', null) ? openInvitations(orm) : []
    },

    async revoke(actor, id) {
      if (!can(actor, 'team.invite', null)) return fail('forbidden')
      return allOrNothing<void, 'missing'>(orm, async (tx) => {
        if ((await revokeInvitations(tx, { id })) === 0) return fail('missing')
        await record(tx, { by: actor.volunteerId, action: 'volunteer.uninvited' })
        await announce(events, tx, TEAM_CHANGED)
        return ok(undefined)
      })
    },

    async inspect(token) {
      const found = await usable(orm, token)
      if (!found.ok) return found
      const { role, email } = found.value
      return ok({ role, email, newsroom: await newsroom() })
    },

    async accept(token, input) {
      const counters = [{ limit: LIMITS.invitation, subject: [addressBlock(input.address)] }]
      if (!(await throttle.take(counters))) return fail('throttled')
      // Only an open invitation is worth the work of hashing a password.
      const found = await usable(orm, token)
      if (!found.ok) return found
      await throttle.giveBack(counters)
      return admit({ orm, events }, token, found.value.tokenHash, input)
    },
  }
}

/** Why an invitation that was open a moment ago is not: somebody was faster. */
const becameOf = (state: Awaited<ReturnType<typeof usable>>) => (state.ok ? fail<Unusable>('used') : state)

async function usable(orm: Orm | Transaction, token: string) {
  const hash = tokenHash(token)
  const row = hash && (await findInvitation(orm, hash))
  if (!hash || !row) return fail<Unusable>('unknown')
  if (row.acceptedAt) return fail<Unusable>('used')
  if (row.revokedAt) return fail<Unusable>('revoked')
  return row.expired ? fail<Unusable>('expired') : ok({ tokenHash: hash, ...row })
}

async function admit(
  { orm, events }: { orm: Orm; events: EventPort },
  token: string,
  hash: string,
  { locale, ...typed }: Acceptance,
): Promise<Result<VolunteerId, AcceptRefusal>> {
  const account = parseAccount(typed)
  if (!account.ok) return account
  const { name, email, password } = account.value
  const passwordHash = await hashPassword(password)
  return allOrNothing<VolunteerId, AcceptRefusal>(orm, async (tx) => {
    const invitation = await useUp(tx, hash)
    if (!invitation) return becameOf(await usable(tx, token))
    // An e-mail that is taken leaves the invitation open: the person may type another.
    const { role, invitedBy } = invitation
    const enrolled = await enrol(tx, { name, email, passwordHash, role, locale }, { invitedBy })
    if (!enrolled.ok) return enrolled
    await setAcceptedBy(tx, invitation.id, enrolled.value)
    await announce(events, tx, TEAM_CHANGED)
    return enrolled
  })
}
