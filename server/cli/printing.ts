/** What people wrote may hold sequences that a terminal obeys: they are shown without them. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')

/** Rows in columns, as wide as their widest cell; the last column runs free. */
export function columns(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(printable))
  const widths = clean.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, [...cell].length)),
    [],
  )
  const pad = (cell: string, at: number, row: readonly string[]) =>
    at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)
  return clean.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}
