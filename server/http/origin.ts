import type { IncomingMessage } from 'node:http'

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Whether a request that changes something comes from a page of ours, or from no page at all.
 *
 * A page of another site can make a browser send our cookies along; it cannot forge `Origin`, nor
 * `Sec-Fetch-Site`, which browsers send where they leave `Origin` out. A program that is no browser
 * sends neither, and has no cookies but its own.
 */
export function mayChange(request: IncomingMessage, origins: readonly string[]): boolean {
  if (!CHANGES.has(request.method ?? '')) return true
  const { origin } = request.headers
  if (origin !== undefined) return origins.includes(origin)
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}
