import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CALENDAR } from '#lib/documents/registry.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { DocumentMemory } from '#server/sync/room/document-memory.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { randomFrom } from '../../fuzz/random.ts'
import { openCalendar, personWho, slotOn } from './guard-harness.ts'
import { actorNamed, until } from './harness.ts'
import { heldLog, openRooms, settle, stepOne, stepTwo, turns } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')

const memoryOf = (doc: Y.Doc, mayRest = () => true) =>
  new DocumentMemory({ content: { type: 'objects', doc }, restAfter: 1, mayRest })

const copyOf = (...updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** A text that several people wrote and took out of, and copies of it from on the way. */
function writtenOver(seed: number): { doc: Y.Doc; earlier: Y.Doc[] } {
  const random = randomFrom(seed)
  const doc = new Y.Doc()
  const earlier: Y.Doc[] = []
  for (let step = 0; step < 60; step += 1) {
    const writer = copyOf(Y.encodeStateAsUpdate(doc))
    const text = writer.getText('t')
    if (text.length > 5 && random.chance(0.4)) text.delete(random.below(text.length - 3), 3)
    else text.insert(random.below(text.length + 1), 'mot ')
    if (random.chance(0.2)) earlier.push(copyOf(Y.encodeStateAsUpdate(writer)))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(writer))
  }
  return { doc, earlier }
}

test('R1: at rest a document answers every state vector with what its objects would have answered', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { doc, earlier } = writtenOver(seed)
    const says = doc.getText('t').toString()
    const memory = memoryOf(doc)
    const awake = memory.vector()
    await until('it rests', () => memory.resting)
    expect(Y.decodeStateVector(memory.vector())).toEqual(Y.decodeStateVector(awake))
    for (const copy of [new Y.Doc(), ...earlier]) {
      // What the copy alone has, nobody else needs for reading what it lacks.
      copy.getText('t').insert(0, '·')
      const answer = memory.since(Y.encodeStateVector(copy))
      copy.getText('t').delete(0, 1)
      Y.applyUpdate(copy, answer)
      expect(copy.store.pendingStructs).toBeNull()
      expect(copy.getText('t').toString()).toBe(says)
    }
    expect(memory.resting).toBe(true)
    expect(memory.doc.getText('t').toString()).toBe(says)
    expect(memory.resting).toBe(false)
    memory.end()
  }
})

test('what is written after a rest is in the next answer', async () => {
  const memory = memoryOf(new Y.Doc())
  await until('it rests', () => memory.resting)
  typeParagraph(memory.doc, 'Après')
  memory.changed()
  expect(textOf(copyOf(memory.whole()))).toContain('Après')
  await until('it rests again', () => memory.resting)
  expect(textOf(copyOf(memory.whole()))).toContain('Après')
  memory.end()
})

test('a document in which something waits for what it builds on does not rest', async () => {
  const source = new Y.Doc()
  const updates: Uint8Array[] = []
  source.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of ['un', 'deux', 'trois']) typeParagraph(source, word)
  const memory = memoryOf(copyOf(...updates.slice(2)))
  const other = memoryOf(new Y.Doc())
  await until('another one rests', () => other.resting)
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(memory.resting).toBe(false)
  for (const update of updates) Y.applyUpdate(memory.doc, update)
  memory.changed()
  await until('it rests', () => memory.resting)
  expect(textOf(memory.doc)).toContain('trois')
  memory.end()
  other.end()
})

test('R3: a room at rest keeps its people, takes what they write, and commits it', async () => {
  const house = openRooms({ limits: { restAfter: 1, projectAfter: 1 } })
  const address = house.create('Bonjour')
  const client = await house.join(address, ada)
  await settle(client)
  const room = await house.roomOf(address)
  await until('the room rests', () => room.live.resting)
  const late = await house.join(address, bo)
  await settle(client, late)
  expect(late.text()).toContain('Bonjour')
  expect(room.live.resting, 'joining wakes nothing').toBe(true)
  client.write('d’Ada')
  await settle(client, late)
  expect(late.text()).toContain('d’Ada')
  await until('the room rests again', () => room.live.resting)
  late.write('de Bo')
  await settle(client, late)
  expect(client.doc.getXmlFragment('body').toString()).toBe(late.text())
  const stored = await house.memory.load(address.name)
  expect(textOf(copyOf(...(stored?.updates ?? [])))).toBe(client.text())
  room.release()
})

