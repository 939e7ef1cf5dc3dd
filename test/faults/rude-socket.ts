import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Doorway } from './doorway.ts'

/** Opens a socket; one that is refused comes back closed. */
export function open({ url, cookie, origin }: Doorway): Promise<WebSocket> {
  const ws = new WebSocket(url, { headers: { cookie, origin }, perMessageDeflate: false })
  ws.on('error', () => {})
  return new Promise((resolve) => {
    ws.once('open', () => resolve(ws))
    ws.once('close', () => resolve(ws))
  })
}

/** @returns the code, or 0 where it is still open after `patience` milliseconds */
export function closeOf(ws: WebSocket, patience: number): Promise<number> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(0), patience)
    ws.once('close', (code) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}

/** A socket below the level of frames. */
export type RawSocket = {
  readonly socket: Socket
  /** The code of the close frame that the server sends; 0 where the connection ends without one. */
  readonly closed: Promise<number>
}

/** @returns once the handshake is answered */
export async function openRaw({ url, cookie, origin }: Doorway): Promise<RawSocket> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  const answered = new Promise((resolve) => socket.once('data', resolve))
  const closed = closeCodeOn(socket)
  socket.write(
    [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Origin: ${origin}`,
      `Cookie: ${cookie}`,
      '\r\n',
    ].join('\r\n'),
  )
  await answered
  return { socket, closed }
}

function closeCodeOn(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    let unread = Buffer.alloc(0)
    let inFrames = false
    socket.on('data', (chunk: Buffer) => {
      unread = Buffer.concat([unread, chunk])
      if (!inFrames) {
        const end = unread.indexOf('\r\n\r\n')
        if (end === -1) return
        unread = unread.subarray(end + 4)
        inFrames = true
      }
      for (let frame = firstFrame(unread); frame !== null; frame = firstFrame(unread)) {
        if (frame.opcode === CLOSE_FRAME) resolve(frame.body.readUInt16BE(0))
        unread = unread.subarray(frame.length)
      }
    })
    socket.once('close', () => resolve(0))
  })
}

const CLOSE_FRAME = 8

/** @returns null where the first frame has not arrived whole; frames of a server are not masked */
function firstFrame(bytes: Buffer) {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return null
  const extended = second === 126 ? 2 : second === 127 ? 8 : 0
  const head = 2 + extended
  if (bytes.length < head) return null
  const size =
    extended === 0 ? second : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < head + size) return null
  return { opcode: first & 0x0f, body: bytes.subarray(head, head + size), length: head + size }
}

const MASK = [0, 0, 0, 0]
/** A header of a masked frame, whatever follows it. */
export function header(first: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, 0x80 | length, ...MASK])
  const long = Buffer.alloc(8)
  long.writeBigUInt64BE(BigInt(length))
  return Buffer.from([first, 0x80 | 127, ...long, ...MASK])
}

/** Writes until the socket is closed, at the pace at which it takes it. @returns how often */
export async function repeat(socket: Socket, bytes: () => Buffer, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  let times = 0
  let draining: Promise<void> | null = null
  const drained = () => {
    draining ??= new Promise((resolve) =>
      socket.once('drain', () => {
        draining = null
        resolve()
      }),
    )
    return draining
  }
  while (!socket.destroyed && socket.writable && performance.now() < end) {
    times += 1
    if (!socket.write(bytes())) await Promise.race([drained(), pause(50)])
    await pause(0)
  }
  return times
}
