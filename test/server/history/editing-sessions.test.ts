import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { revisions as rows } from '#drizzle/schema/index.ts'
import { plainTextOf } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, RevisionId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createEditingSessions } from '#server/history/editing-sessions.ts'
import { createHistory } from '#server/history/use-cases.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { bodyOf, granted } from '../drafts/desk.ts'
import { type HistoryHouse, makeHouse, silent } from './house.ts'

let house: HistoryHouse
let maude: Actor
let ali: Actor
const MINUTE = 60_000
const nothing = '' as string as RevisionId
beforeAll(async () => {
  house = await makeHouse({ projectAfter: 5, projectAtLatest: 20 })
  maude = await house.join('Maude')
  ali = await house.join('Ali')
})
afterAll(() => house.close())

function keepSessions(rewriteEvery = 0) {
  const { orm, events, revisions } = house
  return createEditingSessions({ orm, events, freeze: revisions.freeze, log: silent, rewriteEvery })
}

const write = async (id: DraftId, text: string, by = maude) =>
  granted(await house.sync.edit(draftDocument(id), by.volunteerId, (doc) => typeParagraph(doc, text)))

async function found(id: DraftId) {
  const all = await house.orm
    .select()
    .from(rows)
    .where(eq(rows.draftId, id))
    .orderBy(rows.createdAt, rows.seq)
  return all.map(({ kind, body, authors }) => ({ kind, text: plainTextOf(body).trim(), authors }))
}

/** Writes, as it would be heard `ago` milliseconds before now. */
async function spell(
  sessions: ReturnType<typeof keepSessions>,
  id: DraftId,
  text: string,
  ago: number,
  by = maude,
) {
  await write(id, text, by)
  const { hash } = granted(await house.revisions.freeze(id))
  sessions.heard({ address: { id }, facts: { hash }, lastEditedAt: new Date(Date.now() - ago) })
  await expect.poll(async () => (await found(id)).at(-1)?.text).toContain(text)
}

it('those who write without a long pause make one revision together', async () => {
  const sessions = keepSessions()
  const id = await house.begin(maude)
  await spell(sessions, id, 'Un', 50 * MINUTE)
  await spell(sessions, id, 'Deux', 25 * MINUTE, ali)
  await spell(sessions, id, 'Trois', 0)
  const [only, ...others] = await found(id)
  expect(only).toMatchObject({ kind: 'session', text: 'Un\nDeux\nTrois' })
  expect(new Set(only?.authors)).toEqual(new Set([maude.volunteerId, ali.volunteerId]))
  expect(others).toEqual([])
  await sessions.close()
})

it('a pause of more than half an hour begins another revision, of those who wrote in it', async () => {
  const sessions = keepSessions()
  const id = await house.begin(maude)
  await spell(sessions, id, 'Un', 60 * MINUTE)
  await spell(sessions, id, 'Deux', 25 * MINUTE, ali)
  expect(await found(id)).toMatchObject([
    { text: 'Un', authors: [maude.volunteerId] },
    { text: 'Un\nDeux', authors: [ali.volunteerId] },
  ])
  await sessions.close()
})

it('nobody writes one session for more than two hours', async () => {
  const sessions = keepSessions()
  const id = await house.begin(maude)
  for (const ago of [140, 115, 90, 65, 40, 15]) await spell(sessions, id, `Il y a ${ago}`, ago * MINUTE)
  expect(await found(id)).toHaveLength(2)
  await sessions.close()
})

it('what a draft began with stays in its history, whatever is done to it at once', async () => {
  const sessions = keepSessions()
  const id = granted(await house.drafts.create(maude, { title: 'Importé', body: bodyOf('Le texte importé') }))
  const emptied = await house.sync.edit(draftDocument(id), ali.volunteerId, (doc) => {
    doc.getXmlFragment('body').delete(0, doc.getXmlFragment('body').length)
  })
  expect(emptied.ok).toBe(true)
  await spell(sessions, id, 'Autre chose', 0, ali)
  expect(await found(id)).toMatchObject([
    { text: 'Le texte importé', authors: [maude.volunteerId] },
    { text: 'Autre chose', authors: [ali.volunteerId] },
  ])
  await sessions.close()
})

it('a version that somebody keeps ends the session, and stays as it is', async () => {
  const sessions = keepSessions()
  const id = await house.begin(maude)
  await spell(sessions, id, 'Un', 0)
  const frozen = granted(await house.revisions.freeze(id))
  await house.orm.transaction((tx) =>
    house.revisions.keep(tx, { draftId: id, frozen, kind: 'verdict', by: maude.volunteerId }),
  )
  await spell(sessions, id, 'Deux', 0)
  expect(await found(id)).toMatchObject([
    { kind: 'verdict', text: 'Un' },
    { kind: 'session', text: 'Un\nDeux' },
  ])
  await sessions.close()
})

it('a row is not rewritten more often than agreed, and says all of it when the process stops', async () => {
  const sessions = keepSessions(10 * MINUTE)
  const id = await house.begin(maude)
  await spell(sessions, id, 'Un', 0)
  await write(id, 'Deux')
  sessions.heard({ address: { id }, facts: { hash: 'another' }, lastEditedAt: new Date() })
  expect(await found(id)).toMatchObject([{ text: 'Un' }])
  await sessions.close()
  expect(await found(id)).toMatchObject([{ text: 'Un\nDeux' }])
})

it('whoever opens the session under way sees what was just written', async () => {
  const sessions = keepSessions(10 * MINUTE)
  const { orm, events, revisions, sync } = house
  const history = createHistory({ orm, events, hold: sync.hold, revisions, settle: sessions.settle })
  const id = await house.begin(maude)
  await spell(sessions, id, 'Un', 0)
  await write(id, 'Deux')
  const [head] = granted(await history.list(maude, id, 0)).revisions
  const { body } = granted(await history.open(maude, head?.id ?? nothing))
  expect(plainTextOf(body).trim()).toBe('Un\nDeux')
  await sessions.close()
})

it('two processes that hear of the same words make one revision', async () => {
  const [one, other] = [keepSessions(), keepSessions()]
  const id = await house.begin(maude)
  await write(id, 'Un')
  const { hash } = granted(await house.revisions.freeze(id))
  const heard = { address: { id }, facts: { hash }, lastEditedAt: new Date() }
  one.heard(heard)
  other.heard(heard)
  await Promise.all([one.close(), other.close()])
  expect(await found(id)).toHaveLength(1)
})

it('the next start writes down what a process that was killed had not', async () => {
  const id = await house.begin(maude)
  await write(id, 'Perdu ?')
  const projected = async () => {
    const { rows: lines } = await house.database.pool.query('select plain_text from drafts where id = $1', [
      id,
    ])
    return lines[0]?.plain_text
  }
  await expect.poll(projected).toContain('Perdu ?')
  const sessions = keepSessions()
  sessions.start()
  await expect.poll(() => found(id)).toMatchObject([{ kind: 'session', text: 'Perdu ?' }])
  await sessions.close()
})
