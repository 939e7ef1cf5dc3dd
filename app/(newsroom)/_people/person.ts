import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'

/** A volunteer as others see them, also when they have left: what they said stays theirs. */
export type Person = {
  readonly id: VolunteerId
  readonly name: string
  /** Six-digit hex. */
  readonly color: string
  readonly role: Role
  readonly suspended: boolean
}
