import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drafts, volunteers } from '#drizzle/schema/index.ts'
import { setFields } from '#lib/documents/calendar/edits.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createFeeds } from '#server/calendar/feeds.ts'
import type { FeedScope, Feeds } from '#server/calendar/types.ts'
import type { Database } from '#server/db/database.ts'
import { repeat, slot } from '#test/lib/domain/calendar/arbitraries.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { newSlotId } from '#test/server/sync/guard-harness.ts'
import { linesOf, TORONTO } from './ics.ts'
import { freshNewsroom, NOW, type OpenNewsroom, openNewsroom } from './newsroom.ts'

const ALL: FeedScope = { only: 'all', channel: null }

let database: Database
let newsroom: OpenNewsroom
let feeds: Feeds
let actor: Actor
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
  feeds = createFeeds({ database, publicUrl: new URL('https://pupitre.example'), now: () => NOW.getTime() })
  actor = await newsroom.person('contributor', 'Bérengère Lafleur-Duquette')
})
afterAll(() => newsroom.close())

const tokenOf = (url: string) => /\/api\/calendar\/([\w-]{43})\.ics$/.exec(url)?.[1] ?? ''
const newFeed = async (of: Actor = actor) => tokenOf(granted(await feeds.create(of, of.volunteerId)).url)

async function text(token: string, scope: FeedScope = ALL): Promise<string> {
  const answer = granted(await feeds.read(token, scope, null))
  if (answer.kind !== 'calendar') throw new Error('unchanged')
  return answer.text
}
const tag = async (token: string, scope = ALL) => granted(await feeds.read(token, scope, null)).etag
const titles = async (token: string, scope = ALL) =>
  linesOf(await text(token, scope)).flatMap((line) => /^SUMMARY:(.*)/.exec(line)?.[1] ?? [])

const planned = async (...slots: readonly Partial<Slot>[]) => {
  const whole = slots.map((fields) => slot({ id: newSlotId(), ...fields }))
  await newsroom.plan(...whole)
  await newsroom.rows()
  return whole
}

