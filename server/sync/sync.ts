import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type * as Y from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import { admitListener, admitToRoom } from './door/admission.ts'
import { Attendance } from './door/attendance.ts'
import { sendHome } from './door/farewell.ts'
import { type AdmittedTo, Gate, type Prepared } from './door/gate.ts'
import { hearEvent } from './hear-event.ts'
import { DEFAULT_LIMITS, type SyncLimits } from './limits.ts'
import { createAppendPool } from './log/append-pool.ts'
import { GroupCommit } from './log/group-commit.ts'
import { meteredLog } from './log/metered-log.ts'
import { createPostgresUpdateLog } from './log/postgres-update-log.ts'
import { type Meters, NO_METERS, type SyncGauges } from './meters.ts'
import { NewsroomLive, type Presences } from './newsroom-live.ts'
import { type DocumentBus, NO_BUS } from './nodes/bus.ts'
import { meteredBus } from './nodes/metered-bus.ts'
import { Neighbours } from './nodes/neighbours.ts'
import { Whereabouts } from './nodes/whereabouts.ts'
import type { HeldDocument } from './ports.ts'
import { Retries } from './retries.ts'
import { holdDocument } from './room/hold.ts'
import { Rooms } from './room/rooms.ts'
import { standingOf } from './standing.ts'
import { tellSuggested } from './suggestion-news.ts'
import type { Sync, SyncOptions } from './types.ts'
import { FairHearing } from './wire/fair-hearing.ts'
import { Unfinished } from './wire/unfinished.ts'

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
  readonly #appender: GroupCommit
  readonly #rooms: Rooms
  readonly #attendance: Attendance
  readonly #newsroom: NewsroomLive
  readonly #gate: Gate
  readonly #unfinished: Unfinished
  readonly #hearing = new FairHearing()
  readonly #meters: Meters
  readonly #bus: DocumentBus
  readonly #whereabouts: Whereabouts
  readonly #neighbours: Neighbours
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
    const bus = meteredBus(options.bus ?? NO_BUS, meters)
    this.#bus = bus
    this.#appends = createAppendPool(options.database.url)
    const plainLog = options.updateLog ?? createPostgresUpdateLog(this.#appends, options.database.pool)
    const updateLog = options.meters ? meteredLog(plainLog, meters) : plainLog
    this.#appender = new GroupCommit(updateLog, this.#limits, logger)
    this.#attendance = new Attendance(authenticate, authorise)
    this.#newsroom = new NewsroomLive({
      summaryOf: options.summaryOf,
      newsOf: options.newsOf ?? (async () => []),
      presences: (drafts) => this.#whereabouts.presences(drafts),
      logger,
    })
    this.#rooms = new Rooms({
      log: updateLog,
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
    this.#neighbours = new Neighbours({
      rooms: this.#rooms,
      log: updateLog,
      bus,
      whereabouts: this.#whereabouts,
      limits: this.#limits,
      retries: this.#retries,
      meters,
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
      events.onGap(() => {
        void this.#recheck()
        this.#neighbours.missed()
      }),
      () => clearInterval(beats),
      () => clearInterval(rechecks),
      () => this.#newsroom.stop(),
      () => this.#whereabouts.stop(),
      () => this.#neighbours.stop(),
      () => this.#retries.stop(),
    )
    this.#neighbours.start()
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

  hold(name: DocumentName): Promise<Result<HeldDocument, 'missing' | 'unavailable'>> {
    return holdDocument(this.#rooms, name, this.#limits)
  }

  presences(): Presences {
    return this.#whereabouts.presences(null)
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
      hearing: this.#hearing,
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
