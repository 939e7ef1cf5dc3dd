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
