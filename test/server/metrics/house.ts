import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'
import { readConfig } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { takeDoor } from '#server/http/door.ts'
import { createLog } from '#server/log.ts'
import type { Sources } from '#server/metrics/gauges.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import { operatorToken } from '#server/metrics/token.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { readExposition } from '#test/support/exposition.ts'
import { openHouse } from '../sync/harness.ts'

export const SECRET = 'a secret of at least thirty-two characters'
export const TOKEN = 'sixteen-letters-or-more'

type Options = {
  readonly database: Database
  readonly limits?: Partial<SyncLimits>
  readonly token?: string | null
  readonly sources?: Partial<Sources>
}

export type Answer = {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** The rooms behind the door of the real server, with everything but pages. */
export async function watchedHouse({ database, limits, token = TOKEN, sources }: Options) {
  const config = readConfig(
    { NODE_ENV: 'production', PORT: '0', ...(token && { METRICS_TOKEN: token }) },
    tmpdir(),
  )
  if (!config.ok) throw new Error(config.error.join())
  const metrics = createMetrics(config.value.metricsToken, SECRET)
  const house = await openHouse({ database, meters: metrics.meters, ...(limits && { limits }) })
  const door = await takeDoor(config.value, createLog({ logLevel: 'silent' }))
  if (!door.ok) throw new Error(door.error)
  const { port } = door.value.config
  metrics.watch(
    {
      sync: house.sync.gauges,
      pool: database.pool,
      ping: () => database.pool.query('select 1'),
      mail: null,
      dataFolder: tmpdir(),
      ...sources,
    },
    { subscribe: house.events.subscribe, onGap: house.events.onGap },
  )
  door.value.open({
    page: async (request, response) => {
      response.statusCode = request.url === '/broken' ? 500 : 404
      response.end('a page')
    },
    rooms: house.sync.handleUpgrade,
    otherUpgrade: (_request, socket) => socket.destroy(),
    readiness: { database: async () => true, migrations: async () => true, rooms: () => true },
    metrics,
  })
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    await house.close()
    await door.value.close(0)
  }
  onTestFinished(close)

  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false })
    sent.end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += chunk
    return { status: response.statusCode ?? 0, headers: response.headers, text }
  }
  const scrape = async () => {
    const { text } = await ask('/metrics', { authorization: `Bearer ${operatorToken(SECRET)}` })
    const families = readExposition(text)
    /** @returns null where there is no such series */
    const value = (series: string, labels: Record<string, string> = {}): number | null => {
      const all = [...families.values()].flatMap((family) => family.series)
      const found = all.filter(
        (one) =>
          one.name === series &&
          Object.entries(labels).every(([label, content]) => one.labels[label] === content),
      )
      return found.length === 0 ? null : found.reduce((sum, one) => sum + one.value, 0)
    }
    return { text, families, value }
  }
  return { ...house, url: `ws://127.0.0.1:${port}/collab`, port, ask, scrape, close }
}
