import { CONTENDERS, type ContenderName, FLOORS } from '../contenders/contender.ts'
import type { Figures } from '../scenarios/scenario.ts'
import { figure, median } from '../statistics.ts'

/** By scenario and server, one entry a round. */
export type Results = Readonly<Record<string, Readonly<Partial<Record<ContenderName, readonly Figures[]>>>>>

export type Row = {
  readonly label: string
  readonly scenario: string
  readonly figure: string
  readonly unit?: string
  /** What Pupitre has to show. */
  readonly target?: { readonly is: 'atMost' | 'atLeast'; readonly value: number }
  /** Losses are added up over all rounds; everything else is a median. `of`: what they are lost of. */
  readonly sum?: boolean
  readonly of?: string
  /** What the bench itself could not keep up with: neither compared nor aimed at. */
  readonly ofTheLoad?: boolean
  /** Title and place in the chart. */
  readonly chart?: string
}

const atMost = (value: number) => ({ is: 'atMost', value }) as const
const atLeast = (value: number) => ({ is: 'atLeast', value }) as const

export const ROWS: readonly Row[] = [
  {
    label: 'listeners on one document with p99 ≤ 100 ms',
    scenario: 'crowd',
    figure: 'listeners',
    target: atLeast(4000),
    chart: 'Listeners on one document, p99 ≤ 100 ms',
  },
  {
    label: '1,000 listeners: server CPU ms per 1,000 deliveries',
    scenario: 'crowd',
    figure: 'cpuPerThousand',
    unit: 'ms',
    target: atMost(5),
    chart: 'Server CPU per 1,000 deliveries',
  },
  { label: '1,000 listeners: p50 ms', scenario: 'crowd', figure: 'p50', unit: 'ms' },
  {
    label: '1,000 listeners: p99 ms',
    scenario: 'crowd',
    figure: 'p99',
    unit: 'ms',
    target: atMost(30),
    chart: 'p99 at 1,000 listeners',
  },
  {
    label: '500 documents × 3 typists: server CPU %',
    scenario: 'many',
    figure: 'cpuPercent',
    unit: '%',
    target: atMost(10),
    chart: '500 documents × 3 typists: server CPU',
  },
  { label: '500 × 3: p50 ms', scenario: 'many', figure: 'p50', unit: 'ms' },
  {
    label: '500 × 3: p99 ms',
    scenario: 'many',
    figure: 'p99',
    unit: 'ms',
    target: atMost(5),
    chart: '500 documents × 3 typists: p99',
  },
  {
    label: 'memory per open draft: objects and buffers in use, kB',
    scenario: 'open',
    figure: 'live',
    unit: 'kB',
    target: atMost(80),
    chart: 'Memory per open draft',
  },
  {
    label: 'the same, as the process grows (resident), kB',
    scenario: 'open',
    figure: 'resident',
    unit: 'kB',
  },
  {
    label: 'left when all have gone: in use, MB',
    scenario: 'open',
    figure: 'leftLive',
    unit: 'MB',
    target: atMost(2),
  },
  { label: 'the same, resident, MB', scenario: 'open', figure: 'leftResident', unit: 'MB' },
  {
    label: 'cold join, draft of 2,000 characters: ms',
    scenario: 'cold',
    figure: 'draft',
    unit: 'ms',
    target: atMost(8),
    chart: 'Cold join of a draft',
  },
  { label: 'the very first join after the start: ms', scenario: 'cold', figure: 'first', unit: 'ms' },
  {
    label: 'cold join, document of 260,000 edits: ms',
    scenario: 'cold',
    figure: 'long',
    unit: 'ms',
    target: atMost(50),
    chart: 'Cold join after 260,000 edits',
  },
  {
    label: 'the same: how many times it is sent',
    scenario: 'cold',
    figure: 'timesSent',
    unit: '×',
    target: atMost(1.1),
  },
  {
    label: 'kill -9: edits lost that others had seen',
    scenario: 'kill',
    figure: 'seenLost',
    sum: true,
    of: 'seen',
    target: atMost(0),
    chart: 'kill -9: edits lost that others had seen',
  },
  {
    label: 'kill -9: edits lost that were acknowledged',
    scenario: 'kill',
    figure: 'acknowledgedLost',
    sum: true,
    of: 'acknowledged',
    target: atMost(0),
  },
  { label: 'kill -9: lost from so many s before it', scenario: 'kill', figure: 'span', unit: 's' },
  {
    label: '10 stalled readers: memory grows by MB',
    scenario: 'stalled',
    figure: 'resident',
    unit: 'MB',
    target: atMost(10),
    chart: '10 stalled readers: memory grows',
  },
  { label: 'the same, objects and buffers in use, MB', scenario: 'stalled', figure: 'live', unit: 'MB' },
  { label: 'stalled readers dropped', scenario: 'stalled', figure: 'dropped', target: atLeast(10) },
  { label: 'code that they see (1006: cut off)', scenario: 'stalled', figure: 'code' },
  { label: 'soak: memory in use grows, MB an hour', scenario: 'soak', figure: 'liveSlope', unit: 'MB' },
  { label: 'the same: noise of that slope, ±', scenario: 'soak', figure: 'liveNoise', unit: 'MB' },
  {
    label: 'the same: growth beyond the noise',
    scenario: 'soak',
    figure: 'liveBeyondNoise',
    unit: 'MB',
    target: atMost(0),
  },
  { label: 'soak: resident memory grows, MB an hour', scenario: 'soak', figure: 'residentSlope', unit: 'MB' },
  { label: 'the same: noise of that slope, ±', scenario: 'soak', figure: 'residentNoise', unit: 'MB' },
  { label: 'edits that never arrived, 1,000 listeners', scenario: 'crowd', figure: 'missing', sum: true },
  { label: 'edits that never arrived, 500 × 3', scenario: 'many', figure: 'missing', sum: true },
  { label: 'carets left in an old place', scenario: 'crowd', figure: 'staleCarets', sum: true },
  { label: 'load: keys late, p99 ms', scenario: 'crowd', figure: 'lateness', ofTheLoad: true },
  { label: 'load: its CPU %, 1,000 listeners', scenario: 'crowd', figure: 'loadPercent', ofTheLoad: true },
  { label: 'load: its CPU %, 500 × 3', scenario: 'many', figure: 'loadPercent', ofTheLoad: true },
]

/** One number for a row and a server; NaN where it was not measured. */
export function valueIn(results: Results, row: Row, name: ContenderName, figure = row.figure): number {
  const measured = (results[row.scenario]?.[name] ?? []).map((figures) => figures[figure] ?? Number.NaN)
  const known = measured.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return Number.NaN
  return row.sum ? known.reduce((sum, value) => sum + value, 0) : median(known)
}

export function isMet({ target }: Row, value: number): boolean | null {
  if (!target || Number.isNaN(value)) return null
  return target.is === 'atMost' ? value <= target.value : value >= target.value
}

/** Of the servers that keep documents, ours left out: the one to be ahead of. */
export function bestPeer(results: Results, row: Row): number {
  const peers = CONTENDERS.filter((name) => name !== 'pupitre' && !FLOORS.includes(name))
  const values = peers.map((name) => valueIn(results, row, name)).filter((value) => !Number.isNaN(value))
  if (values.length === 0) return Number.NaN
  return row.target?.is === 'atLeast' ? Math.max(...values) : Math.min(...values)
}

/** Counts as they are, measurements with three digits. */
export const numeral = (value: number): string => (Number.isInteger(value) ? String(value) : figure(value))
