import { describe, expect, test } from 'vitest'
import { inboxDesk, NOON, talk } from './newsroom.ts'

describe('a notice', () => {
  test('is one row for each person, heard by their pages with the commit', async () => {
    const desk = await inboxDesk()
    const { marie, paul, say } = await talk(desk)
    await say('Regarde', 'reply', [paul, paul, paul])
    const rows = await desk.rowsOf(paul.volunteerId)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ kind: 'reply', byId: marie.volunteerId, readAt: null })
    expect(desk.events.published).toContainEqual({
      type: 'inbox.changed',
      volunteerId: paul.volunteerId,
      notificationId: rows[0]?.id,
    })
  })

  test('never reaches whoever did it, nor somebody suspended, nor an id that nobody has', async () => {
    const desk = await inboxDesk()
    const { marie, paul, say } = await talk(desk)
    await desk.suspend(paul.volunteerId)
    await say('Regarde', 'mention', [marie, paul])
    await desk.notify({ kind: 'approved', to: [], by: marie.volunteerId })
    expect(await desk.inbox.unread(marie)).toBe(0)
    expect(await desk.inbox.unread(paul)).toBe(0)
  })

  test('is gone with the transaction that it is about', async () => {
    const desk = await inboxDesk()
    const { marie, paul, draftId } = await talk(desk)
    const work = desk.orm.transaction(async (tx) => {
      await desk.within(tx, { kind: 'approved', to: [paul.volunteerId], by: marie.volunteerId, draftId })
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await desk.inbox.unread(paul)).toBe(0)
  })

  test('of one comment comes once: as the mention, whatever follows it', async () => {
    const desk = await inboxDesk()
    const { marie, paul, threadId, draftId, say } = await talk(desk)
    const commentId = await say('Toi', 'mention')
    const about = { to: [paul.volunteerId], by: marie.volunteerId, threadId, draftId, commentId }
    await desk.notify({ kind: 'reply', ...about })
    await desk.notify({ kind: 'mention', ...about })
    expect((await desk.rowsOf(paul.volunteerId)).map(({ kind }) => kind)).toEqual(['mention'])
  })

  test('of a comment in which somebody is named later reaches them after all', async () => {
    const desk = await inboxDesk()
    const { marie, paul, threadId, draftId, say } = await talk(desk)
    const commentId = await say('Bonjour', 'reply')
    await desk.notify({
      kind: 'mention',
      to: [paul.volunteerId],
      by: marie.volunteerId,
      threadId,
      draftId,
      commentId,
    })
    expect((await desk.rowsOf(paul.volunteerId)).map(({ kind }) => kind).sort()).toEqual(['mention', 'reply'])
  })

  test('is mailed when its reader chose: a mention in half a minute, a reply with the next digest', async () => {
    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await say('Un', 'mention')
    await say('Deux', 'reply')
    const due = (await desk.rowsOf(paul.volunteerId)).map(({ kind, mailDueAt }) => [kind, mailDueAt])
    expect(new Map(due as [string, Date][])).toEqual(
      new Map([
        ['mention', new Date(NOON.getTime() + 30_000)],
        ['reply', new Date('2026-11-25T13:00:00Z')],
      ]),
    )
  })

  test('waits for no e-mail where no mail server is set, or where the address was refused', async () => {
    const without = await inboxDesk({ mailing: false })
    const one = await talk(without)
    await one.say('Un', 'mention')
    expect((await without.rowsOf(one.paul.volunteerId))[0]?.mailDueAt).toBeNull()

    const desk = await inboxDesk()
    const { paul, say } = await talk(desk)
    await desk.notifyColumn(paul.volunteerId, { refused: paul.email })
    await say('Un', 'mention')
    expect((await desk.rowsOf(paul.volunteerId))[0]?.mailDueAt).toBeNull()
    await desk.notifyColumn(paul.volunteerId, { refused: 'ancienne@exemple.quebec' })
    await say('Deux', 'mention')
    expect((await desk.rowsOf(paul.volunteerId))[1]?.mailDueAt).not.toBeNull()
  })
})
