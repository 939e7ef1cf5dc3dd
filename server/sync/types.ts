import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { SyncLimits } from './limits.ts'
import type { UpdateLog } from './log/update-log.ts'
import type { Meters, SyncGauges } from './meters.ts'
import type { Presences } from './newsroom-live.ts'
import type { DocumentBus } from './nodes/bus.ts'
import type { Authenticate, Authorise, HoldDocument, NewsOf, Project, SummaryOf } from './ports.ts'

export type Sync = {
  /** Takes every upgrade under `/collab/`, and answers each. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /**
   * Changes a document on somebody's behalf, through its room; resolves once that is committed. The caller
   * has asked `can()`. `unavailable`: not known to be committed, though it may be yet.
   */
  edit(
    name: DocumentName,
    author: VolunteerId,
    change: (doc: Y.Doc) => void,
  ): Promise<Result<void, 'missing' | 'unavailable'>>
  hold: HoldDocument
  /** Draft id → who has it open in any process; each person once, however many tabs. */
  presences(): Presences
  ready(): boolean
  /** `waiting`: updates that are not committed yet. */
  stats(): { rooms: number; sockets: number; waiting: number }
  /** How the rooms stand now, for whoever watches the process. */
  gauges(): SyncGauges
  /** Nobody new comes in any more, and `ready` says so; who is here goes on. */
  retire(): void
  /** Stops accepting, commits and derives what is there, closes all sockets; within ten seconds. */
  close(): Promise<void>
}

export type SyncOptions = {
  readonly database: Database
  readonly log: Logger
  readonly events: Pick<EventPort, 'publish' | 'subscribe' | 'onGap'>
  readonly authenticate: Authenticate
  readonly authorise: Authorise
  readonly project: Project
  readonly summaryOf: SummaryOf
  /** Left out where no page listens: in the command line, in tests. */
  readonly newsOf?: NewsOf
  readonly origins: readonly string[]
  readonly limits?: Partial<SyncLimits>
  /** Left out where the newsroom is one process. */
  readonly bus?: DocumentBus
  /** Where updates go instead of PostgreSQL: for tests. */
  readonly updateLog?: UpdateLog
  /** Left out where nobody watches. */
  readonly meters?: Meters
}
