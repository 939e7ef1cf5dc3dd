import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { notifications, threadComments } from '#drizzle/schema/index.ts'
import { fail, ok } from '#lib/domain/result.ts'
import type { Mail, MailFailure, Message } from '#server/mail/mail.ts'
import { type MailServer, openMailServer } from '#test/support/mail-server.ts'
import { AT_ONCE, HOUR, inboxDesk, MINUTE, mailThrough, talk } from './newsroom.ts'

let server: MailServer
beforeEach(async () => {
  server = await openMailServer()
})
afterEach(() => server.close())

/** Paul is told of everything at once; Marie writes; a mailer on the real mail server. */
async function mailing(
  choices: Parameters<Awaited<ReturnType<typeof inboxDesk>>['inbox']['chooseMail']>[1] = AT_ONCE,
) {
  const desk = await inboxDesk()
  const talking = await talk(desk)
  await desk.inbox.chooseMail(talking.paul, choices)
  const mailer = desk.mailer(mailThrough(server.url))
  /** Time goes by; the mailer looks every so often, as its timer would. */
  const passes = async (ms: number, step = MINUTE / 2) => {
    for (let gone = 0; gone < ms; gone += step) {
      desk.clock.forward(Math.min(step, ms - gone))
      await mailer.tend()
    }
  }
  return { ...desk, ...talking, desk, mailer, passes }
}

/** A mail server that is told what to answer, and counts. */
function toldMail(answer: () => MailFailure | null) {
  const sent: Message[] = []
  const mail: Mail = {
    async send(message) {
      const failure = answer()
      if (failure) return fail(failure)
      sent.push(message)
      return ok(undefined)
    },
  }
  return { mail, sent }
}

/** The mail server has the whole message, and does not answer until it is let go. */
function holdTaking(held: MailServer) {
  const reached = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  held.state.beforeTaking = () => {
    reached.resolve()
    return answer.promise
  }
  return { reached: reached.promise, letGo: answer.resolve }
}

describe('a burst', () => {
  test('of ten replies within a minute is one e-mail, with all of them', async () => {
    const { say, passes } = await mailing()
    for (let n = 1; n <= 10; n++) {
      await say(`Réponse ${n}.`)
      await passes(6_000, 6_000)
    }
    await passes(HOUR)
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.to).toEqual(['personne2@exemple.quebec'])
    for (let n = 1; n <= 10; n++) expect(server.received[0]?.body).toContain(`Réponse ${n}.`)
    expect(server.received[0]?.header('subject')).toBe('Pupitre\u00a0: 10 avis vous attendent')
  })

  test('takes what waits a little longer along with a mention', async () => {
    const { say, passes } = await mailing()
    await say('D’abord une réponse.')
    await say('Puis toi.', 'mention')
    await passes(MINUTE / 2)
    expect(server.received).toHaveLength(1)
    await passes(HOUR)
    expect(server.received).toHaveLength(1)
  })

  test('that goes on for an hour is an e-mail every ten minutes, not one every two', async () => {
    const { say, passes, rowsOf, paul } = await mailing()
    for (let n = 1; n <= 60; n++) {
      await say(`Réponse ${n}.`)
      await passes(MINUTE)
    }
    await passes(HOUR)
    expect(server.received.length).toBeLessThanOrEqual(7)
    const told = server.received.map(({ body }) => body).join('\n')
    for (let n = 1; n <= 60; n++) expect(told).toContain(`Réponse ${n}.`)
    expect((await rowsOf(paul.volunteerId)).every(({ mailedAt }) => mailedAt)).toBe(true)
  })

  test('does not keep somebody waiting who is named in it', async () => {
    const { say, passes } = await mailing()
    await say('Un.')
    await passes(3 * MINUTE)
    await say('Toi.', 'mention')
    await passes(MINUTE)
    expect(server.received).toHaveLength(2)
  })
})

