import type { LockTarget } from '#lib/documents/calendar/locks.ts'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { DraftId, SlotId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { Authority } from '#server/volunteers/types.ts'

/** `unavailable`: the rooms cannot take an edit now (stopping, or a process that has none). */
export type CalendarRefusal = 'forbidden' | 'missing' | 'unavailable'

/** A slot as its row has it. */
export type SlotRow = { readonly slot: Slot; readonly archived: boolean }

/** What a row is shown with where it has a draft; null where that draft is not there. */
type SlotDraft = Pick<DraftSummary, 'id' | 'title' | 'stage' | 'archivedAt'>

export const SLOTS_PER_PAGE = 50

export type Calendar = {
  settings(): Promise<CalendarSettings>
  configure(actor: Actor, settings: CalendarSettings): Promise<Result<void, 'forbidden' | 'invalid'>>

  /** Slots of the archive that touch the days from `from` to `to`, both included; live ones are in the document. */
  archived(by: Authority, from: PlainDay, to: PlainDay): Promise<readonly Slot[]>
  /** Every slot, live and archived, that touches these days; null: without bound. */
  range(by: Authority, from: PlainDay | null, to: PlainDay | null): Promise<readonly SlotRow[]>
  /** In the order of their days, newest first. Nothing to search for finds nothing. */
  search(
    by: Authority,
    text: string,
    offset: number,
  ): Promise<{ readonly slots: readonly SlotRow[]; readonly more: boolean }>
  find(by: Authority, id: SlotId): Promise<SlotRow | null>

  /** Puts an archived slot back into the document, where it stays as long as somebody moves it this way. */
  revive(
    actor: Actor,
    id: SlotId,
    change: Pick<Slot, 'time'> | null,
  ): Promise<Result<void, CalendarRefusal | 'locked'>>
  removeArchived(actor: Actor, id: SlotId): Promise<Result<void, CalendarRefusal>>

  lock(actor: Actor, target: LockTarget, reason: string): Promise<Result<void, CalendarRefusal>>
  unlock(actor: Actor, target: LockTarget): Promise<Result<void, CalendarRefusal>>

  /** The slot’s draft; where it has none, a new one with its title. Two people who ask at once get the same one. */
  draftFor(actor: Actor, id: SlotId): Promise<Result<DraftId, CalendarRefusal>>
  /** Active drafts that no slot carries, lately edited first. */
  unplanned(
    by: Authority,
    search: string,
    offset: number,
  ): Promise<{ readonly drafts: readonly DraftSummary[]; readonly more: boolean }>
  /** The drafts that slots of this calendar carry, by their id. */
  draftsOf(by: Authority, ids: readonly DraftId[]): Promise<readonly SlotDraft[]>
  /** Slots, live and archived, that carry this draft. */
  slotsOf(by: Authority, id: DraftId): Promise<readonly SlotRow[]>

  readonly feeds: Feeds
  readonly transfer: Transfer
}

/** What a feed shows; part of its address, not of its secret. */
export type FeedScope = { readonly only: 'all' | 'mine'; readonly channel: Channel | null }

export type FeedAnswer =
  /** `etag` in quotes, as in the header. `text`: iCalendar (RFC 5545), CRLF. */
  | { readonly kind: 'calendar'; readonly etag: string; readonly text: string }
  | { readonly kind: 'unchanged'; readonly etag: string }

export type Feeds = {
  /** Null: this volunteer has no feed. */
  state(
    by: Authority,
    volunteerId: VolunteerId,
  ): Promise<{ readonly createdAt: Date; readonly lastReadAt: Date | null } | null>
  /** Makes the address, or another one in place of it: the old one stops working. It is shown this once only. */
  create(by: Authority, volunteerId: VolunteerId): Promise<Result<{ readonly url: string }, 'forbidden'>>
  revoke(by: Authority, volunteerId: VolunteerId): Promise<Result<void, 'forbidden'>>
  /** `missing` for every token that is worth nothing, whatever the reason. */
  read(token: string, scope: FeedScope, ifNoneMatch: string | null): Promise<Result<FeedAnswer, 'missing'>>
}

/** Why an event of a file does not come in: a short key, translated by the page. */
export type SkipReason =
  | 'noStart'
  | 'badStart'
  | 'badZone'
  | 'endsBeforeStart'
  | 'outOfRange'
  | 'repeatTooOften'
  | 'repeatNotKnown'
  | 'repeatNever'
  | 'cancelled'
  /** It would move, or put something on a day, that a coordinator holds in its place. */
  | 'locked'
  | 'unreadable'

/** `uid` and `title` as far as they could be read. */
export type Skipped = { readonly uid: string; readonly title: string; readonly reason: SkipReason }

export type ImportProblem = 'forbidden' | 'tooLarge' | 'notCalendar' | 'tooMany' | 'unavailable'

type ImportPreview = {
  readonly added: readonly Slot[]
  readonly updated: readonly Slot[]
  /** Events that are here already, just so. */
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
}

export type ImportOutcome = {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
}

export const CALENDAR_FORMATS = ['ics', 'csv', 'json'] as const
export type CalendarFormat = (typeof CALENDAR_FORMATS)[number]

export type Transfer = {
  preview(by: Authority, file: Uint8Array): Promise<Result<ImportPreview, ImportProblem>>
  /** All of it or, where it is interrupted, a part that the next import of the same file completes. */
  import(
    by: Authority,
    file: Uint8Array,
    onProgress: (done: number, of: number) => void,
  ): Promise<Result<ImportOutcome, ImportProblem>>
  export(
    by: Authority,
    filter: {
      readonly from: PlainDay | null
      readonly to: PlainDay | null
      readonly channel: Channel | null
    },
    format: CalendarFormat,
  ): Promise<{ readonly filename: string; readonly type: string; readonly text: string }>
}
