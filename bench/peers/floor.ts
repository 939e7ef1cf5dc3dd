/**
 * The floor beneath the floor: the same relay as relay.ts, written at the lowest level that `ws` allows. A frame is
 * built once for all who get it; what a socket is to get is gathered, and written once a turn or once in WINDOW ms.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

type Peer = { readonly socket: Duplex; readonly room: Room; own: Set<Buffer> | null }
type Room = { readonly peers: Set<Peer>; pending: Buffer[] }

const WINDOW = Number(process.env.WINDOW ?? '0')
const rooms = new Map<string, Room>()
const dirty = new Set<Room>()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer()

const later = WINDOW > 0 ? () => setTimeout(flush, WINDOW) : () => setImmediate(flush)

/** A binary message as a server sends it. */
function frameOf(data: Buffer): Buffer {
  const { length } = data
  if (length < 126) return Buffer.concat([Buffer.from([0x82, length]), data])
  const head = Buffer.alloc(length < 65_536 ? 4 : 10)
  head[0] = 0x82
  head[1] = length < 65_536 ? 126 : 127
  if (length < 65_536) head.writeUInt16BE(length, 2)
  else head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, data])
}

function flush(): void {
  for (const room of dirty) {
    const everything = Buffer.concat(room.pending)
    for (const peer of room.peers) {
      const { own } = peer
      peer.own = null
      const bytes = own === null ? everything : Buffer.concat(room.pending.filter((frame) => !own.has(frame)))
      if (bytes.length > 0) peer.socket.write(bytes)
    }
    room.pending = []
  }
  dirty.clear()
}

function enter(client: WebSocket, socket: Duplex, name: string): void {
  const room: Room = rooms.get(name) ?? { peers: new Set(), pending: [] }
  rooms.set(name, room)
  const peer: Peer = { socket, room, own: null }
  room.peers.add(peer)
  client.on('message', (data) => {
    if (!Buffer.isBuffer(data)) return
    const frame = frameOf(data)
    room.pending.push(frame)
    peer.own = (peer.own ?? new Set()).add(frame)
    if (dirty.size === 0) later()
    dirty.add(room)
  })
  client.on('close', () => {
    room.peers.delete(peer)
    if (room.peers.size === 0) rooms.delete(name)
  })
}

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (client) => enter(client, socket, request.url ?? '/'))
})
server.listen(Number(process.env.PORT), '127.0.0.1', () =>
  console.log(`listening ${(server.address() as AddressInfo).port}`),
)
process.on('SIGTERM', () => process.exit(0))
