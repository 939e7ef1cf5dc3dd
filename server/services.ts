import type { Audit } from './audit/types.ts'
import { createAudit } from './audit/use-cases.ts'
import { createFeeds } from './calendar/feeds.ts'
import { foundCalendar } from './calendar/found.ts'
import { createKeeper } from './calendar/keeper.ts'
import { calendarRoomPort } from './calendar/room-port.ts'
import { createTransfer } from './calendar/transfer.ts'
import type { Calendar } from './calendar/types.ts'
import { createCalendar } from './calendar/use-cases.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { draftRoomPort } from './drafts/room-port.ts'
import type { Drafts } from './drafts/types.ts'
import { createDrafts } from './drafts/use-cases.ts'
import type { EventPort } from './events/port.ts'
import { createEditingSessions } from './history/editing-sessions.ts'
import { createRevisions } from './history/revisions.ts'
import type { History } from './history/types.ts'
import { createHistory } from './history/use-cases.ts'
import { createMailer } from './inbox/mailer.ts'
import { createNotify } from './inbox/notify.ts'
import type { Inbox } from './inbox/types.ts'
import { createInbox } from './inbox/use-cases.ts'
import type { Invitations } from './invitations/types.ts'
import { createInvitations } from './invitations/use-cases.ts'
import type { Logger } from './log.ts'
import { createMail, type Mail } from './mail/mail.ts'
import { countedMail } from './metrics/counted-mail.ts'
import type { Metrics } from './metrics/metrics.ts'
import { newsOf } from './news.ts'
import type { Newsroom } from './newsroom/types.ts'
import { createNewsroom } from './newsroom/use-cases.ts'
import type { Parts as ReviewParts } from './review/parts.ts'
import type { Reviews } from './review/types.ts'
import { createReviews } from './review/use-cases.ts'
import { reviewNews } from './review/view.ts'
import { createWatch } from './review/watch.ts'
import type { Sessions } from './sessions/types.ts'
import { createSessions } from './sessions/use-cases.ts'
import { createSuggestions, type Suggestions } from './suggestions/use-cases.ts'
import type { DocumentBus } from './sync/nodes/bus.ts'
import { askOwners } from './sync/room/owners.ts'
import { createSync } from './sync/sync.ts'
import type { Sync } from './sync/types.ts'
import type { Parts as ThreadParts } from './threads/parts.ts'
import type { Threads } from './threads/types.ts'
import { createThreads } from './threads/use-cases.ts'
import { threadNews } from './threads/views.ts'
import type { Volunteers } from './volunteers/types.ts'
import { createVolunteers } from './volunteers/use-cases.ts'

/** Everything that pages and actions may ask of the process. */
export type Services = {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly events: EventPort
  readonly newsroom: Newsroom
  readonly sessions: Sessions
  readonly volunteers: Volunteers
  readonly invitations: Invitations
  readonly drafts: Drafts
  readonly calendar: Calendar
  readonly suggestions: Suggestions
  readonly audit: Audit
  readonly threads: Threads
  readonly reviews: Reviews
  readonly history: History
  readonly inbox: Inbox
  readonly sync: Sync
  /** Nobody new comes in any more: another process of the newsroom takes them. */
  retire(): void
  /** Ends what goes on without being asked, and the rooms, in the order in which they lean on each other. */
  close(): Promise<void>
}

type Ground = Pick<Services, 'config' | 'log' | 'database' | 'events'> & {
  readonly secret: string
  readonly metrics: Metrics
  /** How the processes of the newsroom hear each other. */
  readonly bus: DocumentBus
}

