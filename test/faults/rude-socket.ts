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

/** A socket below the level of frames. @returns once the handshake is answered */
export function openRaw({ url, cookie, origin }: Doorway): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
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
  return new Promise((resolve) => socket.once('data', () => resolve(socket)))
}

/** The code in the first close frame that the server sends on a raw socket; 0 where there is none. */
export function rawClose(socket: Socket, patience: number): Promise<number> {
  return new Promise((resolve) => {
    let last = 0
    const timer = setTimeout(() => resolve(last), patience)
    socket.on('data', (chunk: Buffer) => {
      for (let at = 0; at + 3 < chunk.length; at += 1)
        if (chunk[at] === 0x88 && (chunk[at + 1] ?? 0) < 126) last = chunk.readUInt16BE(at + 2)
      if (last >= 4400 && last < 4600) {
        clearTimeout(timer)
        resolve(last)
      }
    })
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(last)
    })
  })
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
  while (!socket.destroyed && socket.writable && performance.now() < end) {
    times += 1
    if (!socket.write(bytes()))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), pause(50)])
    await pause(0)
  }
  return times
}
