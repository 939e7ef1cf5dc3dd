import type { Audit } from './audit/types.ts'
import { createAudit } from './audit/use-cases.ts'
import { createFeeds } from './calendar/feeds.ts'
import { foundCalendar } from './calendar/found.ts'
import { createKeeper, type Keeper } from './calendar/keeper.ts'
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
import { createEditingSessions, type EditingSessions } from './history/editing-sessions.ts'
import { createRevisions } from './history/revisions.ts'
import type { History } from './history/types.ts'
import { createHistory } from './history/use-cases.ts'
import { createMailer, type Mailer } from './inbox/mailer.ts'
import { createNotify } from './inbox/notify.ts'
import type { Inbox } from './inbox/types.ts'
import { createInbox } from './inbox/use-cases.ts'
import type { Invitations } from './invitations/types.ts'
import { createInvitations } from './invitations/use-cases.ts'
import type { Logger } from './log.ts'
import { createMail } from './mail/mail.ts'
import { newsOf } from './news.ts'
import type { Newsroom } from './newsroom/types.ts'
import { createNewsroom } from './newsroom/use-cases.ts'
import type { Reviews } from './review/types.ts'
import { createReviews } from './review/use-cases.ts'
import { reviewNews } from './review/view.ts'
import { createWatch, type Watch } from './review/watch.ts'
import type { Sessions } from './sessions/types.ts'
import { createSessions } from './sessions/use-cases.ts'
import { createSuggestions, type Suggestions } from './suggestions/use-cases.ts'
import { askOwners } from './sync/owners.ts'
import { createSync, type Sync } from './sync/sync.ts'
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
  /** Takes approvals back whose text has changed; for whoever stops the process. */
  readonly watch: Pick<Watch, 'close'>
  readonly history: History
  /** Keeps a revision of each editing session; for whoever stops the process. */
  readonly editingSessions: Pick<EditingSessions, 'close'>
  /** Moves the past of the calendar to the archive; for whoever stops the process. */
  readonly keeper: Pick<Keeper, 'close'>
  readonly inbox: Inbox
  /** Sends e-mails about notices; for whoever stops the process. Null where no mail server is set. */
  readonly mailer: Pick<Mailer, 'close'> | null
  readonly sync: Sync
}

type Ground = Pick<Services, 'config' | 'log' | 'database' | 'events'> & { readonly secret: string }

/** The composition root: the one place where features are given one another. */
export async function buildServices(ground: Ground): Promise<Services> {
  const { config, log, database, events, secret } = ground
  const newsroom = createNewsroom({ database, secret })
  const secureCookies = config.publicUrl.protocol === 'https:'
  const sessions = createSessions({ database, events, secret, secureCookies })
  const { authenticate } = sessions
  const mail = createMail(config, log)
  // What tells people of things: for the features whose rows they are about.
  const notify = createNotify({ events, mailing: mail !== null })
  const inbox = createInbox({ database, events, secret, mailing: mail !== null })
  await foundCalendar(database.orm)
  const draft = draftRoomPort({ database, events })
  const calendarRoom = calendarRoomPort({ database, events })
  const owners = askOwners({ draft, calendar: calendarRoom })
  const suggestions = createSuggestions({ database })
  const told = createRevisions({ orm: database.orm, hold: null, events })
  const sync = await createSync({
    database,
    log,
    events,
    authenticate,
    ...owners,
    summaryOf: draft.summaryOf,
    newsOf: newsOf({
      inbox,
      suggestions,
      threads: { news: threadNews(database.orm) },
      reviews: { news: (id) => reviewNews({ database, revisions: told }, id) },
    }),
    origins: config.origins,
  })
  const { hold } = sync
  const revisions = createRevisions({ orm: database.orm, hold, events })
  const { orm } = database
  const editingSessions = createEditingSessions({ orm, events, freeze: revisions.freeze, log })
  const { settle } = editingSessions
  const history = createHistory({ orm, events, hold, revisions, settle })
  draft.onProjected(editingSessions.heard)
  editingSessions.start()
  const keeper = createKeeper({ orm: database.orm, hold, log })
  calendarRoom.onProjected(keeper.heard)
  keeper.start()
  const review = { database, events, revisions, notify }
  const watch = createWatch({ parts: review, events, log })
  draft.onProjected(watch.heard)
  watch.start()
  const drafts = createDrafts({ database, events, edit: sync.edit })
  const { publicUrl } = config
  const calendar = createCalendar({
    database,
    events,
    hold,
    drafts,
    feeds: createFeeds({ database, publicUrl }),
    transfer: createTransfer({ database, events, hold, publicUrl }),
  })
  const newsroomName = newsroom.name
  const mailer =
    mail && createMailer({ orm: database.orm, events, mail, secret, publicUrl, newsroomName, log })
  mailer?.start()
  return {
    config,
    log,
    database,
    events,
    newsroom,
    sessions,
    volunteers: createVolunteers({ database, events, secret }),
    invitations: createInvitations({
      database,
      events,
      secret,
      mail,
      publicUrl,
      newsroomName,
    }),
    drafts,
    calendar,
    suggestions,
    audit: createAudit({ database }),
    threads: createThreads({
      database,
      events,
      notify,
      slotExists: async (actor, id) => (await calendar.find(actor, id)) !== null,
    }),
    reviews: createReviews(review),
    watch,
    history,
    editingSessions,
    keeper,
    inbox,
    mailer,
    sync,
  }
}

/**
 * Hands the services to pages. A custom server shares no module instances with Next's bundles: through
 * globalThis there is one pool, one set of rooms, and one copy of Yjs.
 */
export function publishServices(services: Services): void {
  Object.assign(globalThis, { [Symbol.for('pupitre.services')]: services })
}
