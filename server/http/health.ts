import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** What has to be true before people are sent here. */
export type Readiness = {
  readonly database: () => Promise<boolean>
  readonly migrations: () => Promise<boolean>
  readonly rooms: () => boolean
}

const PATIENCE = 2000

/**
 * Answers `/healthz` (the process is alive) and `/readyz` (it can serve), before and beside Next.
 * @returns whether the request was one of them.
 */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  readiness: Readiness | null,
): boolean {
  const path = request.url?.split('?')[0]
  if (path !== '/healthz' && path !== '/readyz') return false
  if (path === '/healthz') answer(response, 200, { alive: true })
  else void look(readiness).then((found) => answer(response, found.ready ? 200 : 503, found))
  return true
}

async function look(readiness: Readiness | null) {
  if (readiness === null) return { ready: false, database: false, migrations: false, rooms: false }
  const [database, migrations] = await Promise.all([inTime(readiness.database), inTime(readiness.migrations)])
  const rooms = readiness.rooms()
  return { ready: database && migrations && rooms, database, migrations, rooms }
}

const inTime = (check: () => Promise<boolean>): Promise<boolean> =>
  Promise.race([check().catch(() => false), delay(PATIENCE, false, { ref: false })])

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
