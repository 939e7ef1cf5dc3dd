import { setTimeout as pause } from 'node:timers/promises'
import type { NotificationId, VolunteerId } from '#lib/domain/ids.ts'
import { afterQuiet, BURST_MS, parseChoices, refusedAddress } from '#lib/domain/inbox/choices.ts'
import { fail, type Result } from '#lib/domain/result.ts'
import { mentionsIn } from '#lib/domain/threads/comment.ts'
import { readSettings } from '#server/calendar/settings.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Logger } from '#server/log.ts'
import type { Mail, MailFailure, Message } from '#server/mail/mail.ts'
import { namesOf } from '#server/volunteers/names.ts'
import { noticeLetter } from './letter.ts'
import * as store from './mail-store.ts'
import { unsubscribeToken } from './unsubscribe-token.ts'

/**
 * After an e-mail the next one waits so long, unless somebody was named: a lively conversation is one e-mail
 * every ten minutes, not one every two.
 */
const REST_MS = 10 * 60_000
/**
 * How long what a process has taken is its own. One that is killed between sending and noting it down leaves the
 * e-mail to be sent again after that, with the same Message-ID: once too often rather than never.
 */
const LEASE_MS = 5 * 60_000
/** Milliseconds for one e-mail; much shorter than the lease. */
const SEND_WITHIN = 60_000
/** Volunteers of one round. */
const ROUND = 100
/** Milliseconds between two looks; news of something to send come sooner. */
const SHORTEST_WAIT = 1_000
const LONGEST_WAIT = 10 * 60_000
const CLOSE_WITHIN = 5_000

/** Sends what is due; alone in its process, and never twice beside those of other processes. */
export type Mailer = {
  start(): void
  /** Sends all that is due now. @returns once it is done */
  tend(): Promise<void>
  /** How many notices wait to be mailed, and how many of them were tried in vain. */
  queue(): Promise<store.MailQueue>
  /** Resolves when no e-mail is under way any more. */
  close(): Promise<void>
}

type Parts = {
  readonly orm: Orm
  readonly events: Pick<EventPort, 'subscribe' | 'onGap'>
  readonly mail: Mail
  readonly secret: string
  readonly publicUrl: URL
  readonly newsroomName: () => Promise<string | null>
  readonly log: Pick<Logger, 'error'>
  readonly now?: () => Date
}

export function createMailer(parts: Parts): Mailer {
  const { orm, events, log, now = () => new Date() } = parts
  let timer: NodeJS.Timeout | null = null
  let wakesAt = Number.POSITIVE_INFINITY
  let closed = false
  let last = Promise.resolve()
  const stops: (() => void)[] = []

  const tend = (): Promise<void> => {
    last = last.then(async () => {
      try {
        await round({ ...parts, now }, () => closed)
      } catch (error) {
        if (!closed) log.error({ err: error }, 'notices could not be mailed; it is tried again')
      }
    })
    return last
  }

  const wakeIn = (delay: number) => {
    const at = performance.now() + delay
    if (closed || at >= wakesAt) return
    if (timer) clearTimeout(timer)
    wakesAt = at
    timer = setTimeout(() => void work(), delay)
    timer.unref()
  }

  async function work(): Promise<void> {
    await tend()
    wakesAt = Number.POSITIVE_INFINITY
    const due = await store.nextDue(orm).catch(() => null)
    const delay = due ? due.getTime() - now().getTime() : LONGEST_WAIT
    wakeIn(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, delay)))
  }

  return {
    start() {
      stops.push(
        events.subscribe((event) => {
          if (event.type === 'inbox.changed' && event.notificationId) wakeIn(SHORTEST_WAIT)
        }),
        events.onGap(() => wakeIn(SHORTEST_WAIT)),
      )
      wakeIn(SHORTEST_WAIT)
    },
    tend,
    queue: () => store.countWaiting(orm),
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      for (const stop of stops) stop()
      await Promise.race([last, pause(CLOSE_WITHIN, undefined, { ref: false })])
    },
  }
}

