import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { DraftSummary, NewsroomEvent, PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { News, NewsOf, SummaryOf } from './ports.ts'
import { type Frame, jsonFrame } from './wire/frames.ts'
import type { Wire } from './wire/wire.ts'

export type Presences = Readonly<Record<string, readonly PersonHere[]>>

/** One page that listens to the newsroom. */
export class NewsroomListener {
  readonly volunteerId: VolunteerId
  readonly #wire: Wire
  readonly #onClose: () => void
  #open = true

  constructor(volunteerId: VolunteerId, wire: Wire, onClose: () => void) {
    this.volunteerId = volunteerId
    this.#wire = wire
    this.#onClose = onClose
  }

  send(frame: Frame): void {
    if (!this.#open) return
    if (this.#wire.tooSlow()) this.close(CLOSE.tooSlow)
    else this.#wire.send(frame)
  }

  close(code: CloseCode): void {
    if (!this.#open) return
    this.#wire.close(code)
    this.ended()
  }

  ended(): void {
    if (!this.#open) return
    this.#open = false
    this.#onClose()
  }
}

/** How long news of one kind gathers before it is told, in milliseconds. */
const GATHER = 100
const RETRY = 1000

/**
 * The newsroom's own socket: news of rows and of who is where, for every open page. Each piece of news is
 * looked up and encoded once, however many pages listen, and not at all where none does.
 */
export class NewsroomLive {
  readonly listeners = new Set<NewsroomListener>()
  readonly #summaryOf: SummaryOf
  readonly #newsOf: NewsOf
  readonly #presences: (drafts: ReadonlySet<DraftId> | null) => Presences
  readonly #logger: Logger
  readonly #changedDrafts = new Set<DraftId>()
  readonly #movedDrafts = new Set<DraftId>()
  #timer: NodeJS.Timeout | null = null
  #telling = false
  /** News that is looked up at once, in the order in which it came. */
  #lookedUp: Promise<void> = Promise.resolve()
  readonly #stopped = new AbortController()

  constructor(options: {
    summaryOf: SummaryOf
    newsOf: NewsOf
    /** Of these drafts; null: of all. */
    presences: (drafts: ReadonlySet<DraftId> | null) => Presences
    logger: Logger
  }) {
    this.#summaryOf = options.summaryOf
    this.#newsOf = options.newsOf
    this.#presences = options.presences
    this.#logger = options.logger
  }

  enter(listener: NewsroomListener): void {
    this.listeners.add(listener)
    listener.send(jsonFrame({ type: 'presences', drafts: this.#presences(null) } satisfies NewsroomEvent))
  }

  leave(listener: NewsroomListener): void {
    this.listeners.delete(listener)
  }

  draftChanged(id: DraftId): void {
    this.#changedDrafts.add(id)
    this.#soon()
  }

  peopleMoved(id: DraftId): void {
    this.#movedDrafts.add(id)
    this.#soon()
  }

  teamChanged(): void {
    this.#tell({ type: 'team' })
  }

  calendarChanged(): void {
    this.#tell({ type: 'calendar' })
  }

  /** News of rows whose feature knows what to tell, and whom. Later news never overtakes earlier news. */
  rowsChanged(event: ServerEvent): void {
    this.#lookedUp = this.#lookedUp.then(() => this.#lookUp(event))
  }

  stop(): void {
    this.#stopped.abort()
    if (this.#timer) clearTimeout(this.#timer)
  }

  #soon(delay = GATHER): void {
    this.#timer ??= setTimeout(() => void this.#tellGathered(), delay)
  }

  async #tellGathered(): Promise<void> {
    this.#timer = null
    if (this.#telling) {
      this.#soon()
      return
    }
    this.#telling = true
    const moved = new Set(this.#movedDrafts)
    const changed = [...this.#changedDrafts]
    this.#movedDrafts.clear()
    this.#changedDrafts.clear()
    const presences = moved.size > 0 && this.listeners.size > 0 ? this.#presences(moved) : {}
    for (const draftId of moved) this.#tell({ type: 'presence', draftId, people: presences[draftId] ?? [] })
    for (const id of changed) {
      const draft = this.listeners.size > 0 ? await this.#read(id) : null
      if (draft) this.#tell({ type: 'draft', draft })
    }
    this.#telling = false
    if (this.#changedDrafts.size > 0) this.#soon(RETRY)
  }

  /** What could not be read is news still: it is read again later. */
  async #read(id: DraftId): Promise<DraftSummary | null> {
    try {
      return await this.#summaryOf(id)
    } catch (error) {
      this.#logger.error({ err: error, draft: id }, 'news of a draft could not be read')
      this.#changedDrafts.add(id)
      return null
    }
  }

  async #lookUp(event: ServerEvent): Promise<void> {
    const { signal } = this.#stopped
    while (this.listeners.size > 0 && !signal.aborted) {
      try {
        for (const news of await this.#newsOf(event)) this.#tell(news.event, news.to)
        return
      } catch (error) {
        this.#logger.error({ err: error, event: event.type }, 'news could not be read')
        await pause(RETRY, undefined, { signal }).catch(() => {})
      }
    }
  }

  /** @param to the one volunteer whom it concerns; null: everybody */
  #tell(event: NewsroomEvent, to: News['to'] = null): void {
    const listeners = [...this.listeners].filter(({ volunteerId }) => to === null || volunteerId === to)
    if (listeners.length === 0) return
    const frame = jsonFrame(event)
    for (const listener of listeners) listener.send(frame)
  }
}
