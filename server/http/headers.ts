import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '../config.ts'

type Settings = Pick<Config, 'publicUrl' | 'origins' | 'dev'>

const YEAR = 31_536_000

/**
 * Puts the security headers on a response, and a fresh nonce on the request: Next reads the policy of the
 * request and stamps the nonce on its own scripts, so that no other inline script runs.
 */
export function protect(request: IncomingMessage, response: ServerResponse, settings: Settings): void {
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), settings)
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  // Addresses of drafts and invitations stay inside.
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('X-Frame-Options', 'DENY')
  // A newsroom is nobody’s search result.
  response.setHeader('X-Robots-Tag', 'noindex, nofollow')
  if (settings.publicUrl.protocol === 'https:') {
    response.setHeader('Strict-Transport-Security', `max-age=${YEAR}`)
  }
}

function contentSecurityPolicy(nonce: string, { origins, publicUrl, dev }: Settings): string {
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws'))
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // React’s development build rebuilds stack traces with eval.
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    // Carets and menus are placed with style attributes.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    // 'self' does not mean ws: in every browser.
    'connect-src': ["'self'", ...sockets],
    'worker-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    ...(publicUrl.protocol === 'https:' ? { 'upgrade-insecure-requests': [] } : {}),
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}
