import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import type { DocumentAddress } from '#lib/documents/registry.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { MESSAGE } from '#lib/protocol/messages.ts'
import type { Database } from '#server/db/database.ts'
import { DEFAULT_LIMITS } from '#server/sync/limits.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { freshDatabase } from '#test/support/database.ts'
import { stockClient, synced, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import {
  actorNamed,
  addDocument,
  addPeople,
  draftAddress,
  type House,
  ORIGIN,
  openHouse,
  until,
} from './harness.ts'
import { awarenessMessage, barrier, frame, stepOne, updateMessage } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const MAX_FRAME = 64 * 1024
let database: Database
let house: House
let address: DocumentAddress

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
  house = await openHouse({
    database,
    limits: {
      maxFrameBytes: MAX_FRAME,
      framesPerSecond: 200,
      frameBurst: 400,
      bytesPerSecond: 1e6,
      byteBurst: 1e6,
    },
  })
  address = await addDocument(database)
})
afterAll(() => house.close())

const openAs = (actor: typeof ada, name: string = address.name, query = '') =>
  rawSocket(`${house.url}/${name}${query}`, house.admit(actor))

type Raw = Awaited<ReturnType<typeof openAs>>

async function closedWith(socket: Pick<Raw, 'code'>, code: number): Promise<void> {
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(code)
}

/** Its connection, below the level of frames. */
const beneath = ({ ws }: Raw) => (ws as unknown as { _socket: { write(bytes: Buffer): void } })._socket

/** Somebody works in the document while `attack` happens beside them, and notices nothing. */
async function undisturbed(attack: () => Promise<void>): Promise<void> {
  const other = stockClient(house.url, address.name, house.admit(bo))
  await synced(other)
  let closes = 0
  other.provider.on('connection-close', () => {
    closes += 1
  })
  await attack()
  const mark = `tranquille ${Math.random()}`
  typeParagraph(other.doc, mark)
  await until('the other one is saved', async () => {
    const stored = await readDocument(database.orm, address.name)
    return stored !== null && textOf(stored).includes(mark)
  })
  expect(closes).toBe(0)
  other.provider.destroy()
}

function writeLink(href: string): Uint8Array {
  const doc = new Y.Doc()
  typeParagraph(doc, 'cliquez')
  const text = (doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText
  text.format(0, 7, { link: { href } })
  return Y.encodeStateAsUpdate(doc)
}

const goodUpdate = () => {
  const doc = new Y.Doc()
  typeParagraph(doc, 'ne doit pas entrer')
  return Y.encodeStateAsUpdate(doc)
}

test.each<[string, () => Uint8Array | string]>([
  ['an empty frame', () => Uint8Array.of()],
  ['an unknown message type', () => Uint8Array.of(42)],
  ['a message type of the server', () => frame(MESSAGE.durable, 1)],
  ['an auth message', () => frame(MESSAGE.auth, 0)],
  ['an unknown sync step', () => frame(MESSAGE.sync, 3, Uint8Array.of(0))],
  ['a text frame', () => 'bonjour'],
  ['a truncated sync frame', () => updateMessage(goodUpdate()).slice(0, -3)],
  ['a truncated update', () => updateMessage(goodUpdate().slice(0, -3))],
  ['bytes after the message', () => Uint8Array.of(...updateMessage(goodUpdate()), 0)],
  ['bytes after the update', () => updateMessage(Uint8Array.of(...goodUpdate(), 0))],
  ['random bytes as an update', () => updateMessage(Uint8Array.of(7, 7, 7, 7, 7, 7))],
  ['a length beyond the frame', () => Uint8Array.of(0, 2, 255, 255, 255, 127)],
  ['an endless varint', () => new Uint8Array(300).fill(0x80)],
  ['an overlong varint that is no number', () => Uint8Array.of(...new Array(200).fill(0x80), 0)],
  ['a malformed state vector', () => stepOne(Uint8Array.of(9, 1, 2))],
  ['malformed awareness', () => frame(MESSAGE.awareness, Uint8Array.of(3, 1))],
  ['awareness that is no JSON', () => awarenessMessage([1, 1, '{oups'])],
  ['a barrier without a number', () => Uint8Array.of(MESSAGE.barrier)],
  ['a link to javascript:', () => updateMessage(writeLink('javascript:alert(document.cookie)'))],
])('R9: %s closes its socket with badMessage, and nobody else notices', async (_, data) => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    socket.send(data())
    await closedWith(socket, CLOSE.badMessage)
  })
  const stored = await readDocument(database.orm, address.name)
  expect(stored && textOf(stored)).not.toMatch(/ne doit pas entrer|cliquez/)
})

