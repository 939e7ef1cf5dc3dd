/** Whether `npm run test:faults` runs, rather than the whole test suite in its few minutes. */
export const long = process.env.FAULTS === 'long'

/** A figure of a fault test, such as a count or milliseconds: what `npm test` has time for, and what proves something. */
export function length(figures: { readonly short: number; readonly long: number }): number {
  return long ? figures.long : figures.short
}