/** The composition root: the one place where features are given one another. */
export async function buildServices(ground: Ground): Promise<Services> {
  const { config, log, database, events, secret, metrics } = ground
  const { publicUrl } = config
  const secureCookies = publicUrl.protocol === 'https:'
  const newsroom = createNewsroom({ database, secret })
  const newsroomName = newsroom.name
  const sessions = createSessions({ database, events, secret, secureCookies })
  const mail = countedMail(createMail(config, log), metrics)
  const mailing = mail !== null
  // What tells people of things: for the features whose rows they are about.
  const notify = createNotify({ events, mailing })
  const inbox = createInbox({ database, events, secret, mailing })
  const suggestions = createSuggestions({ database })
  await foundCalendar(database.orm)
  const { sync, draftRoom, calendarRoom } = await openRooms(ground, { sessions, inbox, suggestions })
  const { hold, edit } = sync
  const revisions = createRevisions({ orm: database.orm, hold, events })
  const review = { database, events, revisions, notify }
  const work = startWork(ground, { draftRoom, calendarRoom, hold, review, mail, newsroomName })
  const { settle } = work.editingSessions
  const sources = {
    sync: sync.gauges,
    pool: database.pool,
    ping: () => database.pool.query('select 1'),
    mail: work.mailer?.queue ?? null,
    dataFolder: config.dataFolder,
  }
  metrics.watch(sources, events)
  const drafts = createDrafts({ database, events, edit })
  const feeds = createFeeds({ database, publicUrl })
  const transfer = createTransfer({ database, events, hold, publicUrl })
  const calendar = createCalendar({ database, events, hold, drafts, feeds, transfer })
  const slotExists: ThreadParts['slotExists'] = async (actor, id) => (await calendar.find(actor, id)) !== null
  return {
    config,
    log,
    database,
    events,
    newsroom,
    sessions,
    volunteers: createVolunteers({ database, events, secret }),
    invitations: createInvitations({ database, events, secret, mail, publicUrl, newsroomName }),
    drafts,
    calendar,
    suggestions,
    audit: createAudit({ database }),
    threads: createThreads({ database, events, notify, slotExists }),
    reviews: createReviews(review),
    history: createHistory({ orm: database.orm, events, hold, revisions, settle }),
    inbox,
    sync,
    retire: sync.retire,
    close: () => closeAll(sync, work, ground.bus),
  }
}

/** The rooms come before the features that write into them, and ask those whose rows their news is about. */
async function openRooms(
  { config, log, database, events, metrics, bus }: Ground,
  { sessions, inbox, suggestions }: Pick<Services, 'sessions' | 'inbox' | 'suggestions'>,
) {
  const { orm } = database
  const draftRoom = draftRoomPort({ database, events })
  const calendarRoom = calendarRoomPort({ database, events })
  const revisions = createRevisions({ orm, hold: null, events })
  const sync = await createSync({
    database,
    log,
    events,
    authenticate: sessions.authenticate,
    ...askOwners({ draft: draftRoom, calendar: calendarRoom }),
    summaryOf: draftRoom.summaryOf,
    newsOf: newsOf({
      inbox,
      suggestions,
      threads: { news: threadNews(orm) },
      reviews: { news: (id) => reviewNews({ database, revisions }, id) },
    }),
    origins: config.origins,
    limits: { socketsPerVolunteer: config.socketsPerVolunteer },
    meters: metrics.meters,
    bus,
  })
  return { sync, draftRoom, calendarRoom }
}

type Means = Pick<Awaited<ReturnType<typeof openRooms>>, 'draftRoom' | 'calendarRoom'> &
  Pick<Sync, 'hold'> & {
    readonly review: ReviewParts
    readonly mail: Mail | null
    readonly newsroomName: Newsroom['name']
  }
type Work = ReturnType<typeof startWork>

/** Starts what goes on without anybody asking for it. */
function startWork({ config: { publicUrl }, log, database: { orm }, events, secret }: Ground, means: Means) {
  const { draftRoom, calendarRoom, hold, review, mail, newsroomName } = means
  /** Keeps a revision of each editing session. */
  const editingSessions = createEditingSessions({ orm, events, freeze: review.revisions.freeze, log })
  draftRoom.onProjected(editingSessions.heard)
  /** Takes approvals back whose text has changed. */
  const watch = createWatch({ parts: review, events, log })
  draftRoom.onProjected(watch.heard)
  /** Moves the past of the calendar to the archive. */
  const keeper = createKeeper({ orm, hold, log })
  calendarRoom.onProjected(keeper.heard)
  /** Sends e-mails about notices, where a mail server is set. */
  const mailer = mail && createMailer({ orm, events, mail, secret, publicUrl, newsroomName, log })
  for (const worker of [editingSessions, keeper, watch, mailer]) worker?.start()
  return { editingSessions, watch, keeper, mailer }
}

/** What edits rooms or freezes them ends before them; what hears of their last edits ends after them. */
async function closeAll(
  sync: Sync,
  { editingSessions, watch, keeper, mailer }: Work,
  bus: DocumentBus,
): Promise<void> {
  const mailing = mailer?.close()
  await Promise.all([keeper.close(), editingSessions.close()])
  await sync.close()
  await bus.close()
  await watch.close()
  await mailing
}

/**
 * Hands the services to pages. A custom server shares no module instances with Next's bundles: through
 * globalThis there is one pool, one set of rooms, and one copy of Yjs.
 */
export function publishServices(services: Services): void {
  Object.assign(globalThis, { [Symbol.for('pupitre.services')]: services })
}
