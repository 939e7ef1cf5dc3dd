import type { Writer } from '../client.ts'
import type { Entrance } from '../wire/socket.ts'
import type { Meter } from './meter.ts'

export const CONTENDERS = [
  'pupitre',
  'reference',
  'leveldb',
  'hocuspocus',
  'relay',
  'floor',
  'window',
] as const
/** They forward and keep nothing: what is to be reached, not whom to be ahead of. */
export const FLOORS: readonly ContenderName[] = ['relay', 'floor', 'window']
export type ContenderName = (typeof CONTENDERS)[number]

/** One server under measurement. */
export type Contender = {
  readonly name: ContenderName
  readonly title: string
  /** Whether it answers a join with the document’s content: relays keep nothing. */
  readonly keeps: boolean
  /** Whether what it keeps outlives its process. */
  readonly stores: boolean
  /** Whether it says of an edit that it has it, and means that it is on disk (`durable`) or in memory (`taken`). */
  readonly acknowledges: 'durable' | 'taken' | null
  /** Whom its writers have to be: a server may drop the presence of anybody else. */
  readonly writer: Writer
  readonly meter: Meter
  /** How long it keeps a document that nobody has open, in milliseconds. */
  readonly idleAfter: number
  /** The processes that do its work; their children count too. */
  pids(): readonly number[]
  /** How to reach the `index`-th document. */
  door(index: number): Entrance
  /** Ends it, where it runs, and starts it anew on what it has stored. */
  restart(): Promise<void>
  /** `kill -9` of all its processes at once. */
  kill(): Promise<void>
  stop(): Promise<void>
}
