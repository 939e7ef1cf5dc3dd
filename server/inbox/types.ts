import type { DraftId, NotificationId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { MailChoices } from '#lib/domain/inbox/choices.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import type { News } from '#server/sync/ports.ts'

/** Where a page of the inbox ends; the next one begins behind it. */
export type Place = { readonly at: string; readonly id: NotificationId }

type InboxPage = {
  /** The newest first. */
  readonly lines: readonly NotificationView[]
  /** Null: there is nothing behind them. */
  readonly next: Place | null
  readonly unread: number
}

/** `until`: everything up to that moment (ISO 8601). `draft`: what is about its review. */
export type Seen =
  | { readonly ids: readonly NotificationId[] }
  | { readonly until: string }
  | { readonly thread: ThreadId }
  | { readonly draft: DraftId }

/**
 * `off`: no mail server is set. `refused`: the mail server says for good that there is no such address. `late`: some
 * mail could not be sent yet, and is tried again; `lost`: it was given up.
 */
export type MailStanding = 'off' | 'ready' | 'refused' | 'late' | 'lost'

type Mailing = {
  readonly choices: MailChoices
  readonly standing: MailStanding
  /** IANA: by whose clocks the hours are. */
  readonly zone: string
}

/** What a link in an e-mail is worth; `expired`: it was worth something once. */
export type LinkRefusal = 'unknown' | 'expired'

/** Everybody's own inbox; nobody reads another's. */
export type Inbox = {
  list(
    actor: Actor,
    which: { readonly unreadOnly: boolean; readonly after: Place | null },
  ): Promise<InboxPage>
  unread(actor: Actor): Promise<number>
  /** What was read needs no e-mail any more. @returns how many are unread now */
  markRead(actor: Actor, seen: Seen): Promise<number>
  mailing(actor: Actor): Promise<Mailing>
  /** Counts for what waits already, too. */
  chooseMail(actor: Actor, choices: MailChoices): Promise<Result<void, 'invalid'>>
  /** Tries an address again that was refused. */
  mailAgain(actor: Actor): Promise<void>
  /** Whether the link of an e-mail holds; changes nothing, because mail scanners open links. */
  inspectLink(token: string): Result<void, LinkRefusal>
  /** Its volunteer hears of its thread no more. */
  unsubscribe(token: string): Promise<Result<void, LinkRefusal>>
  /** What the pages of a volunteer are told. */
  news(volunteerId: VolunteerId, latest: NotificationId | null): Promise<readonly News[]>
}
