import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { actorNamed, addDocument, addPeople, until } from './harness.ts'
import { openNode, textInRows } from './nodes-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const cy = actorNamed('Cy')
let database: Database
let valkey: RunningValkey

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo, cy])
  valkey = await startValkey()
})
afterAll(() => valkey.stop())

const node = (limits = {}) => openNode({ database, valkey, limits })

/** Rows are asked about so rarely that only the bus can have brought something. */
const NEVER = { headsEvery: 600_000, headsEveryAstray: 600_000 }

test('R13: what is typed on one node is on the other, and neither reads rows for it', async () => {
  const [a, b] = [await node(NEVER), await node(NEVER)]
  const { name } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  for (let count = 0; count < 20; count += 1) {
    typeParagraph(left.doc, `gauche${count} `)
    typeParagraph(right.doc, `droite${count} `)
  }
  await until(
    'both say the same',
    () => textOf(left.doc) === textOf(right.doc) && /droite19/.test(textOf(left.doc)),
  )
  expect(textOf(left.doc)).toContain('gauche19')
  expect(await textInRows(database, name)).toBe(textOf(left.doc))
})

test('R13: a message that is lost is found out about, also where nothing follows on it', async () => {
  const [a, b] = [await node(), await node()]
  const { name, id } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  typeParagraph(left.doc, 'entendu ')
  await until('the line works', () => textOf(right.doc).includes('entendu'))
  b.line.loseNext(id)
  typeParagraph(left.doc, 'perdu ')
  await until('it is there all the same', () => textOf(right.doc).includes('perdu'))
})

test('R13: of a message in the middle only what is missing is read, and what follows is kept', async () => {
  const [a, b] = [await node(NEVER), await node(NEVER)]
  const { name, id } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  typeParagraph(left.doc, 'entendu ')
  await until('the line works', () => textOf(right.doc).includes('entendu'))
  const isLost = b.line.loseNext(id)
  typeParagraph(left.doc, 'perdu ')
  // What follows would else be lost with it, in one piece.
  await until('it is lost', isLost)
  typeParagraph(left.doc, 'suite ')
  await until('all is there', () => /perdu.*suite/.test(textOf(right.doc)))
})

test('R13: a room that opens while others type on another node misses nothing', async () => {
  const [a, b] = [await node(NEVER), await node(NEVER)]
  const { name } = await addDocument(database)
  const left = await a.page(name, ada)
  let typed = 0
  const typing = setInterval(() => {
    typed += 1
    typeParagraph(left.doc, `mot${typed} `)
  }, 4)
  try {
    for (let visit = 0; visit < 6; visit += 1) {
      const right = await b.page(name, bo)
      const seen = typed
      await until('it keeps up', () => textOf(right.doc).includes(`mot${seen + 5} `))
      right.provider.destroy()
      await until('the room is left', () => b.sync.stats().rooms === 0)
    }
  } finally {
    clearInterval(typing)
  }
  const last = await b.page(name, bo)
  await until('all is there', () => textOf(last.doc) === textOf(left.doc))
})

test('R5, R13: a node that was behind while another one compacted the log reads the snapshot', async () => {
  const [a, b] = [await node({ compactOpen: 30 }), await node(NEVER)]
  const { name } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  b.line.cut()
  for (let count = 0; count < 50; count += 1) {
    typeParagraph(left.doc, `loin${count} `)
    await until('it is committed', () => a.sync.stats().waiting === 0)
  }
  const rows = async () => {
    const found = await database.pool.query('select 1 from document_updates where document = $1', [name])
    return found.rowCount ?? 0
  }
  await until('the log was compacted', async () => (await rows()) < 40)
  expect(textOf(right.doc)).not.toContain('loin')
  b.line.heal()
  await until('it has caught up', () => textOf(right.doc) === textOf(left.doc))
})

