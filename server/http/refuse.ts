import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers with a sentence, unless an answer has begun. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) return void response.destroy()
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.end(`${sentence}\n`)
}

/** Answers an upgrade that cannot be made. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.once('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
