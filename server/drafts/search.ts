import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { drafts } from '#drizzle/schema/index.ts'
import { wordsForSearch } from '#lib/domain/text.ts'
import type { Orm } from '#server/db/database.ts'

/** More words than this narrow nothing down. */
const MAX_WORDS = 16

export type Search = {
  /** Whether the drafts’ own column matches. */
  readonly matches: SQL
  /** Whether another tsvector of French and plain words does. */
  readonly matchesIn: (column: AnyPgColumn) => SQL
  /** Beginnings of words by which a hit is found again in the text. */
  readonly stems: readonly string[]
}

/** A word of letters and digits as one operand of to_tsquery: inside quotes nothing is an operator. */
const operand = (word: string) => `'${word}'`

/**
 * Every word must be there, as a French stem or as written; the last may still be half typed.
 * Words without meaning of their own («le», «à la») are not asked for.
 * @returns null where `text` holds no word at all.
 */
export async function searchFor(orm: Orm, text: string): Promise<Search | null> {
  const words = wordsForSearch(text.slice(0, 500)).slice(0, MAX_WORDS)
  const last = words.at(-1)
  if (last === undefined) return null
  const { rows } = await orm.execute<{ word: string; stem: string | null }>(
    sql`select word, (tsvector_to_array(to_tsvector('french', word)))[1] as stem
        from unnest(${sql.param(words)}::text[]) with ordinality as typed(word, place) order by place`,
  )
  const stems: string[] = []
  const terms: SQL[] = []
  for (const { word, stem } of rows.slice(0, -1)) {
    if (stem === null) continue
    stems.push(stem)
    terms.push(sql`(to_tsquery('french', ${operand(word)}) || to_tsquery('simple', ${operand(word)}))`)
  }
  stems.push(last, rows.at(-1)?.stem ?? last)
  terms.push(sql`(to_tsquery('simple', ${`${operand(last)}:*`}) || to_tsquery('french', ${operand(last)}))`)
  const matchesIn = (column: AnyPgColumn) => sql`${column} @@ (${sql.join(terms, sql` && `)})`
  return { matches: matchesIn(drafts.search), matchesIn, stems }
}
