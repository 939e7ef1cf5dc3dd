import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Database } from '#server/db/database.ts'
import {
  decodeDocumentMessage,
  decodeNodeMessage,
  encodeDocumentMessage,
  encodeNodeMessage,
} from '#server/sync/nodes/valkey/message.ts'
import { Nodes } from '#server/sync/nodes/valkey/nodes.ts'
import { namespaceOf, Seal } from '#server/sync/nodes/valkey/seal.ts'
import { freshDatabase } from '#test/support/database.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { actorNamed, addDocument, addPeople, until } from './harness.ts'
import { openNode, SECRET } from './nodes-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database
let valkey: RunningValkey

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
  valkey = await startValkey()
})
afterAll(() => valkey.stop())

const plain = Buffer.from('bonjour')

test('R13: a message opens with the same secret on its own channel only, and not where one bit is another', () => {
  const [seal, peer, stranger] = [new Seal(SECRET), new Seal(SECRET), new Seal(`${SECRET}.`)]
  const sealed = seal.close('a', plain)
  expect(peer.open('a', sealed)).toEqual({ node: seal.node, count: 1n, plain })
  expect(peer.open('b', sealed)).toBe(null)
  expect(stranger.open('a', sealed)).toBe(null)
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const bent = Buffer.from(sealed)
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(peer.open('a', bent)).toBe(null)
  }
  for (let length = 0; length < sealed.length; length += 1)
    expect(peer.open('a', sealed.subarray(0, length))).toBe(null)
  expect(sealed.includes(plain)).toBe(false)
})

test('R13: a message that is played again is stale', () => {
  const nodes = new Nodes()
  expect(nodes.hear('n', 5n, 0)).toBe('new')
  expect(nodes.hear('n', 6n, 0)).toBe('known')
  expect([nodes.hear('n', 6n, 0), nodes.hear('n', 1n, 0)]).toEqual(['stale', 'stale'])
})

test('R13: what is not exactly one message is none', () => {
  const updates = [{ data: Uint8Array.of(1, 2, 3), author: ada.volunteerId }]
  const good = encodeDocumentMessage({ type: 'updates', first: 3, updates })
  expect(decodeDocumentMessage(good)).toEqual({ type: 'updates', first: 3, updates })
  const person = { volunteerId: ada.volunteerId, name: 'Ada', color: '#336699' }
  const people = { type: 'people', document: CALENDAR.name, people: [person] } as const
  expect(decodeNodeMessage(encodeNodeMessage(people))).toEqual(people)
  for (const bytes of [good, encodeNodeMessage(people)]) {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeDocumentMessage(bytes.subarray(0, length))).toBe(null)
      expect(decodeNodeMessage(bytes.subarray(0, length))).toBe(null)
    }
    expect(decodeDocumentMessage(Buffer.concat([bytes, Buffer.of(0)]))).toBe(null)
    expect(decodeNodeMessage(Buffer.concat([bytes, Buffer.of(0)]))).toBe(null)
  }
})

test('R13: whoever can write to Valkey and does not have the secret writes into no document', async () => {
  const node = await openNode({ database, valkey })
  const { name } = await addDocument(database)
  const page = await node.page(name, ada)
  const stranger = new Redis(valkey.url)
  const channels = [
    `pupitre-1:${namespaceOf(SECRET, 'one')}:${name}`,
    `pupitre-1:${namespaceOf(SECRET, 'one')}:nodes`,
  ]
  const forged = new Y.Doc()
  typeParagraph(forged, 'forgé')
  const data = Y.encodeStateAsUpdate(forged)
  const message = encodeDocumentMessage({ type: 'updates', first: 2, updates: [{ data, author: null }] })
  const wrong = new Seal(SECRET.toUpperCase())
  try {
    for (const channel of channels) {
      for (const bytes of [message, wrong.close(channel, message), Buffer.alloc(3), Buffer.alloc(10_000, 7)])
        expect(await stranger.publish(channel, Buffer.from(bytes))).toBe(1)
    }
    typeParagraph(page.doc, 'vrai')
    const other = await node.page(name, bo)
    await until('the node goes on', () => textOf(other.doc).includes('vrai'))
    expect(textOf(other.doc)).not.toContain('forgé')
  } finally {
    stranger.disconnect()
  }
})

test('R13: two newsrooms that share a Valkey and a secret hear nothing of each other', async () => {
  const [one, copy] = [
    await openNode({ database, valkey }),
    await openNode({ database, valkey, newsroom: 'a copy of it' }),
  ]
  const { name, id } = await addDocument(database)
  const page = await one.page(name, ada)
  const elsewhere = await copy.page(name, bo)
  page.provider.awareness.setLocalState({ cursor: 1 })
  const here = await one.page(name, bo)
  await until('its own node shows it', () => here.provider.awareness.getStates().has(page.doc.clientID))
  expect(elsewhere.provider.awareness.getStates().has(page.doc.clientID)).toBe(false)
  expect(copy.sync.presences()[id]).toHaveLength(1)
})
