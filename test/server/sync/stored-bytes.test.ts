import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { hasPending } from '#server/sync/room/document-state.ts'
import { storedBytes } from '#server/sync/room/stored-bytes.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { type Random, randomFrom } from '../../fuzz/random.ts'

function copyOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** What three people wrote into each other’s text, as the updates in which it came. */
function writtenByThree(random: Random): Uint8Array[] {
  const updates: Uint8Array[] = []
  const people = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  for (let step = 0; step < 40; step += 1) {
    const writer = people[random.below(people.length)]
    if (!writer) continue
    for (const update of updates) if (random.chance(0.9)) Y.applyUpdate(writer, update)
    const before = Y.encodeStateVector(writer)
    const text = writer.getText('t')
    const body = writer.getXmlFragment('body')
    writer.transact(() => {
      const act = random.below(10)
      if (act < 3 && text.length > 5) text.delete(random.below(text.length - 3), 3)
      else if (act === 3) text.format(0, text.length, { bold: random.chance(0.5) || null })
      else if (act === 4) body.insert(0, [new Y.XmlElement('paragraph')])
      else if (act === 5 && body.length > 0) body.delete(random.below(body.length), 1)
      else text.insert(random.below(text.length + 1), 'été ')
    })
    updates.push(Y.encodeStateAsUpdate(writer, before))
  }
  return updates
}

const saysOf = (doc: Y.Doc) => [
  doc.getText('t').toDelta(),
  doc.getXmlFragment('body').toString(),
  [...doc.store.clients].map(([client]) => [client, Y.getState(doc.store, client)]).sort(),
]

test('R1: what is answered from stored bytes is what the document built from them would say', () => {
  let answered = 0
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = randomFrom(seed)
    const updates = writtenByThree(random)
    const covered = random.below(updates.length + 1)
    const base = copyOf(...updates.slice(0, covered))
    const tail = updates.slice(covered, covered + random.below(8))
    const stored = [Y.encodeStateAsUpdate(base), ...tail]
    const built = copyOf(...stored)
    const bytes = storedBytes(stored)
    expect(bytes === null, `seed ${seed}`).toBe(hasPending(built))
    if (!bytes) continue
    answered += 1
    expect(Y.decodeStateVector(bytes.vector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(built)))
    const copy = copyOf(bytes.state)
    expect(hasPending(copy)).toBe(false)
    expect(saysOf(copy)).toEqual(saysOf(built))
  }
  expect(answered).toBeGreaterThan(20)
})

test('R1: bytes that are damaged anywhere are left to Yjs, or are what Yjs takes whole', () => {
  let spared = 0
  for (let seed = 1; seed <= 8; seed += 1) {
    const random = randomFrom(seed)
    const whole = Y.encodeStateAsUpdate(copyOf(...writtenByThree(random)))
    for (let flip = 0; flip < 400; flip += 1) {
      const damaged = whole.slice()
      for (let count = 1 + random.below(3); count > 0; count -= 1) {
        const at = random.below(damaged.length)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8))
      }
      const bytes = storedBytes([damaged])
      if (!bytes) continue
      spared += 1
      const doc = copyOf(damaged)
      expect(hasPending(doc), `seed ${seed}, flip ${flip}`).toBe(false)
      expect(Y.decodeStateVector(bytes.vector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
      expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(1)
    }
  }
  // A letter that became another one is nothing that Yjs, or anybody, could find out.
  expect(spared).toBeGreaterThan(0)
})

test('R1: what lacks its beginning, has a hole or builds on a circle is not answered from bytes', () => {
  const updates: Uint8Array[] = []
  const source = new Y.Doc()
  source.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of ['un', 'deux', 'trois']) typeParagraph(source, word)
  const [one, two, three] = updates
  if (!one || !two || !three) throw new Error('three paragraphs are three updates')
  expect(storedBytes([two, three])).toBeNull()
  expect(storedBytes([Y.mergeUpdates([one, three])])).toBeNull()
  expect(storedBytes([three, one, two]), 'in another order than it was committed').toBeNull()
  expect(storedBytes([])).toBeNull()
  const bytes = storedBytes([one, two, two, three])
  expect(textOf(copyOf(bytes?.state ?? new Uint8Array()))).toBe(textOf(source))
})
