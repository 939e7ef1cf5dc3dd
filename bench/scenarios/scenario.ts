import type { Contender, ContenderName } from '../contenders/contender.ts'

/** Numbers by name; NaN for what could not be measured. */
export type Figures = Readonly<Record<string, number>>

type Setting = {
  readonly quick: boolean
  readonly round: number
  /** Where a profile of this measurement goes, or null. */
  readonly profileTo: string | null
  say(text: string): void
}

/** One thing that is measured of several servers. */
export type Scenario = {
  readonly name: string
  readonly of: readonly ContenderName[]
  /** What is left or lost is counted here, not how fast: all servers may be at it at once. */
  readonly together: boolean
  /** Seconds after which a server that hangs is given up. */
  readonly patience: (quick: boolean) => number
  measure(server: Contender, setting: Setting): Promise<Figures>
}

/** Which documents are whose, so that no scenario inherits the work of another. */
export const DOCUMENTS = {
  many: { first: 0, count: 500 },
  crowd: 500,
  long: 501,
  stalled: 502,
  killed: 503,
  soak: 504,
  drafts: { first: 510, count: 20 },
  open: { first: 530, count: 310 },
  all: 840,
} as const
