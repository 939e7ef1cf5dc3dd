import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from './refuse.ts'

/** Largest request body, in bytes. What people write travels over the sockets, which have bounds of their own. */
const MAX_BODY_BYTES = 1024 * 1024
/** Where a whole file is handed in, it may be as large as its reader takes. */
const LARGER: Readonly<Record<string, number>> = { '/api/calendar/import': 20 * 1024 * 1024 }

const largest = ({ url = '' }: IncomingMessage): number => LARGER[url.split('?')[0] ?? ''] ?? MAX_BODY_BYTES

/**
 * Ends a request whose body is announced or turns out to be too large.
 * @returns false when it was refused at once.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse): boolean {
  const most = largest(request)
  if (Number(request.headers['content-length'] ?? 0) > most) {
    tooLarge(request, response)
    return false
  }
  if (request.headers['transfer-encoding'] === undefined) return true
  // Node hands each chunk to `push`: counting there starts nothing that the handler did not start.
  let received = 0
  const push = request.push.bind(request)
  request.push = (chunk: Uint8Array | null, encoding) => {
    received += chunk?.length ?? 0
    if (received <= most) return push(chunk, encoding)
    tooLarge(request, response)
    return false
  }
  return true
}

function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  // What still comes is not read: the connection ends with the answer.
  response.setHeader('Connection', 'close')
  refuse(response, 413, 'This request is too large.')
  response.once('finish', () => request.destroy())
}
