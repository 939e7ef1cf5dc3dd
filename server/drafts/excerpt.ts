import { wordsForSearch } from '#lib/domain/text.ts'

/** Longest excerpt, in UTF-16 units, ellipses apart. */
const LENGTH = 180
/** How much of it may stand before the word that was found. */
const LEAD = 60

/** The beginning of a text from `from` on, on one line, cut between words. */
function cut(text: string, from: number): string {
  const piece = text.slice(from, from + LENGTH + 1)
  if (piece.length <= LENGTH) return piece
  const space = piece.search(/\s\S*$/u)
  // Without a space to cut at, at least no surrogate pair is torn.
  return `${piece.slice(0, space > LENGTH / 2 ? space : LENGTH).replace(/[\ud800-\udbff]$/u, '')}…`
}

/** Where the first word begins whose folded form starts with one of `stems`; -1 where none does. */
function firstHit(text: string, stems: readonly string[]): number {
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const words = wordsForSearch(match[0])
    if (words.some((word) => stems.some((stem) => word.startsWith(stem)))) return match.index
  }
  return -1
}

/** @param stems beginnings of folded words that were searched; none for the start of the text. */
export function excerptOf(plainText: string, stems: readonly string[]): string {
  // Only breaks are folded: the non-breaking spaces of French stay where they are.
  const text = plainText.replace(/[ \t\r\n]+/g, ' ').trim()
  const hit = stems.length === 0 ? -1 : firstHit(text, stems)
  if (hit <= LEAD) return cut(text, 0)
  const lead = text.slice(hit - LEAD, hit)
  const from = hit - LEAD + Math.max(lead.search(/\s/u) + 1, 0)
  return `…${cut(text, from)}`
}
