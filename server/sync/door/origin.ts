import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a page of this newsroom, or no page at all, wants the socket. Cookies travel with every
 * handshake of a browser, so a page of another site could otherwise write as whoever visits it.
 *
 * Browsers name an Origin in every WebSocket handshake (RFC 6455, 4.1), hidden ones as `null`. A script
 * need not, and a script that has the cookie needs no trick: SPEC.md, «Who may come in».
 */
export function isOurOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const { origin } = headers
  if (origin !== undefined) return origins.includes(origin)
  // A browser that leaves the Origin out is broken or made to: it still says which site it comes from.
  return headers['sec-fetch-site'] === undefined
}