type Working = Required<Parts>

async function round(parts: Working, stopped: () => boolean): Promise<void> {
  const { orm, now } = parts
  const { zone } = await readSettings(orm)
  for (const volunteerId of await store.volunteersDue(orm, now(), ROUND)) {
    if (stopped()) return
    const claimed = await orm.transaction((tx) => claim(tx, volunteerId, now().getTime(), zone))
    if (!claimed) continue
    // Nobody's mail goes through a server that does not answer.
    if ((await deliver(parts, claimed)) === 'unreachable') return store.putOff(orm, null, now())
  }
}

type Mailbox = NonNullable<Awaited<ReturnType<typeof store.readMailbox>>>
type Claimed = { readonly to: Mailbox; readonly ids: readonly NotificationId[] }

/** Takes all that waits for one volunteer. @returns null where there is nothing to send now */
async function claim(
  tx: Transaction,
  volunteerId: VolunteerId,
  now: number,
  zone: string,
): Promise<Claimed | null> {
  // What is due a moment later comes along: a burst is one e-mail.
  const waiting = await store.lockWaiting(tx, volunteerId, new Date(now + BURST_MS))
  const due = waiting.filter(({ dueAt }) => dueAt && dueAt.getTime() <= now)
  const to = await store.readMailbox(tx, volunteerId)
  if (due.length === 0 || !to) return null
  if (to.suspendedAt || refusedAddress(to.notify) === to.email) {
    await store.dropWaiting(tx, volunteerId)
    return null
  }
  const named = due.some(({ kind }) => kind === 'mention')
  const mailedAt = await store.lastMailedAt(tx, volunteerId)
  const rested = named || !mailedAt ? now : Math.max(now, mailedAt.getTime() + REST_MS)
  const opening = afterQuiet(rested, parseChoices(to.notify).quiet, zone)
  const ids = (opening > now ? due : waiting).map(({ id }) => id)
  await store.setDue(tx, ids, new Date(opening > now ? opening : now + LEASE_MS))
  return opening > now ? null : { to, ids }
}

async function deliver(parts: Working, { to, ids }: Claimed): Promise<'done' | 'unreachable'> {
  const { orm, now } = parts
  const rows = await store.readClaimed(orm, ids)
  const telling = rows.filter(({ commentGone }) => !commentGone)
  if (telling.length === 0) {
    await store.setDue(orm, ids, null)
    return 'done'
  }
  const sent = await send(parts.mail, { to: to.email, ...(await letterFor(parts, to, telling)) })
  if (sent.ok) await store.setMailed(orm, ids, now())
  else if (sent.error === 'refused') await store.refuse(orm, to)
  else await store.putOff(orm, ids, now())
  return !sent.ok && sent.error === 'unreachable' ? 'unreachable' : 'done'
}

async function send(mail: Mail, message: Message): Promise<Result<void, MailFailure>> {
  const late = pause(SEND_WITHIN, fail<MailFailure>('unreachable'), { ref: false })
  return Promise.race([mail.send(message), late])
}

async function letterFor(
  { orm, secret, publicUrl, newsroomName, now }: Working,
  { id: volunteerId, name, locale }: Mailbox,
  rows: Awaited<ReturnType<typeof store.readClaimed>>,
): Promise<Omit<Message, 'to'>> {
  const [newsroom, names] = await Promise.all([
    newsroomName(),
    namesOf(
      orm,
      rows.flatMap(({ said }) => mentionsIn(said)),
    ),
  ])
  return noticeLetter({
    locale,
    name,
    newsroom: newsroom ?? 'Pupitre',
    publicUrl,
    rows,
    nameOf: (id) => names.get(id) ?? null,
    leaving: (threadId) => {
      const token = unsubscribeToken({ volunteerId, threadId }, secret, now())
      const page = new URL(`/unsubscribe/${token}`, publicUrl).href
      return { page, machine: new URL(`/api/unsubscribe/${token}`, publicUrl).href }
    },
  })
}