test('R9: a frame larger than allowed closes its socket with tooLarge, which stock providers take as final', async () => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    socket.send(updateMessage(new Uint8Array(MAX_FRAME * 4)))
    await closedWith(socket, CLOSE.tooLarge)
  })
})

test('R9: broken WebSocket frames are closed with badMessage', async () => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    const tcp = beneath(socket)
    // Unmasked, and with a reserved opcode.
    tcp.write(Buffer.from([0x8b, 0x01, 0x00]))
    await closedWith(socket, CLOSE.badMessage)
  })
})

test('R9: a flood of frames is closed with tooFast', async () => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    for (let index = 0; index < 1000; index += 1) socket.send(barrier(index))
    await closedWith(socket, CLOSE.tooFast)
  })
})

/** Empty ones, masked. */
const pings = (count: number) =>
  Buffer.concat(Array.from({ length: count }, () => Buffer.from([0x89, 0x80, 0, 0, 0, 0])))

test('R9: pings are counted as frames are, and closed with tooFast', async () => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    const tcp = beneath(socket)
    for (let answered = 0; answered < 1000 && socket.code() === null; answered += 20) {
      const pongs = once(socket.ws, 'pong')
      tcp.write(pings(20))
      await Promise.race([pongs, once(socket.ws, 'close')])
    }
    await closedWith(socket, CLOSE.tooFast)
  })
})

test('R9: pings that come faster than they can be answered are cut off', async () => {
  await undisturbed(async () => {
    const socket = await openAs(ada)
    const tcp = beneath(socket)
    tcp.write(pings(1000))
    // Nothing says why: `ws` does it by itself.
    await closedWith(socket, 1006)
  })
})

test('R9: a flood of bytes is closed with tooFast', async () => {
  const socket = await openAs(ada)
  const ignored = awarenessMessage([1, 1, JSON.stringify({ text: 'x'.repeat(MAX_FRAME / 2) })])
  for (let index = 0; index < 60; index += 1) socket.send(ignored)
  await closedWith(socket, CLOSE.tooFast)
})

test('R9: asking for the whole document again and again counts as a flood', async () => {
  const large = await addDocument(database, 'x'.repeat(60_000))
  const socket = await openAs(ada, large.name)
  for (let index = 0; index < 100; index += 1) socket.send(stepOne(Uint8Array.of(0)))
  await closedWith(socket, CLOSE.tooFast)
})

