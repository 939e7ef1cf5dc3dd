/** A point of the checklist while it is edited; `key` stays with it wherever it goes. */
export type Point = { readonly key: number; readonly text: string }

export const pointsOf = (texts: readonly string[]): readonly Point[] =>
  texts.map((text, key) => ({ key, text }))

/** Without blanks, and each text once: two points that say the same are one. */
export const textsOf = (points: readonly Point[]): readonly string[] => [
  ...new Set(points.map(({ text }) => text.trim()).filter((text) => text !== '')),
]

/** A blank adds nothing. */
export function addPoint(points: readonly Point[], text: string): readonly Point[] {
  if (text.trim() === '') return points
  const key = Math.max(-1, ...points.map((point) => point.key)) + 1
  return [...points, { key, text: text.trim() }]
}

/** The point at `from` goes so many places down, or up where negative; at an end it stays. */
export function movePoint(points: readonly Point[], from: number, by: number): readonly Point[] {
  const moved = points[from]
  const to = from + by
  if (!moved || to < 0 || to >= points.length) return points
  return points.toSpliced(from, 1).toSpliced(to, 0, moved)
}
