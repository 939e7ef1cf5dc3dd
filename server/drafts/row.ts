import type { DraftFacts } from '#lib/documents/draft/shape.ts'
import { wordsForSearch } from '#lib/domain/text.ts'

/** Past this many bytes of UTF-8 a text is not indexed: PostgreSQL refuses a tsvector beyond 1 MB. */
const MAX_INDEXED_BYTES = 200_000

/** PostgreSQL text holds any character but this one, which a raw socket can well write. */
const withoutNul = (text: string) => text.replaceAll('\0', '')

function indexed(text: string): string {
  const words = Buffer.from(wordsForSearch(text).join(' '))
  if (words.length <= MAX_INDEXED_BYTES) return words.toString()
  const end = words.lastIndexOf(' ', MAX_INDEXED_BYTES)
  return words.subarray(0, Math.max(end, 0)).toString()
}

/** The columns of `drafts` that are derived from the document. */
export const derivedColumns = (facts: DraftFacts) => ({
  title: withoutNul(facts.title),
  plainText: withoutNul(facts.plainText),
  wordCount: facts.wordCount,
  characterCount: facts.characterCount,
  searchTitle: indexed(facts.title),
  searchText: indexed(facts.plainText),
  contentHash: facts.hash,
})
