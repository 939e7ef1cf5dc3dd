import { createHash, randomUUID } from 'node:crypto'
import { addDays } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import type { FeedId, SlotId, VolunteerId } from '#lib/domain/ids.ts'
import { can, type Locale } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'
import type { Database, Orm } from '#server/db/database.ts'
import { newToken, tokenHash } from '#server/invitations/token.ts'
import type { Authority } from '#server/volunteers/types.ts'
import { masthead, type PlannedFilter, plannedSlots } from './export-rows.ts'
import { findFeed, findReader, noteReading, replaceFeed, revokeFeeds, versionOf } from './feed-store.ts'
import { writeCalendar } from './ics/write.ts'
import type { FeedAnswer, FeedScope, Feeds } from './types.ts'

/** To raise with whatever changes the text of an unchanged calendar: programs then read it anew. */
const FORMAT = '1'
/** How far back a feed goes. What is older is in the newsroom, and in nobody’s pocket. */
const DAYS_BACK = 366
/** Texts kept: everybody who asks for «all» gets the same one. */
const KEPT = 6

export const UNTITLED: Readonly<Record<Locale, string>> = { fr: 'Sans titre', en: 'Untitled' }

/** Where a slot is shown in the newsroom. */
export const linkToSlot =
  (publicUrl: URL) =>
  (id: SlotId): string =>
    new URL(`/calendar?slot=${id}`, publicUrl).href

type Parts = {
  readonly database: Database
  readonly publicUrl: URL
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number
}

const isOwn = (by: Authority, volunteerId: VolunteerId) => by === 'operator' || by.volunteerId === volunteerId

/** An address is as good as its owner’s eyes: whoever manages volunteers may see that there is one, and end it. */
const mayEnd = (by: Authority, volunteerId: VolunteerId) =>
  by === 'operator' || by.volunteerId === volunteerId || can(by, 'volunteer.manage', { volunteerId })

/** Feeds for the calendar programs that people carry. Tokens have 256 bits: they are not to be guessed. */
export function createFeeds({ database, publicUrl, now = Date.now }: Parts): Feeds {
  const { orm } = database
  const texts = new Map<string, string>()
  return {
    async state(by, volunteerId) {
      return mayEnd(by, volunteerId) ? findFeed(orm, volunteerId) : null
    },

    async create(by, volunteerId) {
      if (!isOwn(by, volunteerId)) return fail('forbidden')
      const token = newToken()
      const hash = tokenHash(token)
      if (hash === null) throw new Error('A new token has not the shape of a token.')
      const id = randomUUID() as string as FeedId
      if (!(await replaceFeed(orm, { id, volunteerId, tokenHash: hash }))) return fail('forbidden')
      return ok({ url: new URL(`/api/calendar/${token}.ics`, publicUrl).href })
    },

    async revoke(by, volunteerId) {
      if (!mayEnd(by, volunteerId)) return fail('forbidden')
      await revokeFeeds(orm, volunteerId)
      return ok(undefined)
    },

    async read(token, scope, ifNoneMatch) {
      const hash = tokenHash(token)
      const reader = hash === null ? null : await findReader(orm, hash)
      if (!reader) return fail('missing')
      await noteReading(orm, reader.id)
      const { volunteerId, locale } = reader
      return ok(await answer({ orm, publicUrl, texts, at: now() }, scope, volunteerId, locale, ifNoneMatch))
    },
  }
}

type Ground = {
  readonly orm: Orm
  readonly publicUrl: URL
  readonly texts: Map<string, string>
  readonly at: number
}

async function answer(
  { orm, publicUrl, texts, at }: Ground,
  scope: FeedScope,
  volunteerId: VolunteerId,
  locale: Locale,
  ifNoneMatch: string | null,
): Promise<FeedAnswer> {
  const head = await masthead(orm)
  const filter: PlannedFilter = {
    from: beginning(at, head.settings.zone),
    to: null,
    channel: scope.channel,
    owner: scope.only === 'mine' ? volunteerId : null,
  }
  // Read before the rows: a change in between is answered under the older tag, and corrected at the next reading.
  const version = await versionOf(orm, filter)
  const parts = [FORMAT, publicUrl.origin, head.name, head.settings.zone, locale, filter, version]
  const etag = `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}"`
  if (names(ifNoneMatch, etag)) return { kind: 'unchanged', etag }
  const known = texts.get(etag)
  if (known !== undefined) return { kind: 'calendar', etag, text: known }
  const ground = { linkTo: linkToSlot(publicUrl), untitled: UNTITLED[locale] }
  const text = writeCalendar(await plannedSlots(orm, filter), head, ground)
  texts.set(etag, text)
  const [oldest] = texts.keys()
  if (texts.size > KEPT && oldest !== undefined) texts.delete(oldest)
  return { kind: 'calendar', etag, text }
}

/** By months, so that the tag of a feed in which nothing changes is not another one each morning. */
const beginning = (at: number, zone: string): PlainDay =>
  `${addDays(localDay(at, zone), -DAYS_BACK).slice(0, 7)}-01`

/** Whether `If-None-Match` names this tag (RFC 9110, 13.1.2: compared weakly). */
const names = (header: string | null, etag: string): boolean =>
  (header ?? '').split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag)