test('R9: a reader that does not keep up is cut off, and the others go on', async () => {
  const slowHouse = await openHouse({ database, limits: { maxOutgoingBytes: 300_000, closeGrace: 100 } })
  const { name } = await addDocument(database)
  const writer = stockClient(slowHouse.url, name, slowHouse.admit(ada))
  const reader = stockClient(slowHouse.url, name, slowHouse.admit(bo))
  await Promise.all([synced(writer), synced(reader)])
  const slow = await rawSocket(`${slowHouse.url}/${name}`, slowHouse.admit(bo))
  slow.ws.pause()
  await until('the slow one is seated', () => slowHouse.sync.stats().sockets === 3)
  const chunk = 'x'.repeat(50_000)
  for (let index = 0; index < 400 && slowHouse.sync.stats().sockets === 3; index += 1) {
    typeParagraph(writer.doc, chunk)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await until('the slow one is cut off', () => slowHouse.sync.stats().sockets === 2)
  typeParagraph(writer.doc, 'fin')
  await until('the reader has all', () => textOf(reader.doc).includes('fin'))
  slow.close()
  writer.provider.destroy()
  reader.provider.destroy()
  await slowHouse.close()
})

test('R9: a peer that has gone without a word is dropped after two beats', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const beating = await openHouse({ database })
  const { name } = await addDocument(database)
  const alive = await rawSocket(`${beating.url}/${name}`, beating.admit(ada))
  const dead = await rawSocket(`${beating.url}/${name}`, beating.admit(bo))
  await until('both are seated', () => beating.sync.stats().sockets === 2)
  dead.ws.pause()
  let pings = 0
  alive.ws.on('ping', () => {
    pings += 1
  })
  const answers = () => alive.heard().filter(({ type }) => type === 'stepTwo').length
  for (let beat = 1; beat <= 5; beat += 1) {
    vi.advanceTimersByTime(DEFAULT_LIMITS.heartbeatEvery)
    await until('it is asked for a sign of life', () => pings === beat)
    // What it says next is answered only after the sign itself was heard.
    alive.send(stepOne(Uint8Array.of(0)))
    await until('its sign was heard', () => answers() === beat)
    if (beat === 1) expect(beating.sync.stats().sockets).toBe(2)
    if (beat === 2) await until('the dead one is dropped', () => beating.sync.stats().sockets === 1)
  }
  expect(beating.sync.stats().sockets).toBe(1)
  // The stock provider gives up on a connection that is silent for 30 s: each beat says something.
  expect(alive.heard().filter((message) => message.type === 'awareness').length).toBeGreaterThan(2)
  alive.close()
  dead.close()
  await beating.close()
})

test('R6: a reader’s update is dropped and said to be, whatever bytes it is written in', async () => {
  house.access.set(`${ada.volunteerId} ${address.name}`, 'read')
  const socket = await openAs(ada)
  const update = updateMessage(goodUpdate())
  socket.send(update)
  // The same message with overlong varints for its type and step.
  socket.send(Uint8Array.of(0x80, 0x80, 0x00, 0x82, 0x80, 0x00, ...update.slice(2)))
  socket.send(frame(MESSAGE.sync, 1, goodUpdate()))
  socket.send(barrier(1))
  await until(
    'it was told three times',
    () => socket.heard().filter(({ type }) => type === 'denied').length === 3,
  )
  expect(socket.heard().find(({ type }) => type === 'denied')).toEqual({ type: 'denied', reason: 'readOnly' })
  socket.send(stepOne(Uint8Array.of(0)))
  await until('it may read on', () => socket.heard().some(({ type }) => type === 'stepTwo'))
  expect(socket.heard().some(({ type }) => type === 'durable')).toBe(false)
  expect(socket.code()).toBeNull()
  const stored = await readDocument(database.orm, address.name)
  expect(stored && textOf(stored)).not.toContain('ne doit pas entrer')
  socket.close()
  house.access.clear()
})

test('R6: a stock provider that only reads is not told off', async () => {
  house.access.set(`${ada.volunteerId} ${address.name}`, 'read')
  const socket = await openAs(ada)
  const doc = new Y.Doc()
  socket.send(stepOne(Y.encodeStateVector(doc)))
  await until('it has the document', () => socket.heard().some(({ type }) => type === 'stepTwo'))
  const answer = socket.heard().find((message) => message.type === 'stepTwo')
  if (answer?.type === 'stepTwo') Y.applyUpdate(doc, answer.update)
  socket.send(frame(MESSAGE.sync, 1, Y.encodeStateAsUpdate(doc)))
  socket.send(barrier(4))
  await until('its barrier is answered', () => socket.heard().some(({ type }) => type === 'durable'))
  expect(socket.heard().some(({ type }) => type === 'denied')).toBe(false)
  socket.close()
  house.access.clear()
})

