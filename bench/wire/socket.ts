import { connect, type Socket } from 'node:net'

/** How to reach one document. */
export type Entrance = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The document’s name where every message carries it, as Hocuspocus asks; null on the wire of y-websocket. */
  readonly addressed: string | null
  /** It only forwards: whatever a listener said would go to all others. */
  readonly relay: boolean
}

/** `code`: of the close frame; 1006 where the connection ended without one. */
type Closing = { readonly code: number; readonly at: number }

export type Wire = {
  send(message: Uint8Array): void
  /** Stops taking anything from the network, as a laptop that sleeps does, and goes on. */
  stall(): void
  resume(): void
  close(): void
  /** Null as long as it is open. */
  ended(): Closing | null
}

/** @param message valid only until it returns: every socket of the process reads into the same memory */
export type OnMessage = (message: Uint8Array, wire: Wire) => void

const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

const inbox = Buffer.allocUnsafe(256 * 1024)
const NOTHING = Buffer.alloc(0)

/** One frame as a client sends it. Its mask is zero, so the content stands as it is: any server must take that. */
function maskedFrame(opcode: number, content: Uint8Array): Buffer {
  const { length } = content
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.alloc(6 + extended + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127)
  if (extended === 2) frame.writeUInt16BE(length, 2)
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(content, 6 + extended)
  return frame
}

/**
 * A WebSocket client that does next to nothing: on a machine that the load shares with the server, each microsecond
 * that it spends on a frame is one that the server lacks. It does not check what it receives beyond what it needs.
 */
export function openWire({ url, headers }: Entrance, onMessage: OnMessage): Promise<Wire> {
  const { hostname, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    let rest: Buffer = NOTHING
    let upgraded = false
    let stalled = false
    let closing: Closing | null = null
    const finish = (code: number) => {
      closing ??= { code, at: performance.now() }
      socket.destroy()
      reject(new Error(`${url} closed with ${code}`))
    }
    const take = (bytes: Buffer) => {
      if (!upgraded) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end === -1) return bytes
        const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'))
        if (!status.includes(' 101 ')) reject(new Error(`${url} answered ${status}`))
        upgraded = true
        resolve(wire)
        bytes = bytes.subarray(end + 4)
      }
      return readFrames(bytes, (opcode, content) => {
        if (opcode === BINARY || opcode === TEXT) onMessage(content, wire)
        else if (opcode === PING) socket.write(maskedFrame(PONG, content))
        else if (opcode === CLOSE) finish(content.length < 2 ? 1005 : content.readUInt16BE(0))
      })
    }
    const socket: Socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: inbox,
        callback: (count) => {
          const fresh = inbox.subarray(0, count)
          const left = take(rest.length === 0 ? fresh : Buffer.concat([rest, fresh]))
          // What is left over lies in memory that the next socket overwrites.
          rest = left.length === 0 ? NOTHING : Buffer.from(left)
          return !stalled
        },
      },
    })
    const wire: Wire = {
      send: (message) => socket.write(maskedFrame(BINARY, message)),
      stall() {
        stalled = true
        socket.pause()
      },
      resume() {
        stalled = false
        socket.resume()
      },
      close: () => finish(1000),
      ended: () => closing,
    }
    socket.on('error', () => finish(1006))
    socket.on('close', () => finish(1006))
    const lines = Object.entries({ ...STANDARD, host: `${hostname}:${port}`, ...headers })
    const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${head}\r\n\r\n`)
  })
}

const STANDARD = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

/** @returns the bytes of a frame that is not whole yet */
function readFrames(bytes: Buffer, onFrame: (opcode: number, content: Buffer) => void): Buffer {
  let at = 0
  while (bytes.length - at >= 2) {
    const first = bytes[at] ?? 0
    let length = (bytes[at + 1] ?? 0) & 0x7f
    let start = at + 2
    if (length === 126) {
      if (bytes.length - at < 4) break
      length = bytes.readUInt16BE(start)
      start += 2
    } else if (length === 127) {
      if (bytes.length - at < 10) break
      length = Number(bytes.readBigUInt64BE(start))
      start += 8
    }
    if (bytes.length < start + length) break
    if ((first & 0x80) === 0) throw new Error('a server split a message: the load does not read that')
    onFrame(first & 0x0f, bytes.subarray(start, start + length))
    at = start + length
  }
  return bytes.subarray(at)
}
