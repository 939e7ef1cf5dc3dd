import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { notifications } from '#drizzle/schema/inbox.ts'
import { drafts, threadComments, threads, volunteers } from '#drizzle/schema/index.ts'
import type { CommentId, DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { createMailer } from '#server/inbox/mailer.ts'
import { createNotify } from '#server/inbox/notify.ts'
import type { Notice } from '#server/inbox/port.ts'
import { createInbox } from '#server/inbox/use-cases.ts'
import { createMail, type Mail } from '#server/mail/mail.ts'
import { freshDatabase } from '#test/support/database.ts'
import { peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

export const PUBLIC_URL = new URL('https://pupitre.exemple.org')

/** A Tuesday at noon by the newsroom’s clocks (America/Toronto): not in quiet hours. */
export const NOON = new Date('2026-11-24T17:00:00Z')

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** A clock that goes only when it is told to. */
function clockAt(start: Date) {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    forward(ms: number) {
      at += ms
    },
    to(instant: string) {
      at = Date.parse(instant)
    },
  }
}

const silent = { warn: () => {}, error: () => {} }

export const mailThrough = (smtpUrl: string): Mail => {
  const mail = createMail(
    { smtpUrl, mailFrom: null, publicUrl: PUBLIC_URL },
    silent as unknown as Parameters<typeof createMail>[1],
  )
  if (!mail) throw new Error('a mail server is set')
  return mail
}

/** The inbox on a database of its own, with a clock in the test’s hand. */
export async function inboxDesk({
  database: given,
  mailing = true,
}: {
  database?: Database
  mailing?: boolean
} = {}) {
  const database = given ?? (await freshDatabase())
  const { orm } = database
  const events = recordedEvents()
  const people = peopleOf(database, events)
  const clock = clockAt(NOON)
  const parts = { events, mailing, now: clock.now }
  const notify = createNotify(parts)
  const inbox = createInbox({ database, secret: SECRET, ...parts })
  const failures: unknown[] = []

  return {
    database,
    orm,
    events,
    people,
    clock,
    inbox,
    failures,
    notify: (notice: Notice) => orm.transaction((tx) => notify(tx, notice)),
    within: notify,
    mailer: (mail: Mail) =>
      createMailer({
        orm,
        events,
        mail,
        secret: SECRET,
        publicUrl: PUBLIC_URL,
        newsroomName: async () => 'La Relève',
        log: { error: (...line: unknown[]) => void failures.push(line) } as unknown as Parameters<
          typeof createMailer
        >[0]['log'],
        now: clock.now,
      }),
    rowsOf: (id: VolunteerId) =>
      orm
        .select()
        .from(notifications)
        .where(eq(notifications.volunteerId, id))
        .orderBy(notifications.createdAt),
    notifyColumn: (id: VolunteerId, value: Readonly<Record<string, unknown>>) =>
      orm.update(volunteers).set({ notify: value }).where(eq(volunteers.id, id)),
    suspend: (id: VolunteerId) =>
      orm.update(volunteers).set({ suspendedAt: sql`now()` }).where(eq(volunteers.id, id)),

    async draft(title: string): Promise<DraftId> {
      const id = randomUUID() as string as DraftId
      const derived = { plainText: '', wordCount: 0, characterCount: 0, searchTitle: '', searchText: '' }
      await orm.insert(drafts).values({ id, title, ...derived })
      return id
    },

    async thread(draftId: DraftId, by: Actor): Promise<ThreadId> {
      const id = randomUUID() as string as ThreadId
      await orm.insert(threads).values({ id, draftId, createdBy: by.volunteerId })
      return id
    },

    /** A comment, of which nobody is told yet. */
    async comment(threadId: ThreadId, by: Actor, body: string): Promise<CommentId> {
      const id = randomUUID() as string as CommentId
      await orm.insert(threadComments).values({ id, threadId, authorId: by.volunteerId, body })
      return id
    },
  }
}

export type Desk = Awaited<ReturnType<typeof inboxDesk>>

/** A draft with a thread, in which Marie writes to Paul. */
export async function talk(desk: Desk) {
  const marie = await desk.people.join('editor', 'Marie Tremblay')
  const paul = await desk.people.join('contributor', 'Paul Gagnon')
  const draftId = await desk.draft('Grève des éboueurs <3')
  const threadId = await desk.thread(draftId, marie)
  const say = async (body: string, kind: Notice['kind'] = 'reply', to: readonly Actor[] = [paul]) => {
    const commentId = await desk.comment(threadId, marie, body)
    await desk.notify({
      kind,
      to: to.map(({ volunteerId }) => volunteerId),
      by: marie.volunteerId,
      draftId,
      threadId,
      commentId,
    })
    return commentId
  }
  return { marie, paul, draftId, threadId, say }
}

/** Everything at once, at every hour: for tests of something else. */
export const AT_ONCE = {
  pace: { mentions: 'now', replies: 'now', reviews: 'now', approvals: 'now' },
  quiet: null,
  digestAt: 480,
} as const
