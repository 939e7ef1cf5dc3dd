import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { threadComments } from '#drizzle/schema/index.ts'
import { DEFAULT_CHOICES } from '#lib/domain/inbox/choices.ts'
import { AT_ONCE, inboxDesk, MINUTE, talk } from './newsroom.ts'

const everything = { unreadOnly: false, after: null } as const

describe('an inbox', () => {
  test('lists what somebody was told, the newest first, with title and excerpt', async () => {
    const desk = await inboxDesk()
    const { marie, paul, draftId, threadId, say } = await talk(desk)
    await say('Premier\n\n  commentaire')
    desk.clock.forward(MINUTE)
    const commentId = await say('Second')
    const { lines, next, unread } = await desk.inbox.list(paul, everything)
    expect(lines.map(({ excerpt }) => excerpt)).toEqual(['Second', 'Premier commentaire'])
    expect(lines[0]).toMatchObject({
      kind: 'reply',
      by: marie.volunteerId,
      draft: { id: draftId, title: 'Grève des éboueurs <3' },
      slot: null,
      threadId,
      commentId,
      readAt: null,
    })
    expect({ next, unread }).toEqual({ next: null, unread: 2 })
  })

  test('says nothing of a comment that was deleted', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    const commentId = await say('Un secret')
    // Even where its text were still in the row.
    await desk.orm
      .update(threadComments)
      .set({ deletedAt: sql`now()` })
      .where(eq(threadComments.id, commentId))
    const { lines } = await desk.inbox.list(paul, everything)
    expect(lines.map(({ excerpt }) => excerpt)).toEqual([''])
  })

  test('comes in pages without gaps, however many lines have the same time', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    for (let n = 0; n < 112; n++) {
      await say(`n${n}`)
      if (n % 7 === 0) desk.clock.forward(1)
    }
    const seen: string[] = []
    let after: Parameters<typeof desk.inbox.list>[1]['after'] = null
    let pages = 0
    do {
      const page = await desk.inbox.list(paul, { unreadOnly: false, after })
      seen.push(...page.lines.map(({ id }) => id))
      after = page.next
      pages += 1
    } while (after && pages < 10)
    expect(pages).toBe(3)
    expect(new Set(seen).size).toBe(112)
    expect(seen).toHaveLength(112)
  })

  test('belongs to one person: nobody reads or marks another’s', async () => {
    const desk = await inboxDesk()
    const { marie, paul, say } = await talk(desk)
    await say('Bonjour')
    const [row] = await desk.rowsOf(paul.volunteerId)
    if (!row) throw new Error('no row')
    expect((await desk.inbox.list(marie, everything)).lines).toEqual([])
    await desk.inbox.markRead(marie, { ids: [row.id] })
    expect(await desk.inbox.unread(paul)).toBe(1)
    expect(await desk.inbox.news(marie.volunteerId, row.id)).toEqual([
      { event: { type: 'inbox', unread: 0, latest: null }, to: marie.volunteerId },
    ])
  })

  test('tells only its owner’s pages, with the line and how many are unread', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await say('Bonjour')
    const [row] = await desk.rowsOf(paul.volunteerId)
    const news = await desk.inbox.news(paul.volunteerId, row?.id ?? null)
    expect(news).toHaveLength(1)
    expect(news[0]).toMatchObject({
      to: paul.volunteerId,
      event: { type: 'inbox', unread: 1, latest: { id: row?.id, excerpt: 'Bonjour' } },
    })
  })
})

