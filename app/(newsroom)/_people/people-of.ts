import { services } from '#app/_gate/services.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Person } from './person.ts'

export async function peopleOf(actor: Actor): Promise<readonly Person[]> {
  const team = await services().volunteers.list(actor)
  return team.map(({ id, name, color, role, suspendedAt }) => ({
    id,
    name,
    color,
    role,
    suspended: suspendedAt !== null,
  }))
}