test('R8: forged presence is not passed on', async () => {
  const watcher = await openAs(bo)
  const forger = await openAs(ada)
  forger.send(awarenessMessage([5, 1, JSON.stringify({ user: { id: bo.volunteerId, name: 'Bo' } })]))
  forger.send(awarenessMessage([6, 1, JSON.stringify({ user: { name: 'Bo', color: '#000000' }, cursor: 1 })]))
  const states = () =>
    watcher.heard().flatMap((message) => (message.type === 'awareness' ? [...message.entries] : []))
  await until('the honest part arrives', () => states().length > 0)
  expect(states()).toEqual([
    [
      6,
      {
        clock: expect.any(Number),
        state: { cursor: 1, user: { id: ada.volunteerId, name: 'Ada', color: ada.color } },
      },
    ],
  ])
  forger.close()
  await until('it is gone', () => states().some(([id, entry]) => id === 6 && entry.state === null))
  watcher.close()
})

test.each([
  ['foreign', { origin: 'https://evil.example' }],
  ['null', { origin: 'null' }],
  ['missing, from a browser', { 'sec-fetch-site': 'cross-site' }],
])('an Origin that is %s gets HTTP 403 and a sentence, before any upgrade', async (_, headers) => {
  const { cookie } = house.admit(ada)
  const socket = await rawSocket(`${house.url}/${address.name}`, { cookie }, headers)
  expect(socket.status()).toEqual({ code: 403, body: 'Sockets are opened from pages of this newsroom only.' })
})

test('a program without an Origin comes in with its cookie', async () => {
  const { cookie } = house.admit(ada)
  const socket = await rawSocket(`${house.url}/${address.name}`, { cookie })
  await until('it is greeted', () => socket.messages.length > 0)
  socket.close()
})

test.each([
  ['no cookie', undefined],
  ['a forged cookie', 'who=somebody-else'],
  ['a cookie of something else', 'theme=dark'],
])('%s is closed with signedOut', async (_, cookie) => {
  const socket = await rawSocket(`${house.url}/${address.name}`, {
    ...(cookie && { cookie }),
    origin: ORIGIN,
  })
  await closedWith(socket, CLOSE.signedOut)
  expect(socket.messages).toEqual([])
})

test.each([
  ['a name that is none', 'draft/../../etc/passwd'],
  ['an encoded name', 'draft%2F00000000-0000-0000-0000-000000000000'],
  ['an overlong name', `draft/${'0'.repeat(5000)}`],
  ['another kind', 'calendar/main'],
  ['a document that does not exist', draftAddress().name],
])('%s is closed with noSuchDocument', async (_, name) => {
  const socket = await openAs(ada, name)
  await closedWith(socket, CLOSE.noSuchDocument)
})

test('whoever may not open a document is closed with forbidden', async () => {
  house.access.set(address.name, 'forbidden')
  const socket = await openAs(ada)
  await closedWith(socket, CLOSE.forbidden)
  house.access.clear()
})

test('a page that knows an older schema is told to reload, one that knows ours comes in', async () => {
  const old = await openAs(ada, address.name, `?schema=${draftKind.schemaVersion - 1}`)
  await closedWith(old, CLOSE.reloadPage)
  const current = await openAs(ada, address.name, `?schema=${draftKind.schemaVersion}`)
  await until('it is greeted', () => current.messages.length > 0)
  current.close()
})

test('a handshake that is none, or that breaks off, leaves the server well', async () => {
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      const tcp = connect(house.port, '127.0.0.1', () => tcp.write(text))
      let answer = ''
      tcp.on('data', (data) => {
        answer += data
      })
      tcp.on('error', () => {})
      tcp.on('close', () => resolve(answer))
    })
  const { cookie } = house.admit(ada)
  const head = (extra: string) =>
    `GET /collab/${address.name} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${extra}\r\n\r\n`
  expect(await send(head('Sec-WebSocket-Version: 13'))).toMatch(/^HTTP\/1\.1 400 /)
  expect(await send(head('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short'))).toMatch(
    /^HTTP\/1\.1 400 /,
  )
  const tcp = connect(house.port, '127.0.0.1', () => {
    tcp.write(head('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='))
    tcp.resetAndDestroy()
  })
  await undisturbed(async () => {})
  await until('nobody is left', () => house.sync.stats().sockets === 0)
})
