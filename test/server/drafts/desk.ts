import { randomUUID } from 'node:crypto'
import { volunteers } from '#drizzle/schema/index.ts'
import type { DraftId, LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Role } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Database } from '#server/db/database.ts'
import { readText } from '#server/drafts/formats/read-text.ts'
import type { DraftFilter, EditDocument } from '#server/drafts/types.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import type { ServerEvent } from '#server/events/port.ts'
import { freshDatabase } from '#test/support/database.ts'

/** Drafts over a database of their own, with what they told the other processes. */
export async function makeDesk(edit: EditDocument | null = null) {
  const database = await freshDatabase()
  const told: ServerEvent[] = []
  const publish = async (event: ServerEvent) => {
    told.push(event)
  }
  const drafts = createDrafts({ database, events: { publish }, edit })
  return { database, drafts, told, publish }
}

export async function addActor(database: Database, role: Role = 'editor', name = 'Maude'): Promise<Actor> {
  const id = randomUUID() as string as VolunteerId
  const email = `${id}@exemple.quebec`
  await database.orm
    .insert(volunteers)
    .values({ id, email, name, color: '#335577', locale: 'fr', role, passwordHash: '-' })
  return {
    volunteerId: id,
    sessionId: randomUUID() as string as LoginSessionId,
    name,
    email,
    role,
    color: '#335577',
    locale: 'fr',
  }
}

export const granted = <T>(result: Result<T, string>): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

export const bodyOf = (text: string) => readText(text).toJSON()

export const everything: DraftFilter = { search: '', state: 'active', sort: 'edited', by: null, offset: 0 }

export const unknownDraft = randomUUID() as string as DraftId