describe('the address of a feed', () => {
  it('is told once, and kept only as its hash', async () => {
    const token = await newFeed()
    const { rows } = await database.pool.query('select * from calendar_feeds')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await feeds.state(actor, actor.volunteerId)).toMatchObject({ lastReadAt: null })
  })

  it('stops working when another takes its place, when it is revoked, and when its owner is suspended', async () => {
    const first = await newFeed()
    const second = await newFeed()
    const missing = { ok: false, error: 'missing' }
    expect(await feeds.read(first, ALL, null)).toEqual(missing)
    expect(await feeds.read(second, ALL, null)).toMatchObject({ ok: true })
    await database.orm.update(volunteers).set({ suspendedAt: new Date() })
    expect(await feeds.read(second, ALL, null)).toEqual(missing)
    await database.orm.update(volunteers).set({ suspendedAt: null })
    expect(await feeds.read(second, ALL, null)).toMatchObject({ ok: true })
    granted(await feeds.revoke(actor, actor.volunteerId))
    expect(await feeds.read(second, ALL, null)).toEqual(missing)
    expect(await feeds.state(actor, actor.volunteerId)).toBeNull()
    for (const wrong of ['', 'x', second.slice(1), `${second}x`, '../../etc/passwd', '%00'.repeat(20)]) {
      expect(await feeds.read(wrong, ALL, null)).toEqual(missing)
    }
  })

  it('is one, also when two ask for another at the same moment', async () => {
    const tokens = await Promise.all([newFeed(), newFeed(), newFeed()])
    const read = await Promise.all(tokens.map((token) => feeds.read(token, ALL, null)))
    expect(read.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('is nobody else’s to make; a coordinator may end it', async () => {
    const token = await newFeed()
    const other = await newsroom.person('editor')
    const coordinator = await newsroom.person('coordinator')
    const forbidden = { ok: false, error: 'forbidden' }
    expect(await feeds.create(other, actor.volunteerId)).toEqual(forbidden)
    expect(await feeds.create(coordinator, actor.volunteerId)).toEqual(forbidden)
    expect(await feeds.revoke(other, actor.volunteerId)).toEqual(forbidden)
    expect(await feeds.state(other, actor.volunteerId)).toBeNull()
    expect(await feeds.state(coordinator, actor.volunteerId)).not.toBeNull()
    granted(await feeds.revoke(coordinator, actor.volunteerId))
    expect(await feeds.read(token, ALL, null)).toMatchObject({ ok: false })
  })

  it('remembers its last reading, to the minute', async () => {
    const token = await newFeed()
    await feeds.read(token, ALL, null)
    const { rows: first } = await database.pool.query(
      'select xmin, last_read_at from calendar_feeds where revoked_at is null',
    )
    await feeds.read(token, ALL, null)
    const { rows: second } = await database.pool.query(
      'select xmin, last_read_at from calendar_feeds where revoked_at is null',
    )
    expect(first[0].last_read_at).not.toBeNull()
    expect(second).toEqual(first)
  })
})

describe('what a feed shows', () => {
  it('is everything of a year and what is to come, or one’s own, or a channel’s', async () => {
    await planned(
      { title: 'La mienne', owner: actor.volunteerId, channels: ['blog'] },
      { title: 'De personne', channels: ['facebook', 'blog'] },
      { title: 'Ailleurs', channels: ['youtube'] },
      { title: 'D’il y a longtemps', time: timedAt('2025-11-05', '12:00', TORONTO) },
      {
        title: 'Depuis longtemps',
        time: timedAt('2025-11-05', '12:00', TORONTO),
        repeat: repeat(),
        channels: ['other'],
      },
    )
    const token = await newFeed()
    expect((await titles(token)).toSorted()).toEqual([
      'Ailleurs',
      'De personne',
      'Depuis longtemps',
      'La mienne',
    ])
    expect(await titles(token, { only: 'mine', channel: null })).toEqual(['La mienne'])
    expect((await titles(token, { only: 'all', channel: 'blog' })).toSorted()).toEqual([
      'De personne',
      'La mienne',
    ])
    expect(await titles(token, { only: 'mine', channel: 'youtube' })).toEqual([])
  })

  it('names no volunteer, whatever they did', async () => {
    const everybody = await database.orm.select().from(volunteers)
    const all = await text(await newFeed())
    for (const { id, name, email } of everybody) {
      for (const secret of [id, email, ...name.split(/[ -]/)]) {
        expect([secret, all.includes(secret)]).toEqual([secret, false])
      }
    }
    expect(all).toContain('X-WR-CALNAME:Essai')
  })

  it('follows the draft of a slot, and the newsroom’s own words', async () => {
    const id = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b' as DraftId
    const derived = { plainText: '', wordCount: 0, characterCount: 0, searchTitle: '', searchText: '' }
    await database.orm.insert(drafts).values({ id, title: 'Du brouillon', stage: 'drafting', ...derived })
    await planned({ title: 'Du créneau', draft: id })
    const token = await newFeed()
    expect(await titles(token)).toContain('Du brouillon')
    const before = await tag(token)
    await database.orm.update(drafts).set({ stage: 'approved' })
    const after = await tag(token)
    expect(after).not.toBe(before)
    expect(linesOf(await text(token))).toContain('X-PUPITRE-STAGE:approved')
  })
})

describe('the tag of a feed', () => {
  it('is the same while nothing changed, and answers without a text', async () => {
    const token = await newFeed()
    const first = await tag(token)
    expect(first).toMatch(/^"[\w-]{32}"$/)
    const again = await newFeed()
    expect(await tag(again)).toBe(first)
    for (const header of [first, `W/${first}`, `"x", ${first}`, '*']) {
      expect(await feeds.read(again, ALL, header)).toEqual({
        ok: true,
        value: { kind: 'unchanged', etag: first },
      })
    }
    expect(await feeds.read(again, ALL, '"x"')).toMatchObject({ value: { kind: 'calendar', etag: first } })
  })

  it('changes with anything that is shown, and only then', async () => {
    const [one] = await planned({ title: 'Un' })
    if (!one) throw new Error('a slot')
    const token = await newFeed()
    const tags = new Set([await tag(token)])
    const changes: (() => Promise<unknown>)[] = [
      () =>
        newsroom.sync.edit(CALENDAR.name, actor.volunteerId, (doc) =>
          setFields(doc, one.id, { title: 'Deux' }),
        ),
      () => planned({ title: 'Trois' }),
      () => database.pool.query(`update newsroom set name = 'Autrement'`),
      () => database.pool.query(`update newsroom set calendar = '{"zone":"America/Vancouver"}'`),
    ]
    for (const change of changes) {
      await change()
      await newsroom.rows()
      tags.add(await tag(token))
    }
    expect(tags.size).toBe(changes.length + 1)
    await newsroom.rows()
    expect(tags).toContain(await tag(token))
  })
})
