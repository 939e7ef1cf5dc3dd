/** A pause in the writing that ends an editing session, and the longest that one lasts, in milliseconds. */
const PAUSE = 30 * 60_000
const LONGEST = 2 * 60 * 60_000

/** When an editing session began, and when somebody last wrote in it. */
export type Span = { readonly startedAt: Date; readonly createdAt: Date }

/** Whether what is written at `moment` belongs to the session still. */
export const isUnderWay = ({ startedAt, createdAt }: Span, moment: Date): boolean =>
  moment.getTime() - createdAt.getTime() <= PAUSE && moment.getTime() - startedAt.getTime() <= LONGEST
