import type { Row } from '#lib/domain/history/diff.ts'

/** Unchanged blocks that stay in sight around a change. */
const AROUND = 1
/** Fewer than so many are not worth hiding. */
const WORTH_HIDING = 3

type Part =
  | { readonly kind: 'row'; readonly row: Row; readonly at: number; readonly change: number | null }
  | { readonly kind: 'hidden'; readonly rows: readonly Row[]; readonly at: number }

/** Changes numbered from 0, and long stretches without any put away. */
export function partsOf(rows: readonly Row[]): readonly Part[] {
  const near = (at: number) =>
    rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same')
  const parts: Part[] = []
  let change = -1
  let hidden: Row[] = []
  const close = (end: number) => {
    const from = end - hidden.length
    if (hidden.length >= WORTH_HIDING) parts.push({ kind: 'hidden', rows: hidden, at: from })
    else
      for (const [index, row] of hidden.entries())
        parts.push({ kind: 'row', row, at: from + index, change: null })
    hidden = []
  }
  for (const [at, row] of rows.entries()) {
    if (!near(at)) {
      hidden.push(row)
      continue
    }
    close(at)
    const changed = row.kind !== 'same'
    if (changed) change += 1
    parts.push({ kind: 'row', row, at, change: changed ? change : null })
  }
  close(rows.length)
  return parts
}