describe('an e-mail', () => {
  test('is not sent of what was read meanwhile, nor of a comment that was deleted', async () => {
    const { say, passes, desk, paul, threadId, rowsOf } = await mailing()
    await say('Lue.')
    await desk.inbox.markRead(paul, { thread: threadId })
    const commentId = await say('Supprimée.')
    await desk.orm
      .update(threadComments)
      .set({ body: '', deletedAt: sql`now()` })
      .where(eq(threadComments.id, commentId))
    await passes(HOUR)
    expect(server.received).toEqual([])
    expect((await rowsOf(paul.volunteerId)).every(({ mailDueAt }) => mailDueAt === null)).toBe(true)
  })

  test('goes to nobody who was suspended meanwhile', async () => {
    const { say, passes, desk, paul } = await mailing()
    await say('Un.')
    await desk.suspend(paul.volunteerId)
    await passes(HOUR)
    expect(server.received).toEqual([])
  })

  test('of the day comes once, at its hour, whatever happened in between', async () => {
    const { say, passes, clock } = await mailing({
      ...AT_ONCE,
      pace: { ...AT_ONCE.pace, replies: 'digest' },
      digestAt: 8 * 60,
    })
    await say('Le midi.')
    await passes(5 * HOUR, HOUR)
    await say('Le soir.')
    await passes(14 * HOUR, HOUR)
    expect(server.received).toEqual([])
    clock.to('2026-11-25T13:00:10Z')
    await passes(HOUR)
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.body).toMatch(/Le midi\.[\s\S]*Le soir\./)
  })

  test('waits for the end of quiet hours, also where the mail server came back within them', async () => {
    const { say, passes, clock, desk, mailer } = await mailing({
      ...AT_ONCE,
      quiet: { from: 22 * 60, to: 7 * 60 },
    })
    let down = true
    const told = toldMail(() => (down ? 'unreachable' : null))
    const late = desk.mailer(told.mail)
    clock.to('2026-11-25T02:55:00Z')
    await say('Cinq minutes avant le silence.')
    clock.to('2026-11-25T02:58:00Z')
    await late.tend()
    down = false
    clock.to('2026-11-25T06:00:00Z')
    await late.tend()
    expect(told.sent).toEqual([])
    clock.to('2026-11-25T11:59:59Z')
    await mailer.tend()
    expect(server.received).toEqual([])
    clock.to('2026-11-25T12:00:00Z')
    await passes(MINUTE)
    expect(server.received).toHaveLength(1)
  })

  test('is sent once, however many processes look for it at the same moment', async () => {
    const { desk, say, marie, draftId, threadId, clock } = await mailing()
    const readers = await Promise.all(Array.from({ length: 6 }, () => desk.people.join('contributor')))
    for (const reader of readers) await desk.inbox.chooseMail(reader, AT_ONCE)
    for (let n = 0; n < 3; n++) await say(`Réponse ${n}.`, 'reply', readers)
    await desk.notify({
      kind: 'approved',
      to: readers.map(({ volunteerId }) => volunteerId),
      by: marie.volunteerId,
      draftId,
      threadId,
    })
    const mailers = Array.from({ length: 4 }, () => desk.mailer(mailThrough(server.url)))
    for (let minute = 0; minute < 12; minute++) {
      clock.forward(MINUTE)
      await Promise.all(mailers.map((mailer) => mailer.tend()))
    }
    expect(server.received.map(({ to }) => to[0]).sort()).toEqual(readers.map(({ email }) => email).sort())
    expect(desk.failures).toEqual([])
  })
})

describe('a mail server that is down', () => {
  test('loses nothing: everything arrives when it is back, once', async () => {
    const { say, passes, desk, paul } = await mailing()
    const { port } = server
    await server.close()
    await say('Pendant la panne.')
    await passes(3 * HOUR, 5 * MINUTE)
    expect((await desk.inbox.mailing(paul)).standing).toBe('late')
    server = await openMailServer(port)
    await say('Après la panne.')
    await passes(3 * HOUR, 5 * MINUTE)
    const told = server.received.map(({ body }) => body).join('\n')
    expect(told.match(/Pendant la panne/g)).toHaveLength(2) // Text and HTML of one e-mail.
    expect(told.match(/Après la panne/g)).toHaveLength(2)
    expect((await desk.inbox.mailing(paul)).standing).toBe('ready')
    expect(desk.failures).toEqual([])
  })

  test('is tried ever more rarely, once a round for everybody, and given up after a day', async () => {
    const { desk, say, paul, clock } = await mailing()
    const others = await Promise.all(Array.from({ length: 5 }, () => desk.people.join('contributor')))
    for (const other of others) await desk.inbox.chooseMail(other, AT_ONCE)
    let tries = 0
    const told = toldMail(() => {
      tries += 1
      return 'unreachable'
    })
    const mailer = desk.mailer(told.mail)
    await say('Un.', 'reply', [paul, ...others])
    const after: number[] = []
    for (let minute = 0; minute < 36 * 60; minute++) {
      clock.forward(MINUTE)
      const before = tries
      await mailer.tend()
      if (tries > before) after.push(minute)
    }
    expect(tries).toBe(after.length)
    expect(tries).toBeGreaterThan(20)
    expect(tries).toBeLessThan(60)
    const pauses = after.slice(1).map((minute, at) => minute - (after[at] ?? 0))
    expect(pauses[0]).toBe(1)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(61)
    expect(after.at(-1)).toBeGreaterThan(23 * 60)
    expect(after.at(-1)).toBeLessThan(26 * 60)
    expect((await desk.inbox.mailing(paul)).standing).toBe('lost')
    expect(await desk.inbox.unread(paul)).toBe(1)
  }, 60_000)

  test('that hangs holds up nobody but e-mails: notices are kept and read meanwhile', async () => {
    const { desk, say, paul, clock, threadId } = await mailing()
    const held = holdTaking(server)
    await say('Un.')
    clock.forward(3 * MINUTE)
    const tending = desk.mailer(mailThrough(server.url)).tend()
    await held.reached
    await say('Deux.')
    expect(await desk.inbox.unread(paul)).toBe(2)
    expect(await desk.inbox.markRead(paul, { thread: threadId })).toBe(0)
    held.letGo()
    await tending
    expect(server.received).toHaveLength(1)
  })
})

