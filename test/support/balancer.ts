import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Balancer = {
  readonly url: string
  readonly port: number
  /** To these ports in turn; to the next one where one refuses. No stickiness, no health checks. */
  serve(ports: readonly number[]): void
  close(): void
}

/** As little as stands in front of several processes: passes each connection on to one that takes it. */
export async function openBalancer(): Promise<Balancer> {
  let ports: readonly number[] = []
  let turn = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {})
    client.on('close', () => sockets.delete(client))
    client.pause()
    turn += 1
    const attempt = (tries: number) => {
      const port = ports[(turn + tries) % Math.max(1, ports.length)]
      if (port === undefined || tries >= ports.length) return void client.destroy()
      const upstream = connect(port, '127.0.0.1')
      upstream.once('error', () => attempt(tries + 1))
      upstream.once('connect', () => {
        upstream.removeAllListeners('error')
        upstream.on('error', () => {})
        upstream.on('close', () => client.destroy())
        client.on('close', () => upstream.destroy())
        client.pipe(upstream).pipe(client)
      })
    }
    attempt(0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    serve: (next) => {
      ports = next
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