test('R13: rows are derived by the process whose socket wrote, and by another one once it has died', async () => {
  // However late A is, only C gives it up.
  const patient = { lagPatience: 600_000 }
  const a = await node({ ...patient, projectAfter: 300, projectAtLatest: 600_000 })
  const [b, c] = [await node(patient), await node()]
  const { name } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  typeParagraph(left.doc, 'un ')
  await until('A has derived it', () => a.projections.some(({ facts }) => facts.wordCount === 2))
  await until('B has it too', () => textOf(right.doc).includes('un'))
  expect(b.projections.filter(({ facts }) => facts.wordCount > 1)).toEqual([])
  const projected = async () => {
    const { rows } = await database.pool.query<{ lag: string }>(
      'select head_seq - projected_seq as lag from documents where name = $1',
      [name],
    )
    return Number(rows[0]?.lag) === 0
  }
  // Committed by nobody that derives: as by a process that was killed before it could.
  await database.pool.query('update documents set projected_seq = 1 where name = $1', [name])
  await c.page(name, cy)
  await until('C derives it', projected)
  expect(c.projections.map(({ facts }) => facts.wordCount)).toEqual([2])
})

test('R8, R13: a caret on one node is seen on the other, moves, and goes with its socket', async () => {
  const [a, b] = [await node(), await node()]
  const { name } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  const stateOf = () => right.provider.awareness.getStates().get(left.doc.clientID)
  left.provider.awareness.setLocalState({ cursor: 1, user: { name: 'Somebody else' } })
  await until('it is seen', () => stateOf()?.cursor === 1)
  expect(stateOf()?.user).toEqual({ id: ada.volunteerId, name: 'Ada', color: ada.color })
  left.provider.awareness.setLocalStateField('cursor', 2)
  await until('it moves', () => stateOf()?.cursor === 2)
  const late = await b.page(name, cy)
  await until('who comes later sees it', () => late.provider.awareness.getStates().has(left.doc.clientID))
  left.provider.destroy()
  await until('it has gone', () => stateOf() === undefined)
})

test('R13: whoever opens a document sees the carets that were in it on another node', async () => {
  const [a, b] = [await node(), await node()]
  const { name } = await addDocument(database)
  const left = await a.page(name, ada)
  left.provider.awareness.setLocalState({ cursor: 7 })
  const right = await b.page(name, bo)
  await until('it is seen', () => right.provider.awareness.getStates().get(left.doc.clientID)?.cursor === 7)
})

test('R13: somebody who moves to another node is seen again by all, with every caret there', async () => {
  const [a, b] = [await node(), await node()]
  const { name } = await addDocument(database)
  const [mover, stayer] = [await a.page(name, ada), await b.page(name, bo)]
  mover.provider.awareness.setLocalState({ cursor: 1 })
  stayer.provider.awareness.setLocalState({ cursor: 9 })
  const seen = () => stayer.provider.awareness.getStates().get(mover.doc.clientID)?.cursor
  const sees = () => mover.provider.awareness.getStates().get(stayer.doc.clientID)?.cursor
  await until('they see each other', () => seen() === 1 && sees() === 9)
  for (const home of [b, a, b]) {
    mover.provider.disconnect()
    await until('it has gone', () => seen() === undefined)
    Object.assign(mover.provider, { serverUrl: home.url })
    home.admit(ada)
    mover.provider.connect()
    await until('they see each other again', () => seen() === 1 && sees() === 9)
  }
})

test('R13: who is in a draft is counted over all nodes, each person once', async () => {
  const [a, b] = [await node(), await node()]
  const { name, id } = await addDocument(database)
  const listener = await rawSocket(`${a.url}/newsroom`, a.admit(cy))
  await a.page(name, ada)
  await b.page(name, ada)
  await b.page(name, bo)
  const there = () => (a.sync.presences()[id] ?? []).map(({ name: known }) => known).sort()
  await until('both are there', () => there().join() === 'Ada,Bo')
  expect(b.sync.presences()[id]).toHaveLength(2)
  const told = () => listener.json().findLast((news) => (news as { draftId?: string }).draftId === id)
  await until('pages are told', () => (told() as { people: unknown[] } | undefined)?.people.length === 2)
  await b.die()
  await until('the node is given up', () => there().join() === 'Ada')
  await until('pages are told', () => (told() as { people: unknown[] } | undefined)?.people.length === 1)
  listener.close()
})

test('R13: carets of a node that died disappear', async () => {
  const [a, b] = [await node(), await node()]
  const { name } = await addDocument(database)
  const [left, right] = [await a.page(name, ada), await b.page(name, bo)]
  right.provider.awareness.setLocalState({ cursor: 1 })
  const seen = () => left.provider.awareness.getStates().has(right.doc.clientID)
  await until('it is seen', seen)
  await b.die()
  await until('it has gone', () => !seen())
})
