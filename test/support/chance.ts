/** `npm test` draws the same numbers every time; `npm run test:fuzz` draws others, and says which. */
const ALWAYS = 20_261_122

const numberFrom = (name: string): number | null =>
  process.env[name] === undefined ? null : Number(process.env[name])

/** What everything drawn in this run follows from. */
export const SEED = numberFrom('FUZZ_SEED') ?? ALWAYS

/** Whether `npm run test:fuzz` runs. */
const fuzzing = process.env.FUZZ_SEED !== undefined

/** How many histories a fuzz test lives through: as many as `npm run test:fuzz` asks for, else what CI has time for. */
export const runsOr = (inTheSuite: number): number => numberFrom('FUZZ_RUNS') ?? inTheSuite

/** The seed of the first of these histories; the others follow it one by one. */
export const FIRST_SEED = fuzzing ? SEED : 1
