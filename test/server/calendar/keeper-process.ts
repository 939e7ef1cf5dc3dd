import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '#lib/domain/permissions.ts'
import { createKeeper } from '#server/calendar/keeper.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import { connect } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import { createSync } from '#server/sync/sync.ts'

/**
 * A process that holds the rooms of the calendar and archives its past, to be killed: `node keeper-process.ts
 * <database> <people> <now>`. It starts with any line on its standard input, says its port once it listens, and
 * begins to archive with the next line.
 */
const [url = '', people = '[]', now = ''] = process.argv.slice(2)
const actors = new Map((JSON.parse(people) as Actor[]).map((actor) => [actor.volunteerId as string, actor]))
await once(process.stdin, 'data')
const database = connect(url)
const log = createLog({ logLevel: 'error' })
const port = calendarRoomPort({ database, events: { publish: async () => {} } })
const sync = await createSync({
  database,
  log,
  events: { publish: async () => {}, subscribe: () => () => {}, onGap: () => () => {} },
  authenticate: async (cookie) => actors.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
  authorise: async () => 'write',
  project: async (projection) => {
    if (projection.kind === 'calendar') await port.project(projection)
  },
  summaryOf: async () => null,
  origins: [],
  limits: { projectAfter: 3, projectAtLatest: 10, idleAfter: 20, compactClosing: 10, compactOpen: 20 },
})
const keeper = createKeeper({ orm: database.orm, hold: sync.hold, log, now: () => new Date(now) })
port.onProjected(keeper.heard)
const http = createServer()
http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
await once(process.stdin, 'data')
keeper.start()
