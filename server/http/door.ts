import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { atPort, type Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { limitBody } from './body-limit.ts'
import { protect } from './headers.ts'
import { answerHealth, type Readiness } from './health.ts'
import { boundKnocking } from './knocking.ts'
import { mayChange } from './origin.ts'
import { refuse, refuseUpgrade } from './refuse.ts'
import { stampVisitor } from './visitor.ts'

/** Who answers what the door lets in. */
export type Household = {
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Upgrades under /collab/. */
  readonly rooms: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Every other upgrade: Next’s hot reload. */
  readonly otherUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly readiness: Readiness
  readonly metrics: Pick<Metrics, 'answer' | 'heed'>
}

/** The one port. It is taken before anything else starts, and says «come back» until somebody is home. */
export type Door = {
  /** The settings, with the port that the system gave where the given one is 0. */
  readonly config: Config
  open(household: Household): void
  /** Takes no new connections; waits for the requests under way, at most so many milliseconds, then cuts them. */
  close(patience: number): Promise<void>
}

/** @returns errors as sentences. */
export async function takeDoor(given: Config, log: Logger): Promise<Result<Door, string>> {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5000,
  })
  boundKnocking(server)
  const listening = await listen(server, given)
  if (!listening.ok) return listening
  const config = atPort(given, listening.value)
  let household: Household | null = null
  server.on('request', (request, response) => {
    if (answerHealth(request, response, household?.readiness ?? null)) return
    if (household?.metrics.answer(request, response)) return
    household?.metrics.heed(response)
    stampVisitor(request, config.trustProxy)
    protect(request, response, config)
    if (household === null) wait(response)
    else if (isWelcome(request, response, config, log)) serve(request, response, household, log)
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (household === null) return refuseUpgrade(socket, 503)
    stampVisitor(request, config.trustProxy)
    const answer = request.url?.startsWith('/collab/') ? household.rooms : household.otherUpgrade
    answer(request, socket, head)
  })
  // What is no HTTP gets a 400; nothing of it is worth a log line.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) refuseUpgrade(socket, 400)
  })
  return ok({
    config,
    open: (arrived) => {
      household = arrived
    },
    close: (patience) => close(server, patience),
  })
}

function wait(response: ServerResponse): void {
  response.setHeader('Retry-After', '1')
  response.setHeader('Refresh', '1')
  refuse(response, 503, 'Pupitre démarre… / Pupitre is starting…')
}

function isWelcome(request: IncomingMessage, response: ServerResponse, config: Config, log: Logger): boolean {
  if (mayChange(request, config.origins)) return limitBody(request, response)
  log.warn(
    { origin: request.headers.origin?.slice(0, 200) },
    'refused a change from a page of another address; PUPITRE_URL must be the address people use',
  )
  refuse(response, 403, 'This request does not come from a page of this newsroom.')
  return false
}

function serve(request: IncomingMessage, response: ServerResponse, household: Household, log: Logger): void {
  household.page(request, response).catch((error: unknown) => {
    log.error({ err: error }, 'a page could not be answered')
    refuse(response, 500, 'Une erreur est survenue. / Something went wrong.')
  })
}

async function close(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  await Promise.race([closed, delay(patience, undefined, { ref: false })])
  server.closeAllConnections()
}

/** @returns the port. */
function listen(server: Server, { host, port }: Config): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(fail(explain(error, host, port))))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is already taken: stop what uses it, or set PORT to another one.`
    case 'EACCES':
      return `Port ${port} may not be used by this user: set PORT to one above 1023, or put a proxy in front.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is ${host}, which is no address of this machine: use 127.0.0.1 or 0.0.0.0.`
    default:
      return `Cannot listen on ${host}, port ${port}: ${error.message}.`
  }
}
