import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { randomFrom } from '#test/fuzz/random.ts'
import { awarenessMessage, barrier, frame, stepOne, updateMessage } from '#test/server/sync/room-harness.ts'
import type { Doorway } from './doorway.ts'
import { mutated } from './mutate-frame.ts'
import { closeOf, header, open, openRaw, repeat } from './rude-socket.ts'

/**
 * Somebody with bad manners, in a process of their own so that they hold up nobody but the server:
 * `node attack-process.ts <attack> <door> <options>`. Says what became of it as one line of JSON.
 */

type Options = { readonly count: number; readonly seed: number; readonly seconds: number }
type Outcome = Record<string, number | readonly number[]>

const ATTACKS: Record<string, (door: Doorway, options: Options) => Promise<Outcome>> = {
  /** Readers that stop reading, for so long, and then read on. */
  stall: async (door, { count, seconds }) => {
    const readers: WebSocket[] = []
    for (let index = 0; index < count; index += 1) readers.push(await open(door))
    for (const reader of readers) reader.send(stepOne(Uint8Array.of(0)))
    await pause(500)
    for (const reader of readers) reader.pause()
    console.log('paused')
    await pause(seconds * 1000)
    const codes = readers.map((reader) => closeOf(reader, 10_000))
    for (const reader of readers) reader.resume()
    return { codes: await Promise.all(codes) }
  },
  /** One who writes as fast as the line takes it. */
  flood: async (door, { seconds }) => {
    const ws = await open(door)
    const closed = closeOf(ws, (seconds + 10) * 1000)
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => ws.send(updateMessage(update)))
    const end = performance.now() + seconds * 1000
    let written = 0
    while (ws.readyState === ws.OPEN && performance.now() < end) {
      for (let index = 0; index < 3000; index += 1) {
        written += 1
        doc.getMap('meta').set('title', `inonde ${written}`)
      }
      await pause(0)
    }
    return { code: await closed, written }
  },
  /** Barriers, presence of ever new clients and questions about presence, each as fast as the line takes it. */
  chatter: async (door, { seconds }) => {
    const codes: number[] = []
    const says: ((n: number) => Uint8Array)[] = [
      (n) => barrier(n),
      (n) => awarenessMessage([2 * n + 1, 1, '{"a":1}'], [2 * n + 1, 2, 'null']),
      () => frame(3),
    ]
    for (const say of says) {
      const ws = await open(door)
      const closed = closeOf(ws, (seconds + 10) * 1000)
      const end = performance.now() + seconds * 1000
      for (let n = 1; ws.readyState === ws.OPEN && performance.now() < end; n += 1) {
        ws.send(say(n))
        if (n % 10_000 === 0) await pause(0)
      }
      codes.push(await closed)
    }
    return { codes }
  },
  /** Frames that are bombs by their header, by their number, by what they claim or by never ending. */
  bombs: async (door, { seconds }) => {
    const huge = await openRaw(door)
    huge.socket.write(header(0x82, 2 ** 40))
    const endless = await openRaw(door)
    endless.socket.write(Buffer.concat([header(0x02, 1), Buffer.from([0])]))
    const piece = Buffer.concat(Array.from({ length: 4000 }, () => header(0x00, 0)))
    await repeat(endless.socket, () => piece, seconds)
    const compressed = await openRaw(door)
    compressed.socket.write(Buffer.concat([header(0xc2, 4), Buffer.from([1, 2, 3, 4])]))
    const pinging = await openRaw(door)
    const pings = Buffer.concat(Array.from({ length: 4000 }, () => header(0x89, 0)))
    await repeat(pinging.socket, () => pings, seconds)
    // Goes on after it has been sent away.
    const talking = await openRaw(door)
    const words = Buffer.concat(Array.from({ length: 4000 }, () => header(0x82, 0)))
    await repeat(talking.socket, () => words, seconds)
    const unmasked = await openRaw(door)
    unmasked.socket.write(Buffer.from([0x82, 1, 0]))
    return {
      huge: await huge.closed,
      endless: await endless.closed,
      compressed: await compressed.closed,
      pinging: await pinging.closed,
      talking: await talking.closed,
      unmasked: await unmasked.closed,
    }
  },
  /** Many who each begin the largest message there may be, and never end it. */
  unfinished: async (door, { count }) => {
    const size = 8 * 1024 * 1024
    const chunk = Buffer.alloc(64 * 1024)
    const sockets: Socket[] = []
    const closes: Promise<number>[] = []
    for (let index = 0; index < count; index += 1) {
      const { socket, closed } = await openRaw(door)
      closes.push(Promise.race([closed, pause(15_000, 0)]))
      sockets.push(socket)
      socket.write(header(0x82, size))
      for (let sent = 0; sent < size - chunk.length && !socket.destroyed; sent += chunk.length)
        if (!socket.write(chunk))
          await Promise.race([new Promise((go) => socket.once('drain', go)), pause(20)])
    }
    const codes = await Promise.all(closes)
    for (const socket of sockets) socket.destroy()
    return { codes }
  },
  /** Connections that ask for nothing, or letter by letter. */
  knock: async ({ url }, { count, seconds }) => {
    const { hostname, port } = new URL(url)
    const sockets: Socket[] = []
    let gone = 0
    for (let index = 0; index < count; index += 1) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => {})
      socket.on('close', () => {
        gone += 1
      })
      sockets.push(socket)
      if (index % 100 === 99) await pause(5)
    }
    const line = 'GET /collab/newsroom HTTP/1.1\r\nHost: x\r\n'
    for (let at = 0; at < Math.min(line.length, seconds * 10); at += 1) {
      for (const socket of sockets) if (socket.writable) socket.write(line[at] ?? '')
      await pause(100)
    }
    const held = count - gone
    for (const socket of sockets) socket.destroy()
    return { held, gone }
  },
  /** So many sockets of one volunteer, which stay. */
  crowd: async (door, { count, seconds }) => {
    const codes: number[] = []
    const sockets = await Promise.all(Array.from({ length: count }, () => open(door)))
    for (const ws of sockets) ws.on('close', (code) => codes.push(code))
    await pause(seconds * 1000)
    const stayed = sockets.filter((ws) => ws.readyState === ws.OPEN).length
    for (const ws of sockets) ws.terminate()
    return { stayed, codes: [...codes] }
  },
  /** Frames made from real ones by changing some bytes; a socket that is closed is opened again. */
  fuzz: async (door, { count, seed }) => {
    const random = randomFrom(seed)
    let ws = await open(door)
    let opened = 1
    for (let sent = 0; sent < count; sent += 1) {
      if (ws.readyState !== ws.OPEN) {
        ws = await open(door)
        opened += 1
        ws.send(stepOne(Uint8Array.of(0)))
      }
      ws.send(mutated(random))
      if (sent % 20 === 19) await pause(0)
      while (ws.bufferedAmount > 1_000_000) await pause(1)
    }
    ws.terminate()
    return { sent: count, opened }
  },
  /** All come back at the same time, again and again. */
  storm: async (door, { count, seconds }) => {
    let served = 0
    const end = performance.now() + seconds * 1000
    let rounds = 0
    while (performance.now() < end) {
      rounds += 1
      const sockets = await Promise.all(Array.from({ length: count }, () => open(door)))
      served += sockets.filter((ws) => ws.readyState === ws.OPEN).length
      for (const ws of sockets) ws.terminate()
    }
    return { rounds, served }
  },
}

const [attack = '', door = '{}', options = '{}'] = process.argv.slice(2)
const run = ATTACKS[attack]
if (!run) throw new Error(`there is no attack «${attack}»`)
console.log(JSON.stringify(await run(JSON.parse(door), JSON.parse(options))))
process.exit(0)