describe('what was read', () => {
  test('is not unread, needs no e-mail, and is news for the other pages', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await say('Un', 'mention')
    desk.clock.forward(1)
    await say('Deux', 'mention')
    const [first] = await desk.rowsOf(paul.volunteerId)
    if (!first) throw new Error('no row')
    desk.events.published.length = 0
    expect(await desk.inbox.markRead(paul, { ids: [first.id] })).toBe(1)
    const [row, other] = await desk.rowsOf(paul.volunteerId)
    expect(row?.mailDueAt).toBeNull()
    expect(other?.mailDueAt).not.toBeNull()
    expect(desk.events.published).toEqual([
      { type: 'inbox.changed', volunteerId: paul.volunteerId, notificationId: null },
    ])
    const unread = await desk.inbox.list(paul, { unreadOnly: true, after: null })
    expect(unread.lines.map(({ excerpt }) => excerpt)).toEqual(['Deux'])
  })

  test('twice is news once', async () => {
    const desk = await inboxDesk()
    const { paul, threadId, say } = await talk(desk)
    await say('Un')
    await desk.inbox.markRead(paul, { thread: threadId })
    desk.events.published.length = 0
    await desk.inbox.markRead(paul, { thread: threadId })
    expect(desk.events.published).toEqual([])
  })

  test('with a thread leaves what is about the draft’s review, and the other way round', async () => {
    const desk = await inboxDesk()
    const { marie, paul, draftId, threadId, say } = await talk(desk)
    await say('Un')
    await desk.notify({ kind: 'approved', to: [paul.volunteerId], by: marie.volunteerId, draftId })
    expect(await desk.inbox.markRead(paul, { draft: draftId })).toBe(1)
    expect(await desk.inbox.markRead(paul, { thread: threadId })).toBe(0)
  })

  test('«all» is all that was there to be seen, not what comes a moment later', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await say('Un')
    const seen = (await desk.inbox.list(paul, everything)).lines[0]?.at ?? ''
    desk.clock.forward(1)
    await say('Deux')
    expect(await desk.inbox.markRead(paul, { until: seen })).toBe(1)
  })
})

describe('the choices of e-mail', () => {
  test('are the usual ones until somebody makes theirs, and those from then on', async () => {
    const desk = await inboxDesk()
    const { paul } = await talk(desk)
    expect(await desk.inbox.mailing(paul)).toEqual({
      choices: DEFAULT_CHOICES,
      standing: 'ready',
      zone: 'America/Toronto',
    })
    expect(await desk.inbox.chooseMail(paul, AT_ONCE)).toEqual({ ok: true, value: undefined })
    expect((await desk.inbox.mailing(paul)).choices).toEqual(AT_ONCE)
  })

  test('that cannot be are refused', async () => {
    const desk = await inboxDesk()
    const { paul } = await talk(desk)
    for (const wrong of [
      { ...AT_ONCE, quiet: { from: 60, to: 60 } },
      { ...AT_ONCE, digestAt: 1440 },
      { ...AT_ONCE, digestAt: 1.5 },
    ])
      expect(await desk.inbox.chooseMail(paul, wrong)).toEqual({ ok: false, error: 'invalid' })
  })

  test('count for what waits already', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await say('Un', 'mention')
    await say('Deux', 'reply')
    await desk.inbox.chooseMail(paul, { ...AT_ONCE, pace: { ...AT_ONCE.pace, mentions: 'none' } })
    const due = Object.fromEntries(
      (await desk.rowsOf(paul.volunteerId)).map((row) => [row.kind, row.mailDueAt]),
    )
    expect(due).toEqual({ mention: null, reply: new Date(desk.clock.now().getTime() + 2 * MINUTE) })
  })

  test('keep a refused address refused until somebody tries it again', async () => {
    const desk = await inboxDesk()
    const { paul } = await talk(desk)
    await desk.notifyColumn(paul.volunteerId, { refused: paul.email })
    await desk.inbox.chooseMail(paul, AT_ONCE)
    expect((await desk.inbox.mailing(paul)).standing).toBe('refused')
    await desk.inbox.mailAgain(paul)
    expect(await desk.inbox.mailing(paul)).toMatchObject({ standing: 'ready', choices: AT_ONCE })
  })

  test('say so where no mail server is set', async () => {
    const desk = await inboxDesk({ mailing: false })
    const { paul } = await talk(desk)
    expect((await desk.inbox.mailing(paul)).standing).toBe('off')
  })
})
