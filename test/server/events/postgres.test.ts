import { randomUUID } from 'node:crypto'
import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { asSuperuser, freshDatabase } from '#test/support/database.ts'

const log = createLog({ logLevel: 'silent' })
const draft = (): ServerEvent => ({ type: 'draft.changed', draftId: randomUUID() as DraftId })

/** A notification is at most 8,000 bytes long. */
const tooLongToSend = (): ServerEvent => ({
  type: 'suggestions.added',
  draftId: randomUUID() as DraftId,
  ids: Array.from({ length: 500 }, () => 'twenty characters...'),
})

async function twoNodes() {
  const database = await freshDatabase()
  const [here, there] = [await createEvents({ database, log }), await createEvents({ database, log })]
  onTestFinished(async () => {
    await Promise.all([here.close(), there.close()])
  })
  const heard: { here: ServerEvent[]; there: ServerEvent[] } = { here: [], there: [] }
  here.subscribe((event) => heard.here.push(event))
  there.subscribe((event) => heard.there.push(event))
  return { database, here, there, heard }
}

test('what one process publishes, every process hears, itself included, in order', async () => {
  const { here, heard } = await twoNodes()
  const news = Array.from({ length: 50 }, draft)
  for (const event of news) await here.publish(event)
  await expect.poll(() => heard).toEqual({ here: news, there: news })
})

test('what is published in one turn arrives in its order, and what PostgreSQL refuses of it keeps nobody else’s', async () => {
  const { here, heard } = await twoNodes()
  const [before, after] = [Array.from({ length: 20 }, draft), Array.from({ length: 20 }, draft)]
  const tooLong = tooLongToSend()
  const outcomes = await Promise.allSettled(
    [...before, tooLong, ...after].map((event) => here.publish(event)),
  )
  expect(outcomes.flatMap(({ status }, place) => (status === 'rejected' ? [place] : []))).toEqual([20])
  const many = Array.from({ length: 50 }, draft)
  await Promise.all(many.map((event) => here.publish(event)))
  await expect.poll(() => heard.there).toEqual([...before, ...after, ...many])
})

test('what is published turn after turn arrives in its order, also after a turn of which something was refused', async () => {
  const { here, heard } = await twoNodes()
  const turns = Array.from({ length: 40 }, () => [draft(), draft(), draft()])
  const tooLong = tooLongToSend()
  const sending: Promise<unknown>[] = []
  for (const [place, news] of turns.entries()) {
    sending.push(...news.map((event) => here.publish(event)))
    if (place % 10 === 0) sending.push(expect(here.publish(tooLong)).rejects.toThrow())
    await endOfTurn()
  }
  await Promise.all(sending)
  await expect.poll(() => heard.there).toEqual(turns.flat())
})

test('every kind of event arrives as it was sent', async () => {
  const { here, heard } = await twoNodes()
  const id = randomUUID()
  const news = [
    { type: 'draft.changed', draftId: id },
    { type: 'draft.access', draftId: id },
    { type: 'volunteer.access', volunteerId: id },
    { type: 'session.ended', sessionId: id },
    { type: 'team.changed' },
  ] as ServerEvent[]
  for (const event of news) await here.publish(event)
  await expect.poll(() => heard.there).toEqual(news)
})

test('a notification of strangers is dropped, and the next event is still heard', async () => {
  const { database, here, heard } = await twoNodes()
  for (const payload of ['', '{', '{"type":"unknown"}', '{"type":"draft.changed","draftId":"../../etc"}']) {
    await database.pool.query("select pg_notify('pupitre', $1)", [payload])
  }
  const event = draft()
  await here.publish(event)
  await expect.poll(() => heard.there).toEqual([event])
})

test('after its connection was cut, a process announces the gap and hears again', async () => {
  const { database, here, heard } = await twoNodes()
  const gaps = vi.fn()
  here.onGap(gaps)
  await asSuperuser((admin) =>
    admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen pupitre' and datname = $1",
      [new URL(database.url).pathname.slice(1)],
    ),
  )
  await expect.poll(() => gaps).toHaveBeenCalledTimes(1)
  const event = draft()
  await here.publish(event)
  await expect.poll(() => heard.here).toEqual([event])
})

test('a listener that throws keeps the news from nobody else', async () => {
  const { here, heard } = await twoNodes()
  here.subscribe(() => {
    throw new Error('a fault of one listener')
  })
  const after: ServerEvent[] = []
  here.subscribe((event) => after.push(event))
  await here.publish({ type: 'volunteer.access', volunteerId: randomUUID() as VolunteerId })
  await expect.poll(() => after).toHaveLength(1)
  expect(heard.here).toHaveLength(1)
})

test('whoever unsubscribed hears nothing more', async () => {
  const { here, heard } = await twoNodes()
  const seen: ServerEvent[] = []
  const stop = here.subscribe((event) => seen.push(event))
  stop()
  await here.publish(draft())
  await expect.poll(() => heard.here).toHaveLength(1)
  expect(seen).toEqual([])
})

test('publishing fails loudly when PostgreSQL cannot take the news', async () => {
  const database = await freshDatabase()
  const events = await createEvents({ database, log })
  await events.close()
  await database.close()
  await expect(events.publish(draft())).rejects.toThrow()
})

test('closing while the connection is broken ends the attempts to mend it', async () => {
  const database = await freshDatabase()
  const events = await createEvents({ database, log })
  const name = new URL(database.url).pathname.slice(1)
  await asSuperuser((admin) => admin.query(`alter database ${name} allow_connections false`))
  await asSuperuser((admin) =>
    admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]),
  )
  await delay(100)
  const begun = Date.now()
  await events.close()
  expect(Date.now() - begun).toBeLessThan(1000)
})
