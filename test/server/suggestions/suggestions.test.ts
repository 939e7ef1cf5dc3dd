import { expect, test } from 'vitest'
import { createSuggestions } from '#server/suggestions/use-cases.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import { actorNamed, addDocument, addPeople } from '#test/server/sync/harness.ts'
import { freshDatabase } from '#test/support/database.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')

test('a page learns who made which suggestion of a draft and when, and news tells of those it is about', async () => {
  const database = await freshDatabase()
  await addPeople(database, [ada, bo])
  const [draft, other] = [await addDocument(database), await addDocument(database)]
  const log = createPostgresUpdateLog(database.pool, database.pool)
  const entry = { data: Uint8Array.of(0, 0), clients: [] }
  await log.append([
    { ...entry, document: draft.name, author: ada.volunteerId, suggestions: ['b', 'a'] },
    { ...entry, document: other.name, author: ada.volunteerId, suggestions: ['elsewhere'] },
    { ...entry, document: draft.name, author: bo.volunteerId, suggestions: ['c'] },
  ])
  const { authors, newsOf } = createSuggestions({ database })
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(await authors({ ...bo, role: 'reader' }, draft.id)).toEqual({
    ok: true,
    value: [
      { id: 'a', by: ada.volunteerId, at },
      { id: 'b', by: ada.volunteerId, at },
      { id: 'c', by: bo.volunteerId, at },
    ],
  })
  const news = await newsOf({ type: 'suggestions.added', draftId: draft.id, ids: ['c', 'elsewhere'] })
  const event = { type: 'suggestions', draftId: draft.id, authors: [{ id: 'c', by: bo.volunteerId, at }] }
  expect(news).toEqual([{ event, to: null }])
  expect(await newsOf({ type: 'suggestions.added', draftId: draft.id, ids: ['gone'] })).toEqual([])
})
