/** The value below which `share` of the sorted samples lie; NaN where there are none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

/** Three significant figures at most, no exponent; a dash for what was not measured. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0)
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** A Markdown table row. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The line through points, by least squares. `noise`: twice the standard error of the slope (about 95 %). */
export function slopeOf(points: readonly (readonly [number, number])[]): { slope: number; noise: number } {
  const n = points.length
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / n
  const [mx, my] = [mean(0), mean(1)]
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread
  const residue = points.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0)
  return { slope, noise: 2 * Math.sqrt(residue / Math.max(1, n - 2) / spread) }
}
