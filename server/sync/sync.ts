import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { type DocumentName, draftDocument, parseDocumentName } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort, ServerEvent } from '#server/events/port.ts'
import { admitListener, admitToRoom } from './admission.ts'
import { createAppendPool } from './append-pool.ts'
import { Attendance } from './attendance.ts'
import { type DocumentBus, NO_BUS } from './bus.ts'
import { type AdmittedTo, Gate, type Prepared } from './gate.ts'
import { GroupCommit } from './group-commit.ts'
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
import { Rooms } from './rooms.ts'
import { standingOf } from './standing.ts'
import type { UpdateLog } from './update-log.ts'

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
  /** Draft id → who has it open; each person once, however many tabs. */
  presences(): Presences
  ready(): boolean
  /** `waiting`: updates that are not committed yet. */
  stats(): { rooms: number; sockets: number; waiting: number }
  /** How the rooms stand now, for whoever watches the process. */
  gauges(): SyncGauges
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

/** How long what has to succeed waits after a failure, in milliseconds. */
const RETRY = 1000
/** Of at most 100 bytes each. */
const SUGGESTIONS_PER_NOTICE = 60
/** How long a stopping server tries to acknowledge before it closes its sockets, in milliseconds. */
const LAST_WORDS = 1500

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
  readonly #meters: Meters
  readonly #stops: (() => void)[] = []
  #closing: Promise<void> | null = null

  constructor(options: SyncOptions) {
    const { authenticate, authorise, log: logger } = options
    this.#options = options
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits }
    const meters = options.meters ?? NO_METERS
    this.#meters = meters
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
      bus: options.bus ?? NO_BUS,
      project: options.project,
      limits: this.#limits,
      logger,
      meters,
      onSuggested: ({ address }, ids) => {
        if (address.kind === 'draft') void this.#tellSuggested(address.id, ids)
      },
      onPresence: ({ address }) => {
        if (address.kind === 'draft') this.#newsroom.peopleMoved(address.id)
      },
    })
    this.#gate = new Gate({
      authenticate,
      authorise,
      attendance: this.#attendance,
      origins: options.origins,
      maxFrameBytes: this.#limits.maxFrameBytes,
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
      events.subscribe((event) => this.#hear(event)),
      events.onGap(() => void this.#recheck()),
      () => clearInterval(beats),
      () => clearInterval(rechecks),
      () => this.#newsroom.stop(),
    )
    void this.#deriveLeftovers()
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
    const rooms = [...this.#rooms].filter(({ address, seats }) => address.kind === 'draft' && seats.size > 0)
    return Object.fromEntries(rooms.map((room) => [room.address.id, room.people()]))
  }

  ready(): boolean {
    return this.#closing === null
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
      bus: this.#options.bus ?? NO_BUS,
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#gate.close()
    for (const stop of this.#stops) stop()
    // Nothing more is taken; what was taken is acknowledged while there is somebody to hear it.
    for (const attendee of this.#attendance) attendee.freeze()
    await Promise.race([this.#rooms.committed(), pause(LAST_WORDS)])
    const saved = this.#rooms.close()
    for (const attendee of [...this.#attendance]) attendee.close(CLOSE.goingAway)
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

  #hear(event: ServerEvent): void {
    switch (event.type) {
      case 'draft.changed':
        this.#newsroom.draftChanged(event.draftId)
        break
      case 'thread.changed':
      case 'review.changed':
      case 'rules.changed':
      case 'history.changed':
      case 'suggestions.added':
      case 'inbox.changed':
        this.#newsroom.rowsChanged(event)
        break
      case 'team.changed':
        this.#newsroom.teamChanged()
        break
      case 'calendar.changed':
        this.#newsroom.calendarChanged()
        break
      case 'document.written':
        this.#rooms.get(event.document)?.catchUp()
        break
      case 'draft.access': {
        const name = draftDocument(event.draftId)
        this.#attendance.dismiss(({ document }) => document === name)
        break
      }
      case 'volunteer.access':
        this.#attendance.dismiss(({ actor }) => actor.volunteerId === event.volunteerId)
        break
      case 'session.ended':
        this.#attendance.dismiss(({ actor }) => actor.sessionId === event.sessionId)
    }
  }

  /** @param ids in notices that PostgreSQL takes: it refuses those of 8000 bytes and more */
  async #tellSuggested(draftId: DraftId, ids: readonly string[]): Promise<void> {
    for (let told = 0; told < ids.length; told += SUGGESTIONS_PER_NOTICE) {
      const some = ids.slice(told, told + SUGGESTIONS_PER_NOTICE)
      try {
        await this.#options.events.publish({ type: 'suggestions.added', draftId, ids: some })
      } catch (error) {
        this.#options.log.error({ err: error, draft: draftId }, 'news of suggestions could not be told')
        this.#later(() => void this.#tellSuggested(draftId, ids.slice(told)))
        return
      }
    }
  }

  #beat(): void {
    for (const attendee of [...this.#attendance]) attendee.beat()
  }

  async #recheck(): Promise<void> {
    try {
      await this.#attendance.checkAll()
    } catch (error) {
      this.#options.log.error({ err: error }, 'rights could not be checked')
      this.#later(() => void this.#recheck())
    }
  }

  /** A process that was killed leaves rows that lag behind their documents. */
  async #deriveLeftovers(): Promise<void> {
    try {
      for (const name of await this.#updateLog.unprojected()) {
        const address = parseDocumentName(name)
        const held = address && (await this.#rooms.hold(address))
        if (!held?.ok) continue
        // Where this fails the room tries again, for as long as it takes.
        await held.value.live.projector.flush()
        held.value.release(0)
      }
    } catch (error) {
      this.#options.log.error({ err: error }, 'documents with lagging rows could not be listed')
      this.#later(() => void this.#deriveLeftovers())
    }
  }

  #later(run: () => void): void {
    if (this.#closing) return
    const timer = setTimeout(run, RETRY)
    this.#stops.push(() => clearTimeout(timer))
  }
}
