import type { DraftId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { SuggestionAuthor } from '#lib/protocol/newsroom-events.ts'
import type { Database } from '#server/db/database.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { News } from '#server/sync/ports.ts'
import { findAuthors } from './store.ts'

/** Who made which suggestion, as the update log knows it (server/sync/SPEC.md, R8); what is suggested is in the text. */
export type Suggestions = {
  authors(actor: Actor, draftId: DraftId): Promise<Result<readonly SuggestionAuthor[], 'forbidden'>>
  newsOf(event: Extract<ServerEvent, { type: 'suggestions.added' }>): Promise<readonly News[]>
}

export function createSuggestions({ database }: { readonly database: Database }): Suggestions {
  const { orm } = database
  return {
    async authors(actor, draftId) {
      if (!can(actor, 'draft.read', null)) return fail('forbidden')
      return ok(await findAuthors(orm, draftId, null))
    },

    async newsOf({ draftId, ids }) {
      const authors = await findAuthors(orm, draftId, ids)
      return authors.length === 0 ? [] : [{ event: { type: 'suggestions', draftId, authors }, to: null }]
    },
  }
}
