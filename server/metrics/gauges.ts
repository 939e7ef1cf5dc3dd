import { statfs } from 'node:fs/promises'
import { Gauge, type Registry } from 'prom-client'
import type { SyncGauges } from '#server/sync/meters.ts'

type Connections = { readonly total: number; readonly idle: number; readonly waiting: number }
type Pool = { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }

/** What is asked when somebody scrapes, and costs nothing in between. */
export type Sources = {
  readonly sync: () => SyncGauges
  readonly pool: Pool
  readonly ping: () => Promise<unknown>
  /** Null where no mail server is set. */
  readonly mail: (() => Promise<{ readonly waiting: number; readonly failing: number }>) | null
  readonly dataFolder: string
}

/** Milliseconds for what a scrape asks of others: one that waits for a dead database tells nobody that it is dead. */
const PATIENCE = 1000

/** @returns null where `ask` fails, or does not answer in time */
async function inTime<T>(ask: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE)
  })
  return Promise.race([ask().catch(() => null), late]).finally(() => clearTimeout(timer))
}

type Set = (value: number, labels?: Readonly<Record<string, string>>) => void

/** @returns a function that reads everything anew; what cannot be read is left out rather than told as it was. */
export function createGauges(registry: Registry, sources: Sources): () => Promise<void> {
  const gauges: { readonly made: Gauge; readonly plain: boolean }[] = []
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Set => {
    const made = new Gauge({ name, help, labelNames, registers: [registry] })
    gauges.push({ made, plain: labelNames.length === 0 })
    return (value, labels = {}) => made.set(labels, value)
  }
  const tellRooms = roomGauges(gauge)
  const tellTraffic = trafficGauges(gauge)
  const tellOthers = othersGauges(gauge, sources)
  return async () => {
    const others = await othersNow(sources)
    for (const { made, plain } of gauges) {
      made.reset()
      // Without labels, what was reset would be told as 0.
      if (plain) made.remove()
    }
    const sync = sources.sync()
    tellRooms(sync)
    tellTraffic(sync)
    tellOthers(others, sync.appendConnections)
  }
}

type MakeGauge = (name: string, help: string, labelNames?: readonly string[]) => Set

function roomGauges(gauge: MakeGauge) {
  const rooms = gauge('pupitre_rooms', 'Documents in memory.', ['kind', 'phase'])
  const behind = gauge(
    'pupitre_rooms_behind',
    'Rooms that show text which is not committed: «not saved yet».',
  )
  const sockets = gauge('pupitre_sockets', 'Open sockets: of documents, to write or to read, and of pages.', [
    'kind',
  ])
  const people = gauge(
    'pupitre_people',
    'Volunteers, however many tabs: connected, and writing (last 30 s).',
    ['state'],
  )
  const lag = gauge('pupitre_projection_behind_seconds', 'Age of the oldest change that no row says yet.')
  return (sync: SyncGauges) => {
    for (const { kind, phase, count } of sync.rooms) rooms(count, { kind, phase })
    behind(sync.roomsBehind)
    for (const { kind, count } of sync.sockets) sockets(count, { kind })
    people(sync.people.connected, { state: 'connected' })
    people(sync.people.writing, { state: 'writing' })
    lag(sync.projectionLag / 1000)
  }
}

function trafficGauges(gauge: MakeGauge) {
  const updates = gauge('pupitre_waiting_updates', 'Updates on their way to the log.')
  const bytes = gauge('pupitre_waiting_bytes', 'Bytes of the updates on their way to the log.')
  const most = gauge('pupitre_outgoing_buffer_max_bytes', 'What waits for the slowest socket.')
  const all = gauge('pupitre_outgoing_buffer_bytes', 'What waits for all sockets together.')
  const bus = gauge('pupitre_bus_connected', 'Whether the other processes are heard; absent where it is one.')
  return (sync: SyncGauges) => {
    updates(sync.waiting.updates)
    bytes(sync.waiting.bytes)
    most(sync.outgoing.most)
    all(sync.outgoing.all)
    if (sync.bus) bus(sync.bus.connected ? 1 : 0)
  }
}

async function othersNow({ ping, mail, dataFolder }: Sources) {
  const before = performance.now()
  const [answered, queue, disk] = await Promise.all([
    inTime(async () => {
      await ping()
      return performance.now() - before
    }),
    mail && inTime(mail),
    inTime(() => statfs(dataFolder)),
  ])
  return { answered, queue, disk }
}

function othersGauges(gauge: MakeGauge, { pool }: Sources) {
  const up = gauge('pupitre_postgres_up', 'Whether PostgreSQL answers.')
  const ping = gauge('pupitre_postgres_ping_seconds', 'How long PostgreSQL took to answer «select 1».')
  const connections = gauge('pupitre_postgres_connections', 'Connections to PostgreSQL.', ['pool', 'state'])
  const queue = gauge('pupitre_postgres_queries_waiting', 'Queries that wait for a connection.', ['pool'])
  const mail = gauge('pupitre_mail_waiting', 'Notices to be e-mailed; failing: tried in vain so far.', [
    'state',
  ])
  const free = gauge('pupitre_data_free_bytes', 'Free space of the disk that the data folder is on.')
  const tellPool = (name: string, { total, idle, waiting }: Connections) => {
    connections(total - idle, { pool: name, state: 'busy' })
    connections(idle, { pool: name, state: 'idle' })
    queue(waiting, { pool: name })
  }
  return (others: Awaited<ReturnType<typeof othersNow>>, appends: Connections) => {
    up(others.answered === null ? 0 : 1)
    if (others.answered !== null) ping(others.answered / 1000)
    tellPool('pages', { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount })
    tellPool('appends', appends)
    if (others.queue) {
      mail(others.queue.waiting, { state: 'waiting' })
      mail(others.queue.failing, { state: 'failing' })
    }
    if (others.disk) free(others.disk.bavail * others.disk.bsize)
  }
}
