import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import next from 'next'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { firstRunBox } from './announce.ts'
import { type Config, informNextAuth } from './config.ts'
import { isMigrated, migrate, NewerDatabaseError } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { createEvents } from './events/postgres.ts'
import { type Door, type Household, takeDoor } from './http/door.ts'
import { refuseUpgrade } from './http/refuse.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics } from './metrics/metrics.ts'
import { readSecret } from './secret.ts'
import { buildServices, publishServices, type Services } from './services.ts'
import { openBus } from './sync/nodes/open-bus.ts'

/** Milliseconds in which a stop ends, whatever hangs; what is committed is safe by then anyway. */
const STOP_WITHIN = 9500
/** Milliseconds that requests under way may take while we stop. */
const REQUESTS_WITHIN = 3000
/** npm passes on the Ctrl+C that the terminal has sent us already: only a later one is a second one. */
const SAME_SIGNAL_WITHIN = 1000

/** What was opened so far, to be closed in the opposite order. */
type Opened = { readonly what: string; close(): Promise<unknown> }[]

/** Serves until a signal. @param print where the operator reads. Ends the process itself. */
export async function main(config: Config, print: (text: string) => void): Promise<void> {
  const log = createLog(config)
  const opened: Opened = []
  const leave = leaver(opened, log)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave(0))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a fault that nothing caught: stopping')
    leave(1)
  })
  // A promise that nobody awaited means that one task failed, in a library more often than not. Everything
  // else holds: the newsroom is not put out on the street for it.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a task failed unheard'))
  const lost = (sentence: string) => {
    print(sentence)
    leave(1)
  }
  const started = await start(config, log, opened, lost)
  if (!started.ok) return lost(started.error)
  const { services } = started.value
  const { origin } = services.config.publicUrl
  if (!(await services.newsroom.isSetUp()))
    print(firstRunBox(`${origin}/setup`, services.newsroom.setUpCode()))
  print(`Pupitre is ready at ${origin}`)
}

async function start(
  given: Config,
  log: Logger,
  opened: Opened,
  onLost: (sentence: string) => void,
): Promise<Result<{ readonly services: Services }, string>> {
  const door = await takeDoor(given, log)
  if (!door.ok) return door
  const { config } = door.value
  const secret = await readSecret(config)
  if (!secret.ok) return secret
  informNextAuth(config, secret.value)
  // Next loads while PostgreSQL starts; without a database it is of no use, and the process ends.
  const preparing = preparePages(config)
  preparing.catch(() => {}) // Heard below, where it is awaited.

  const open = await openDatabase({ config, log, claim: true, onLost })
  if (!open.ok) return open
  opened.push({ what: 'database', close: open.value.stop })
  const { database } = open.value
  try {
    await migrate(database)
  } catch (error) {
    if (error instanceof NewerDatabaseError) return fail(error.message)
    throw error
  }
  const events = await createEvents({ database, log })
  opened.push({ what: 'events', close: events.close })
  const metrics = createMetrics(config.metricsToken, secret.value)
  const bus = await openBus({ config, database, secret: secret.value, log })
  const services = await buildServices({ config, log, database, events, secret: secret.value, metrics, bus })
  publishServices(services)

  const pages = await preparing
  opened.push({ what: 'pages', close: pages.close })
  door.value.open({ ...pages, rooms: services.sync.handleUpgrade, readiness: readinessOf(services), metrics })
  opened.push({ what: 'rooms and door', close: () => closeHouse(door.value, services) })
  return ok({ services })
}

/** Readiness says no at once. New connections first: then rooms flush, tell their people to come back, and requests under way end. */
async function closeHouse(door: Door, services: Services): Promise<void> {
  services.retire()
  const closing = door.close(services.config.dev ? 0 : REQUESTS_WITHIN)
  await services.close()
  await closing
}

type Pages = Pick<Household, 'page' | 'otherUpgrade'> & { close(): Promise<void> }

async function preparePages(config: Config): Promise<Pages> {
  // Next adds an upgrade listener to the server it is given, and would end the sockets of the rooms. It gets
  // one that never listens, and from it only the upgrades that are its own.
  const decoy = createServer()
  const { dev, host, port } = config
  const app = next({
    dev,
    dir: join(import.meta.dirname, '..'),
    hostname: host,
    port,
    httpServer: decoy,
    quiet: true,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    page: (request, response) => handle(request, response),
    otherUpgrade: (request, socket, head) => {
      // Only hot reload upgrades anything: built, Next answers nothing and holds the connection for ever.
      if (!dev) refuseUpgrade(socket, 404)
      else if (!decoy.emit('upgrade', request, socket, head)) socket.destroy()
    },
    close: () => app.close(),
  }
}

function readinessOf({ database, sync }: Services): Household['readiness'] {
  let migrated = false
  return {
    database: () => database.pool.query('select 1').then(() => true),
    migrations: async () => {
      migrated ||= await isMigrated(database)
      return migrated
    },
    rooms: () => sync.ready(),
  }
}

/** @returns the way out: closes everything and ends the process; called again, it ends it at once. */
function leaver(opened: Opened, log: Logger): (code: number) => void {
  let since: number | null = null
  return (code) => {
    if (since !== null) {
      if (performance.now() - since > SAME_SIGNAL_WITHIN) process.exit(1)
      return
    }
    since = performance.now()
    const deadline = delay(STOP_WITHIN, 'late' as const, { ref: false })
    void Promise.race([closeAll(opened, log), deadline]).then((outcome) => {
      if (outcome === 'late') log.error('stopping took too long; the rest is cut off')
      process.exit(outcome === 'late' ? 1 : code)
    })
  }
}

async function closeAll(opened: Opened, log: Logger): Promise<void> {
  for (const { what, close } of opened.toReversed()) {
    await close().catch((error: unknown) => log.error({ err: error, what }, 'could not be closed in order'))
  }
}
