import { and, asc, eq, inArray } from 'drizzle-orm'
import { documentSuggestions } from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { SuggestionAuthor } from '#lib/protocol/newsroom-events.ts'
import type { Orm } from '#server/db/database.ts'

/** @param ids only these; null: every suggestion that there ever was in the draft, the oldest first */
export async function findAuthors(
  orm: Orm,
  draftId: DraftId,
  ids: readonly string[] | null,
): Promise<readonly SuggestionAuthor[]> {
  const inDraft = eq(documentSuggestions.document, draftDocument(draftId))
  const rows = await orm
    .select({
      id: documentSuggestions.id,
      by: documentSuggestions.volunteerId,
      at: documentSuggestions.createdAt,
    })
    .from(documentSuggestions)
    .where(ids ? and(inDraft, inArray(documentSuggestions.id, [...ids])) : inDraft)
    .orderBy(asc(documentSuggestions.firstSeq), asc(documentSuggestions.id))
  return rows.map(({ id, by, at }) => ({ id, by, at: at.toISOString() }))
}