test('R4: a room does not rest while something of it is on its way to the log', async () => {
  const house = openRooms({ limits: { restAfter: 1, projectAfter: 1 } })
  const address = house.create('Bonjour')
  const client = await house.join(address, ada)
  await settle(client)
  const room = await house.roomOf(address)
  await until('the rows are derived', () => !room.live.projector.stale)
  const log = heldLog(house.memory)
  client.write('en route')
  await settle(client)
  const other = memoryOf(new Y.Doc())
  await until('another one rests', () => other.resting)
  expect(room.live.resting).toBe(false)
  await log.release()
  await until('the room rests', () => room.live.resting)
  room.release()
})

test('R6: at rest, what a reader sends of what is known is no attempt to write, and what is new is one', async () => {
  const house = openRooms({ limits: { restAfter: 1, projectAfter: 1 } })
  const address = house.create('Bonjour')
  const room = await house.roomOf(address)
  await until('the room rests', () => room.live.resting)
  const reader = await house.join(address, ada, 'read')
  await settle(reader)
  reader.send(stepTwo(Y.encodeStateAsUpdate(reader.doc)))
  await settle(reader)
  expect(reader.said('denied')).toEqual([])
  await until('the room rests again', () => room.live.resting)
  reader.write('quand même')
  await settle(reader)
  expect(reader.said('denied')).toHaveLength(1)
  room.release()
})

test('R11: the calendar never rests: its guard remembers what it has seen', async () => {
  const calendar = openCalendar([slotOn('2026-12-01')])
  const client = await calendar.join(personWho('editor'))
  const draft = memoryOf(new Y.Doc())
  await until('another one rests', () => draft.resting)
  await turns()
  expect(calendar.rooms.get(CALENDAR.name)?.live.resting).toBe(false)
  client.drop()
})

test('R1: a snapshot that is damaged lets nobody in, wherever the damage is', async () => {
  const whole = Y.encodeStateAsUpdate(copyOf(Y.encodeStateAsUpdate(writtenOver(7).doc)))
  // Of one writer, whose id is damaged: what they wrote builds on what then nobody has written.
  const alone = new Y.Doc()
  alone.clientID = 2 ** 31 + 5
  for (const word of ['un', 'deux', 'trois']) alone.getText('t').insert(0, word)
  const signed = Y.encodeStateAsUpdate(alone)
  const damages = [
    whole.slice(0, whole.length - 1),
    whole.slice(0, whole.length >> 1),
    Uint8Array.of(...signed.slice(0, 3), 0xff, 0xff, ...signed.slice(5)),
    new Uint8Array(0),
  ]
  for (const [which, data] of damages.entries()) {
    const house = openRooms()
    const address = house.create('Bonjour')
    const stored = house.memory.documents.get(address.name)
    if (stored) Object.assign(stored, { snapshot: { seq: 1, data }, rows: [] })
    const held = await house.rooms.hold(address)
    expect(held, `damage ${which}`).toEqual({ ok: false, error: CLOSE.loadFailed })
  }
})

test('R1: a document that is one snapshot is handed on as it was read', async () => {
  const house = openRooms()
  const address = house.create('Bonjour')
  await house.memory.compact(address.name)
  const snapshot = house.memory.documents.get(address.name)?.snapshot?.data
  const client = await house.join(address, ada)
  client.send(stepOne(Uint8Array.of(0)))
  client.hear()
  await turns()
  const answers = [...client.said('stepTwo'), ...client.hear()].filter(({ type }) => type === 'stepTwo')
  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers)
    expect(answer).toEqual({ type: 'stepTwo', update: new Uint8Array(snapshot ?? []) })
})
