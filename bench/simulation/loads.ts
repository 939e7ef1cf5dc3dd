import type { Costs } from './costs.ts'
import type { Day, MACHINES } from './day.ts'
import type { Traffic } from './traffic.ts'

/** A resource at the peak, as a share of what there is of it: 1 is all. */
export type Load = {
  readonly resource: string
  readonly used: number
  readonly limit: number
  readonly unit: string
  /** What helps when it is the first to end. */
  readonly remedy: string
}

/** With the lists that every page keeps up to date, or only what happens in drafts. */
export type Scope = 'all' | 'drafts'

export const shareOf = ({ used, limit }: Load): number => used / limit

/** The one that ends first. */
export const firstLimit = (loads: readonly Load[]): Load | undefined =>
  loads.toSorted((a, b) => shareOf(b) - shareOf(a))[0]

/** How many sockets of such a day there is room for, to a hundredth. @param loads at so many sockets */
export function mostSockets(loads: (sockets: number) => readonly Load[]): number {
  const fits = (sockets: number) => loads(sockets).every((load) => shareOf(load) <= 1)
  let [good, bad] = [0, 4_000_000]
  while (bad - good > Math.max(10, good / 100)) {
    const middle = Math.round((good + bad) / 2)
    if (fits(middle)) good = middle
    else bad = middle
  }
  return good
}

/** Rows are derived every so many seconds while somebody writes (`projectAtLatest`); heads are asked for (R13). */
const DERIVED_EVERY = 2
const HEADS_EVERY = 5
/** Connections of a process: pages, appends, and one that listens. */
const CONNECTIONS = { pages: 10, appends: 2, listens: 1 } as const
/** What a process has open besides sockets. */
const OWN_DESCRIPTORS = 100

type Parts = {
  readonly nodes: number
  readonly day: Day
  readonly costs: Costs
  readonly machines: typeof MACHINES
  readonly traffic: Traffic
  readonly scope: Scope
}

/** Every resource, in the order of the table. */
export function loadsOf(parts: Parts): readonly Load[] {
  const { nodes, day, machines: have } = parts
  const rates = ratesOf(parts)
  return [
    {
      resource: 'CPU of a process (one event loop)',
      used: nodeMilliseconds(parts, rates) / 1000,
      limit: have.nodeCpu,
      unit: 'cores',
      remedy: 'more processes; for news of lists fewer pages a newsroom, for they do not divide',
    },
    {
      resource: 'memory of a process',
      used: nodeBytes(parts),
      limit: have.nodeMemory,
      unit: 'B',
      remedy: 'more processes, or stickiness by document so that a draft is in one of them',
    },
    {
      resource: 'sockets of a process (file descriptors)',
      used: day.sockets / nodes + OWN_DESCRIPTORS,
      limit: have.fileDescriptors,
      unit: '',
      remedy: 'LimitNOFILE',
    },
    {
      resource: 'network of a process, out',
      used: rates.bytesOut / nodes,
      limit: have.nodeNetwork,
      unit: 'B/s',
      remedy: 'more machines',
    },
    ...postgresLoads(parts, rates),
    {
      resource: 'Valkey: messages in and out',
      used: parts.traffic.published + parts.traffic.heard,
      limit: have.valkeyCommands,
      unit: '/s',
      remedy: 'stickiness by document: what nobody else has open is then sent on to nobody',
    },
    {
      resource: 'Valkey: network',
      used: (parts.traffic.published + parts.traffic.heard) * parts.costs.busBytes.value,
      limit: have.valkeyNetwork,
      unit: 'B/s',
      remedy: 'stickiness by document',
    },
  ]
}

type Rates = ReturnType<typeof ratesOf>

function ratesOf({ nodes, day, costs, traffic, scope }: Parts) {
  const derived = traffic.writtenDrafts / DERIVED_EVERY
  const moved = traffic.peopleInDrafts * day.movesPerSecond
  const listed = scope === 'all'
  /** Every page hears of every draft that changed, and of everybody who comes and goes. */
  const news = listed ? traffic.pages * (derived + moved) : 0
  /** Every process looks every changed draft up, for its own pages. */
  const lookups = listed ? nodes * derived : 0
  /** Who opens a page is told where everybody is. */
  const greetings = listed ? (moved / 2) * traffic.peopleInDrafts * costs.personBytes.value : 0
  const bytesOut = traffic.deliveries * costs.frameBytes.value + news * costs.newsBytes.value + greetings
  return { derived, notified: listed ? derived : 0, news, lookups, bytesOut }
}

/** Milliseconds of CPU a second, of one process. */
function nodeMilliseconds({ nodes, costs, traffic }: Parts, { derived, news, lookups }: Rates): number {
  const all =
    traffic.batches * costs.nodePerBatch.value +
    traffic.updates * (costs.nodePerRow.value + costs.nodePerUpdate.value) +
    (traffic.deliveries + news) * costs.nodePerDelivery.value +
    traffic.published * costs.nodePerPublish.value +
    traffic.heard * costs.nodePerHeard.value +
    derived * costs.nodePerProjection.value +
    lookups * costs.nodePerLookup.value
  return all / nodes
}

function nodeBytes({ nodes, day, costs, traffic }: Parts): number {
  const resting = (traffic.rooms - traffic.writtenRooms) * costs.restingBytes.value
  const written = traffic.writtenRooms * costs.writtenBytes.value
  return costs.processBytes.value + (resting + written + day.sockets * costs.socketBytes.value) / nodes
}

function postgresLoads({ nodes, day, costs, machines: have, traffic }: Parts, rates: Rates): readonly Load[] {
  const milliseconds =
    traffic.batches * costs.postgresPerBatch.value +
    traffic.updates * costs.postgresPerRow.value +
    rates.derived * costs.postgresPerProjection.value +
    rates.lookups * costs.postgresPerLookup.value +
    (nodes > 1 ? (traffic.rooms / HEADS_EVERY) * costs.postgresPerHead.value : 0)
  const keysAYear = traffic.updates * 3600 * day.peakHoursADay * day.workingDays
  return [
    {
      resource: 'PostgreSQL: CPU',
      used: milliseconds / 1000,
      limit: have.postgresCores,
      unit: 'cores',
      remedy: 'a larger machine; there is one primary, and it does not divide',
    },
    {
      resource: 'PostgreSQL: commits',
      used: traffic.batches + 2 * rates.derived,
      limit: have.flushesPerSecond,
      unit: '/s',
      remedy: 'a disk that flushes faster; fewer, larger processes gather more into one commit',
    },
    {
      resource: 'PostgreSQL: notifications',
      used: rates.notified,
      limit: have.notificationsPerSecond,
      unit: '/s',
      remedy:
        'several newsrooms in several clusters; in the code: gather news of drafts, or send them over Valkey',
    },
    {
      resource: 'PostgreSQL: log written (WAL)',
      used: traffic.updates * costs.walPerRow.value + rates.derived * costs.walPerProjection.value,
      limit: have.walBytesPerSecond,
      unit: 'B/s',
      remedy: 'a faster disk; in the code: derive rows less often than every 2 s',
    },
    {
      resource: 'PostgreSQL: disk after a year',
      used: day.documents * day.documentOnDisk + keysAYear * day.bytesKeptPerKey,
      limit: have.postgresDisk,
      unit: 'B',
      remedy: 'a larger disk',
    },
    {
      resource: 'PostgreSQL: connections',
      used: nodes * Object.values(CONNECTIONS).reduce((sum, count) => sum + count, 0),
      limit: have.postgresConnections,
      unit: '',
      remedy: 'max_connections; a pooler helps only in session mode, and then not at all',
    },
  ]
}