describe('an address', () => {
  test('that the mail server refuses for good gets no more e-mails, and its owner is told where to see it', async () => {
    const { desk, say, passes, paul, marie } = await mailing()
    server.state.refuse = (address) =>
      address === paul.email ? { code: 550, text: '5.1.1 no such user' } : null
    await desk.inbox.chooseMail(marie, AT_ONCE)
    await say('Un.')
    await desk.notify({ kind: 'approved', to: [marie.volunteerId], by: paul.volunteerId })
    await passes(HOUR)
    expect(server.received.map(({ to }) => to)).toEqual([[marie.email]])
    expect((await desk.inbox.mailing(paul)).standing).toBe('refused')
    await say('Deux.')
    server.state.refuse = null
    await passes(HOUR)
    expect(server.received).toHaveLength(1)
    await desk.inbox.mailAgain(paul)
    await say('Trois.')
    await passes(HOUR)
    expect(server.received).toHaveLength(2)
  })

  test.each([
    [450, '4.2.0 come back later'],
    [550, '5.7.1 relaying denied'],
    [451, 'greylisted'],
  ])('that is answered %i %s is tried again, and holds up nobody else', async (code, text) => {
    const { desk, say, passes, paul } = await mailing()
    const other = await desk.people.join('contributor')
    await desk.inbox.chooseMail(other, AT_ONCE)
    server.state.refuse = (address) => (address === paul.email ? { code, text } : null)
    await say('Un.', 'reply', [paul, other])
    await passes(5 * MINUTE)
    expect(server.received.map(({ to }) => to)).toEqual([[other.email]])
    expect((await desk.inbox.mailing(paul)).standing).toBe('late')
    server.state.refuse = null
    await passes(HOUR)
    expect(server.received.map(({ to }) => to)).toEqual([[other.email], [paul.email]])
  })
})

test('a process killed between sending and noting it down mails again later, with the same Message-ID', async () => {
  const { desk, say, clock, passes, orm, paul } = await mailing()
  await say('Un.')
  clock.forward(3 * MINUTE)
  await desk.mailer(mailThrough(server.url)).tend()
  // As the row would be, had the process died once the server had the message.
  const leased = new Date(clock.now().getTime() + 5 * MINUTE)
  await orm
    .update(notifications)
    .set({ mailedAt: null, mailDueAt: leased })
    .where(eq(notifications.volunteerId, paul.volunteerId))
  await passes(4 * MINUTE)
  expect(server.received).toHaveLength(1)
  await passes(HOUR)
  const ids = server.received.map((received) => received.header('message-id'))
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a mailer that is closed in the middle of an e-mail waits until it is noted down', async () => {
  const { desk, say, clock, rowsOf, paul } = await mailing()
  const held = holdTaking(server)
  await say('Un.')
  clock.forward(3 * MINUTE)
  const mailer = desk.mailer(mailThrough(server.url))
  void mailer.tend()
  await held.reached
  const closing = mailer.close()
  held.letGo()
  await closing
  expect((await rowsOf(paul.volunteerId))[0]?.mailedAt).not.toBeNull()
})
