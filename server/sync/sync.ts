import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { type DocumentName, parseDocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { admitListener, admitToRoom } from './admission.ts'
import { createAppendPool } from './append-pool.ts'
import { Attendance } from './attendance.ts'
import { type DocumentBus, NO_BUS } from './bus.ts'
import { sendHome } from './farewell.ts'
import { type AdmittedTo, Gate, type Prepared } from './gate.ts'
import { GroupCommit } from './group-commit.ts'
import { HeadsWatch } from './heads-watch.ts'
import { hearEvent } from './hear-event.ts'
import { deriveLeftovers } from './leftovers.ts'
import { DEFAULT_LIMITS, type SyncLimits } from './limits.ts'
import { meteredLog } from './metered-log.ts'
import { type Meters, NO_METERS, type SyncGauges } from './meters.ts'
import { NewsroomLive, type Presences } from './newsroom-live.ts'
import type {
  Authenticate,
  Authorise,
  HeldDocument,
  HoldDocument,
  NewsOf,
  Project,
  SummaryOf,
} from './ports.ts'
import { createPostgresUpdateLog } from './postgres-update-log.ts'
import { Retries } from './retries.ts'
import { Rooms } from './rooms.ts'
import { standingOf } from './standing.ts'
import { tellSuggested } from './suggestion-news.ts'
import { Unfinished } from './unfinished.ts'
import type { UpdateLog } from './update-log.ts'
import { Whereabouts } from './whereabouts.ts'

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

export async function createSync(options: SyncOptions): Promise<Sync> {
  const sync = new RunningSync(options)
  sync.start()
  // Free functions: they are handed on one by one.
  return {
    handleUpgrade: (request, socket, head) => sync.handleUpgrade(request, socket, head),
    edit: (name, author, change) => sync.edit(name, author, change),
    hold: (name) => sync.hold(name),
    presences: () => sync.presences(),
    ready: () => sync.ready(),
    stats: () => sync.stats(),
    gauges: () => sync.gauges(),
    retire: () => sync.retire(),
    close: () => sync.close(),
  }
}

class RunningSync implements Sync {
  readonly #options: SyncOptions
  readonly #limits: SyncLimits
  readonly #appends: ReturnType<typeof createAppendPool>
  readonly #updateLog: UpdateLog
  readonly #appender: GroupCommit
  readonly #rooms: Rooms
  readonly #attendance: Attendance
  readonly #newsroom: NewsroomLive
  readonly #gate: Gate
  readonly #unfinished: Unfinished
  readonly #meters: Meters
  readonly #bus: DocumentBus
  readonly #whereabouts: Whereabouts
  readonly #watch: HeadsWatch
  readonly #retries = new Retries()
  readonly #stops: (() => void)[] = []
  #retired = false
  #closing: Promise<void> | null = null

  constructor(options: SyncOptions) {
    const { authenticate, authorise, log: logger } = options
    this.#options = options
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits }
    const meters = options.meters ?? NO_METERS
    this.#meters = meters
    const bus = options.bus ?? NO_BUS
    this.#bus = bus
    this.#appends = createAppendPool(options.database.url)
    const updateLog = options.updateLog ?? createPostgresUpdateLog(this.#appends, options.database.pool)
    this.#updateLog = options.meters ? meteredLog(updateLog, meters) : updateLog
    this.#appender = new GroupCommit(this.#updateLog, this.#limits, logger)
    this.#attendance = new Attendance(authenticate, authorise)
    this.#newsroom = new NewsroomLive({
      summaryOf: options.summaryOf,
      newsOf: options.newsOf ?? (async () => []),
      presences: () => this.presences(),
      logger,
    })
    this.#rooms = new Rooms({
      log: this.#updateLog,
      appender: this.#appender,
      bus,
      project: options.project,
      limits: this.#limits,
      logger,
      meters,
      onSuggested: ({ address }, ids) => {
        const parts = { events: options.events, retries: this.#retries, logger }
        if (address.kind === 'draft') void tellSuggested(parts, address.id, ids)
      },
      onPresence: (room) => this.#whereabouts.moved(room),
    })
    this.#whereabouts = new Whereabouts({
      rooms: this.#rooms,
      bus,
      onMoved: (draft) => this.#newsroom.peopleMoved(draft),
    })
    this.#watch = new HeadsWatch({
      rooms: this.#rooms,
      log: this.#updateLog,
      bus,
      limits: this.#limits,
      logger,
    })
    this.#unfinished = new Unfinished(this.#limits.unfinishedBytes)
    this.#gate = new Gate({
      authenticate,
      authorise,
      attendance: this.#attendance,
      origins: options.origins,
      limits: this.#limits,
      logger,
      meters,
      prepare: (to) => this.#prepare(to),
    })
  }

  start(): void {
    const { events } = this.#options
    const { heartbeatEvery, recheckEvery } = this.#limits
    const beats = setInterval(() => this.#beat(), heartbeatEvery)
    const rechecks = setInterval(() => void this.#recheck(), recheckEvery)
    this.#stops.push(
      events.subscribe((event) =>
        hearEvent(event, { newsroom: this.#newsroom, rooms: this.#rooms, attendance: this.#attendance }),
      ),
      events.onGap(() => void this.#recheck()),
      () => clearInterval(beats),
      () => clearInterval(rechecks),
      () => this.#newsroom.stop(),
      () => this.#whereabouts.stop(),
      () => this.#retries.stop(),
    )
    if (this.#bus.shared) this.#thinkOfOthers()
    this.#deriveLeftovers()
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#gate.handleUpgrade(request, socket, head)
  }

  async edit(
    name: DocumentName,
    author: VolunteerId,
    change: (doc: Y.Doc) => void,
  ): Promise<Result<void, 'missing' | 'unavailable'>> {
    const held = await this.hold(name)
    if (!held.ok) return held
    try {
      return (await held.value.edit(author, change)) ? ok(undefined) : fail('unavailable')
    } finally {
      held.value.release()
    }
  }

  async hold(name: DocumentName): Promise<Result<HeldDocument, 'missing' | 'unavailable'>> {
    const address = parseDocumentName(name)
    if (!address) return fail('missing')
    const held = await this.#rooms.hold(address)
    if (!held.ok) return fail(held.error === CLOSE.noSuchDocument ? 'missing' : 'unavailable')
    const room = held.value
    return ok({
      edit: async (author, change) =>
        !room.ending && room.live.edit(author, change, this.#limits.editPatience),
      reach: async (seq) => !room.ending && room.live.reach(seq, this.#limits.editPatience),
      derive: async () => !room.ending && room.live.derive(),
      release: () => room.release(),
    })
  }

  presences(): Presences {
    return this.#whereabouts.presences()
  }

  ready(): boolean {
    return !this.#retired
  }

  stats(): { rooms: number; sockets: number; waiting: number } {
    return {
      rooms: this.#rooms.size,
      sockets: this.#attendance.size,
      waiting: this.#appender.waiting,
    }
  }

  gauges(): SyncGauges {
    return standingOf({
      rooms: this.#rooms,
      attendance: this.#attendance,
      appender: this.#appender,
      appends: this.#appends,
      bus: this.#bus,
    })
  }

  retire(): void {
    this.#retired = true
    this.#gate.close()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.retire()
    await sendHome(this.#attendance, this.#rooms, this.#limits)
    const saved = this.#rooms.close()
    for (const stop of this.#stops) stop()
    await Promise.race([saved, pause(this.#limits.stopPatience)])
    const { waiting } = this.#appender
    if (waiting > 0) this.#options.log.error({ updates: waiting }, 'stopped before these could be committed')
    this.#appender.stop()
    await Promise.race([this.#appends.end(), pause(500)])
  }

  async #prepare(to: AdmittedTo): Promise<Result<Prepared, CloseCode>> {
    const shared = {
      attendance: this.#attendance,
      limits: this.#limits,
      logger: this.#options.log,
      meters: this.#meters,
      unfinished: this.#unfinished,
    }
    if (this.#closing) return fail(CLOSE.goingAway)
    if (to.type === 'newsroom') {
      return ok({ enter: (admitted) => admitListener(admitted, this.#newsroom, shared), release() {} })
    }
    const held = await this.#rooms.hold(to.address)
    if (!held.ok) return held
    const room = held.value
    return ok({
      enter: (admitted) => admitToRoom(admitted, room, to.access, shared),
      release: () => room.release(),
    })
  }

  #thinkOfOthers(): void {
    const unwatch = this.#bus.watch({
      gap: (document) => {
        this.#meters.busGap()
        this.#watch.doubt(document)
      },
      people: (document) => this.#whereabouts.movedElsewhere(document),
      // Each process that is left begins at another moment, and finds what the others have not done yet.
      died: () =>
        this.#retries.later(() => this.#deriveLeftovers(), Math.random() * this.#limits.lagPatience),
    })
    this.#watch.start()
    this.#stops.push(unwatch, () => this.#watch.stop())
  }

  #deriveLeftovers(): void {
    const { log: logger } = this.#options
    void deriveLeftovers({ rooms: this.#rooms, log: this.#updateLog, retries: this.#retries, logger })
  }

  #beat(): void {
    for (const attendee of [...this.#attendance]) attendee.beat()
  }

  async #recheck(): Promise<void> {
    try {
      await this.#attendance.checkAll()
    } catch (error) {
      this.#options.log.error({ err: error }, 'rights could not be checked')
      this.#retries.later(() => void this.#recheck())
    }
  }
}
