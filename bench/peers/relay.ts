/** The floor: forwards every frame to everybody else in the room. It understands and keeps nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

const rooms = new Map<string, Set<WebSocket>>()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer()

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (client) => {
    const name = request.url ?? '/'
    const room = rooms.get(name) ?? new Set()
    rooms.set(name, room.add(client))
    client.on('message', (data) => {
      for (const peer of room) if (peer !== client) peer.send(data, { binary: true })
    })
    client.on('close', () => {
      room.delete(client)
      if (room.size === 0) rooms.delete(name)
    })
  })
})
server.listen(Number(process.env.PORT), '127.0.0.1', () =>
  console.log(`listening ${(server.address() as AddressInfo).port}`),
)
process.on('SIGTERM', () => process.exit(0))
