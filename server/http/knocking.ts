import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Connections that may stand at the door without having said what they want. */
const MOST = 2000

/**
 * Bounds the connections that have not asked for anything yet. Whoever opens thousands and sends nothing, or a letter
 * now and then, pushes out their own oldest ones: an honest request is there within a moment.
 */
export function boundKnocking(server: Server, most = MOST): void {
  const knocking = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    knocking.add(socket)
    socket.once('close', () => knocking.delete(socket))
    if (knocking.size <= most) return
    const [oldest] = knocking
    oldest?.destroy()
  })
  const arrive = ({ socket }: { readonly socket: Socket }) => knocking.delete(socket)
  server.on('request', arrive)
  server.on('upgrade', arrive)
}
