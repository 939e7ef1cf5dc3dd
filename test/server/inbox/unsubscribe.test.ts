import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { threadFollowers } from '#drizzle/schema/threads.ts'
import type { ThreadId } from '#lib/domain/ids.ts'
import { unsubscribeToken } from '#server/inbox/unsubscribe-token.ts'
import { SECRET } from '#test/support/people.ts'
import { type Desk, HOUR, inboxDesk, talk } from './newsroom.ts'

const followers = (desk: Desk) => desk.orm.select().from(threadFollowers)

describe('the link out of a thread', () => {
  test('ends it for its volunteer, also what waits to be mailed, but not where they were named', async () => {
    const desk = await inboxDesk()
    const { paul, threadId, say } = await talk(desk)
    await say('Un', 'reply')
    await say('Deux', 'mention')
    const token = unsubscribeToken({ volunteerId: paul.volunteerId, threadId }, SECRET, desk.clock.now())
    expect(desk.inbox.inspectLink(token).ok).toBe(true)
    expect(await followers(desk)).toEqual([])
    expect(await desk.inbox.unsubscribe(token)).toEqual({ ok: true, value: undefined })
    expect(await desk.inbox.unsubscribe(token)).toEqual({ ok: true, value: undefined })
    expect(await followers(desk)).toEqual([{ threadId, volunteerId: paul.volunteerId, following: false }])
    const waiting = (await desk.rowsOf(paul.volunteerId)).filter((row) => row.mailDueAt)
    expect(waiting.map(({ kind }) => kind)).toEqual(['mention'])
  })

  test('with any bit of it changed is worth nothing', async () => {
    const desk = await inboxDesk()
    const { paul, threadId } = await talk(desk)
    const token = unsubscribeToken({ volunteerId: paul.volunteerId, threadId }, SECRET, desk.clock.now())
    const bytes = Buffer.from(token, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const forged = Buffer.from(bytes)
      forged.writeUInt8(forged.readUInt8(at) ^ 1, at)
      const answer = await desk.inbox.unsubscribe(forged.toString('base64url'))
      expect(answer).toEqual({ ok: false, error: 'unknown' })
    }
    expect(await followers(desk)).toEqual([])
  })

  test.each(['', 'x', 'A'.repeat(91), 'é'.repeat(91), 'A'.repeat(5000)])(
    'that is «%.10s» is none',
    async (token) => {
      const desk = await inboxDesk()
      expect(desk.inbox.inspectLink(token)).toEqual({ ok: false, error: 'unknown' })
    },
  )

  test('of another newsroom’s secret is worth nothing here', async () => {
    const desk = await inboxDesk()
    const { paul, threadId } = await talk(desk)
    const named = { volunteerId: paul.volunteerId, threadId }
    const token = unsubscribeToken(named, `${SECRET}!`, desk.clock.now())
    expect(await desk.inbox.unsubscribe(token)).toEqual({ ok: false, error: 'unknown' })
  })

  test('ends after four months, and says so', async () => {
    const desk = await inboxDesk()
    const { paul, threadId } = await talk(desk)
    const token = unsubscribeToken({ volunteerId: paul.volunteerId, threadId }, SECRET, desk.clock.now())
    desk.clock.forward(119 * 24 * HOUR)
    expect(desk.inbox.inspectLink(token).ok).toBe(true)
    desk.clock.forward(2 * 24 * HOUR)
    expect(await desk.inbox.unsubscribe(token)).toEqual({ ok: false, error: 'expired' })
    expect(await followers(desk)).toEqual([])
  })

  test('of a thread that is gone is answered like any other', async () => {
    const desk = await inboxDesk()
    const { paul } = await talk(desk)
    const threadId = randomUUID() as string as ThreadId
    const token = unsubscribeToken({ volunteerId: paul.volunteerId, threadId }, SECRET, desk.clock.now())
    expect((await desk.inbox.unsubscribe(token)).ok).toBe(true)
    expect(await followers(desk)).toEqual([])
  })
})
