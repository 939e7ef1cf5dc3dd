import { randomUUID } from 'node:crypto'
import { rarestColor } from '#lib/domain/accounts/colors.ts'
import { type InvalidFields, invalid } from '#lib/domain/accounts/fields.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Locale, Role } from '#lib/domain/permissions.ts'
import { ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Transaction } from '#server/db/database.ts'
import { colorsWorn, insertVolunteer } from './store.ts'

export type Enrolment = {
  /** Tidied, checked and in its one spelling: `parseAccount` gives it. */
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly role: Role
  readonly locale: Locale
}

/**
 * Makes somebody a volunteer within the change that admits them.
 * @param way how they come in: who has invited them, or that they set the newsroom up, or that the operator adds them
 */
export async function enrol(
  tx: Transaction,
  enrolment: Enrolment,
  way: 'setUp' | 'operator' | { readonly invitedBy: VolunteerId },
): Promise<Result<VolunteerId, InvalidFields>> {
  const id = randomUUID() as string as VolunteerId
  const color = rarestColor(await colorsWorn(tx))
  const taken = !(await insertVolunteer(tx, { id, color, ...enrolment }))
  if (taken) return invalid({ email: 'emailTaken' })
  const { role } = enrolment
  await record(tx, {
    by: way === 'operator' ? null : id,
    action: 'volunteer.joined',
    detail: { volunteerId: id, role, ...(typeof way === 'object' ? way : { way }) },
  })
  return ok(id)
}
