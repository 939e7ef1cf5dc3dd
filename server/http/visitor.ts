import type { IncomingMessage } from 'node:http'

/** The header in which pages and actions read the visitor’s address. Only this process writes it. */
const ADDRESS_HEADER = 'x-pupitre-address'
/** The path of the page that was asked for, which Next does not tell its layouts. Only this process writes it. */
const PATH_HEADER = 'x-pupitre-path'
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
]

/**
 * Stamps the visitor’s address and the path on a request, and takes away what a visitor could have written themselves:
 * throttling of sign-ins counts by this address.
 */
export function stampVisitor(request: IncomingMessage, trustProxy: boolean): void {
  const address = (trustProxy ? lastForwarded(request) : null) ?? request.socket.remoteAddress ?? 'unknown'
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-pupitre-')) delete request.headers[name]
  }
  if (!trustProxy) for (const name of FORWARDED) delete request.headers[name]
  request.headers[ADDRESS_HEADER] = address
  request.headers[PATH_HEADER] = request.url?.split('?')[0] ?? '/'
}

/** The last entry is the one our own proxy appended; all before it came from outside. */
function lastForwarded(request: IncomingMessage): string | null {
  const header = request.headers['x-forwarded-for']
  const entries = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
  return entries.at(-1)?.trim() || null
}
