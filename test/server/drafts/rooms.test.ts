import { expect, it } from 'vitest'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import type { EditDocument } from '#server/drafts/types.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { askOwners } from '#server/sync/room/owners.ts'
import { createSync } from '#server/sync/sync.ts'
import { freshDatabase } from '#test/support/database.ts'
import { addActor, everything, granted } from './desk.ts'

const log = createLog({ logLevel: 'silent' })

/** Drafts and rooms as the server puts them together. */
async function makeHouse() {
  const database = await freshDatabase()
  const events = await createEvents({ database, log })
  const port = draftRoomPort({ database, events })
  const owners = askOwners({ draft: port, calendar: calendarRoomPort({ database, events }) })
  const sync = await createSync({
    database,
    log,
    events,
    authenticate: async () => null,
    origins: [],
    ...owners,
    summaryOf: port.summaryOf,
  })
  const edit: EditDocument = sync.edit
  const close = async () => {
    await sync.close()
    await events.close()
  }
  return { drafts: createDrafts({ database, events, edit }), sync, close, maude: await addActor(database) }
}

it('a renamed draft has its new name in the document at once, and soon in the list', async () => {
  const { drafts, close, maude } = await makeHouse()
  const id = granted(await drafts.create(maude, { title: 'Avant' }))
  granted(await drafts.rename(maude, id, 'Après «\u00a0coup\u00a0»'))
  expect(granted(await drafts.export(maude, id, 'md')).text).toBe('# Après «\u00a0coup\u00a0»\n')
  const titles = async () => (await drafts.list(maude, everything)).drafts.map(({ title }) => title)
  await expect.poll(titles, { timeout: 10_000 }).toEqual(['Après «\u00a0coup\u00a0»'])
  await close()
})

it('a draft cannot be renamed once its server is stopping', async () => {
  const { drafts, close, maude } = await makeHouse()
  const id = granted(await drafts.create(maude, { title: 'Avant' }))
  await close()
  expect(await drafts.rename(maude, id, 'Après')).toEqual({ ok: false, error: 'unavailable' })
})
