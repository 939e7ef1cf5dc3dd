import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '#lib/domain/permissions.ts'
import { connect } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { createSync } from '#server/sync/sync.ts'

/**
 * A process that holds nothing but rooms, to be killed: `node sync-client-process.ts <database> <people> <limits>`.
 * People are named by a `who=<volunteer id>` cookie. It starts when it is told to, by any line on its
 * standard input, and says its port once it listens.
 */
const [url = '', people = '[]', limits = '{}'] = process.argv.slice(2)
const actors = new Map((JSON.parse(people) as Actor[]).map((actor) => [actor.volunteerId as string, actor]))
await once(process.stdin, 'data')
const database = connect(url)
const sync = await createSync({
  database,
  log: createLog({ logLevel: 'error' }),
  events: { publish: async () => {}, subscribe: () => () => {}, onGap: () => () => {} },
  authenticate: async (cookie) => actors.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
  authorise: async () => 'write',
  project: async ({ name, seq }) => {
    await database.pool.query(
      'update documents set projected_seq = greatest(projected_seq, $2) where name = $1',
      [name, seq],
    )
  },
  summaryOf: async () => null,
  origins: [],
  // Small enough that rooms compact, close and open again between two deaths.
  limits: {
    idleAfter: 20,
    compactClosing: 10,
    compactOpen: 40,
    projectAfter: 5,
    ...(JSON.parse(limits) as Partial<SyncLimits>),
  },
})
const http = createServer()
http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
