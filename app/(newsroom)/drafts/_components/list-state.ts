import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { ListFilter } from './filter.ts'

export type DraftLines = { readonly drafts: readonly DraftSummary[]; readonly more: boolean }

const french = new Intl.Collator('fr')

/** As the server sorts: newest first, or by title with the untitled ones last. */
function compare(sort: 'edited' | 'title', a: DraftSummary, b: DraftSummary): number {
  if (sort === 'edited') return b.lastEditedAt.localeCompare(a.lastEditedAt)
  if ((a.title === '') !== (b.title === '')) return a.title === '' ? 1 : -1
  return french.compare(a.title, b.title)
}

/**
 * The list after news of one draft.
 * @returns null where only the server can say: it alone searches, and knows who wrote in what.
 */
export function withNews(lines: DraftLines, draft: DraftSummary, filter: ListFilter): DraftLines | null {
  const { drafts, more } = lines
  const shown = drafts.some(({ id }) => id === draft.id)
  const belongs = (draft.archivedAt !== null) === (filter.state === 'archived')
  if (!belongs) return shown ? withoutDraft(lines, draft.id) : lines
  const narrowed = filter.search.trim() !== '' || filter.by !== null
  if (filter.sort === 'created' || narrowed) {
    // Where it stands does not change by an edit; whether it is there at all may.
    if (!shown) return null
    return { drafts: drafts.map((line) => (line.id === draft.id ? draft : line)), more }
  }
  const { sort } = filter
  const others = drafts.filter(({ id }) => id !== draft.id)
  const found = others.findIndex((line) => compare(sort, draft, line) < 0)
  // Past the last line shown, with more to come: it belongs to a page that is not loaded.
  if (found === -1 && more) return { drafts: others, more }
  const at = found === -1 ? others.length : found
  return { drafts: [...others.slice(0, at), draft, ...others.slice(at)], more }
}

export const withoutDraft = ({ drafts, more }: DraftLines, id: string): DraftLines => ({
  drafts: drafts.filter((line) => line.id !== id),
  more,
})

/** Joins the next page; a line that moved between the two questions is kept once. */
export function withNextPage(lines: DraftLines, next: DraftLines): DraftLines {
  const known = new Set(lines.drafts.map(({ id }) => id))
  return { drafts: [...lines.drafts, ...next.drafts.filter(({ id }) => !known.has(id))], more: next.more }
}
