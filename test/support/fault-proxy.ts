import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A network between two programs that can be made to fail. */
export type FaultProxy = {
  readonly port: number
  /** Ends all connections, and refuses new ones. */
  cut(): void
  /** Takes everything and passes on nothing: a network that swallows, with both ends none the wiser. */
  swallow(): void
  /** Takes no more bytes: they wait in the buffers of the system, as with a peer that stands still. */
  pause(): void
  /** From now on bytes arrive so many milliseconds later. */
  delay(milliseconds: number): void
  /** Drops the next piece that goes to the client and holds this text; the rest passes. @returns whether it has been dropped */
  loseNext(text: string): () => boolean
  /** As if nothing had been; connections that lost bytes are ended. */
  heal(): void
  close(): void
}

type Fault = 'none' | 'cut' | 'swallow' | 'pause'

/** Listens on the loopback and passes on to another port of it. */
export async function faultProxy(target: number): Promise<FaultProxy> {
  let fault: Fault = 'none'
  let wait = 0
  let losing: string | null = null
  const pairs = new Set<{ readonly ends: readonly [Socket, Socket]; harmed: boolean }>()

  const server = createServer((client) => {
    if (fault === 'cut') return void client.destroy()
    const upstream = connect(target, '127.0.0.1')
    const pair = { ends: [client, upstream] as const, harmed: false }
    pairs.add(pair)
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => {
        if (fault === 'swallow') pair.harmed = true
        else if (losing !== null && to === client && bytes.includes(losing)) losing = null
        else if (wait > 0) setTimeout(() => to.writable && to.write(bytes), wait)
        else to.write(bytes)
      })
      from.on('error', () => {})
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
      if (fault === 'pause') from.pause()
    }
    pass(client, upstream)
    pass(upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')

  const endAll = (which: (harmed: boolean) => boolean) => {
    for (const { ends, harmed } of pairs) if (which(harmed)) for (const end of ends) end.destroy()
  }
  const proxy: FaultProxy = {
    port: address.port,
    cut() {
      fault = 'cut'
      endAll(() => true)
    },
    swallow() {
      fault = 'swallow'
    },
    pause() {
      fault = 'pause'
      for (const { ends } of pairs) for (const end of ends) end.pause()
    },
    delay(milliseconds) {
      wait = milliseconds
    },
    loseNext(text) {
      losing = text
      return () => losing === null
    },
    heal() {
      fault = 'none'
      wait = 0
      losing = null
      endAll((harmed) => harmed)
      for (const { ends } of pairs) for (const end of ends) end.resume()
    },
    close() {
      endAll(() => true)
      server.close()
    },
  }
  onTestFinished(() => proxy.close())
  return proxy
}
