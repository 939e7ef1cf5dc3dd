import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { z } from 'zod'
import { parseDocumentName } from '#lib/documents/registry.ts'
import {
  parseCommentId,
  parseDraftId,
  parseLoginSessionId,
  parseNotificationId,
  parseThreadId,
  parseVolunteerId,
} from '#lib/domain/ids.ts'
import type { Database } from '../db/database.ts'
import type { Logger } from '../log.ts'
import type { EventPort, ServerEvent } from './port.ts'

const CHANNEL = 'pupitre'
const LONGEST_PAUSE = 2000

const id = <Id extends string>(parse: (text: string) => Id | null) =>
  z.string().transform((text, context) => {
    const parsed = parse(text)
    if (parsed !== null) return parsed
    context.addIssue({ code: 'custom', message: 'id' })
    return z.NEVER
  })

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draft.changed'), draftId: id(parseDraftId) }),
  z.object({ type: z.literal('draft.access'), draftId: id(parseDraftId) }),
  z.object({
    type: z.literal('document.written'),
    document: id((text) => parseDocumentName(text)?.name ?? null),
  }),
  z.object({ type: z.literal('calendar.changed') }),
  z.object({
    type: z.literal('thread.changed'),
    threadId: id(parseThreadId),
    commentId: id(parseCommentId).nullable(),
  }),
  z.object({ type: z.literal('review.changed'), draftId: id(parseDraftId) }),
  z.object({ type: z.literal('rules.changed') }),
  z.object({ type: z.literal('history.changed'), draftId: id(parseDraftId) }),
  z.object({
    type: z.literal('suggestions.added'),
    draftId: id(parseDraftId),
    ids: z.array(z.string().max(100)),
  }),
  z.object({
    type: z.literal('inbox.changed'),
    volunteerId: id(parseVolunteerId),
    notificationId: id(parseNotificationId).nullable(),
  }),
  z.object({ type: z.literal('volunteer.access'), volunteerId: id(parseVolunteerId) }),
  z.object({ type: z.literal('session.ended'), sessionId: id(parseLoginSessionId) }),
  z.object({ type: z.literal('team.changed') }),
]) satisfies z.ZodType<ServerEvent>

/**
 * Hears PostgreSQL’s notifications on a connection of its own, and makes a new one when it breaks.
 * Resolves once it listens; rejects when the first connection cannot be made.
 */
export async function createEvents(options: {
  readonly database: Database
  readonly log: Logger
}): Promise<EventPort> {
  const { database, log } = options
  const listeners = new Set<(event: ServerEvent) => void>()
  const gapListeners = new Set<() => void>()
  const closing = new AbortController()

  const hear = (payload: string | undefined) => {
    const parsed = readEvent(payload)
    if (parsed === null) return log.warn('a notification that is no event of ours was dropped')
    for (const listener of listeners) guarded(log, () => listener(parsed))
  }

  let current = await listen(database.url, hear)
  const stayConnected = async () => {
    for (let pause = 50; ; pause = 50) {
      await current.ended
      while (!closing.signal.aborted) {
        const next = await listen(database.url, hear).catch(() => null)
        if (next !== null) {
          current = next
          break
        }
        await delay(pause, undefined, { signal: closing.signal }).catch(() => {})
        pause = Math.min(pause * 2, LONGEST_PAUSE)
      }
      if (closing.signal.aborted) return current.client.end().catch(() => {})
      log.warn('notifications were missed for a while; rights are checked anew')
      for (const listener of gapListeners) guarded(log, listener)
    }
  }
  const done = stayConnected()
  const notify = notifier(database.pool)

  return {
    async publish(news, within) {
      if (within) await within.execute(sql`select pg_notify(${CHANNEL}, ${JSON.stringify(news)})`)
      else await notify(news)
    },
    subscribe: (listener) => addTo(listeners, listener),
    onGap: (listener) => addTo(gapListeners, listener),
    async close() {
      closing.abort()
      await current.client.end().catch(() => {})
      await done
    },
  }
}

const NOTIFY = `select pg_notify('${CHANNEL}', news) from unnest($1::text[]) with ordinality as t(news, n) order by n`

/**
 * @returns a function that sends news in the order in which it is called: one statement at a time, so that none
 * overtakes another on a second connection, and all that is said meanwhile, or in one turn, in the next one
 */
function notifier(pool: pg.Pool): (news: ServerEvent) => Promise<void> {
  let gathering: { readonly news: string[]; readonly refusals: Promise<Refusals> } | null = null
  let lastSent: Promise<unknown> = Promise.resolve()

  const gather = () => {
    const news: string[] = []
    const refusals = Promise.all([endOfTurn(), lastSent]).then(() => {
      gathering = null
      return notifyInOrder(pool, news)
    })
    lastSent = refusals.catch(() => {})
    return { news, refusals }
  }

  return async (event) => {
    gathering ??= gather()
    const place = gathering.news.push(JSON.stringify(event)) - 1
    const refusal = (await gathering.refusals).get(place)
    if (refusal) throw refusal
  }
}

/** By place in the news of a turn. */
type Refusals = ReadonlyMap<number, pg.DatabaseError>

/**
 * @returns what PostgreSQL refused; the others are sent, and arrive in their order
 * @throws what ended the connection: then nothing is known to be sent
 */
async function notifyInOrder(pool: pg.Pool, news: readonly string[]): Promise<Refusals> {
  const send = (all: readonly string[]) => pool.query({ name: 'pupitre-notify', text: NOTIFY, values: [all] })
  const refusals = new Map<number, pg.DatabaseError>()
  const whole = await refusalOf(send(news))
  if (!whole) return refusals
  // It does not say which one it meant, and took none of them: each goes alone, after the one before it.
  for (const [place, one] of news.entries()) {
    const refusal = await refusalOf(send([one]))
    if (refusal) refusals.set(place, refusal)
  }
  return refusals
}

async function refusalOf(query: Promise<unknown>): Promise<pg.DatabaseError | null> {
  try {
    await query
    return null
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error
    throw error
  }
}

type Listening = { readonly client: pg.Client; readonly ended: Promise<void> }

async function listen(url: string, hear: (payload: string | undefined) => void): Promise<Listening> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  // What is wrong shows as `end`; without this listener it would end the process.
  client.on('error', () => {})
  client.on('notification', (message) => hear(message.payload))
  try {
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    return { client, ended }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

function readEvent(payload: string | undefined): ServerEvent | null {
  try {
    return event.parse(JSON.parse(payload ?? ''))
  } catch {
    return null
  }
}

/** One listener that throws keeps the news from nobody else. */
function guarded(log: Logger, call: () => void): void {
  try {
    call()
  } catch (error) {
    log.error({ err: error }, 'a listener of events threw')
  }
}

function addTo<T>(set: Set<T>, item: T): () => void {
  set.add(item)
  return () => set.delete(item)
}
