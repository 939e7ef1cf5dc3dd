import { read, readBy, type Scrape, type Times, timesBetween } from './exposition.ts'

/** How often something happened while it was watched, and since the process started. */
type Happened = { readonly now: number; readonly ever: number }

/** What two scrapes say of the time between them. Times in seconds, sizes in bytes. */
export type Figures = {
  readonly version: string
  readonly watched: number
  readonly uptime: number
  readonly connected: number
  readonly writing: number
  readonly rooms: number
  readonly updates: number
  readonly durable: Times | null
  readonly shown: Times | null
  readonly appendFailures: Happened
  readonly overtaken: Happened
  /** Rooms that were not saved at both ends: then it is no moment. */
  readonly roomsBehind: number
  readonly waiting: number
  readonly rowsBehind: number
  readonly closes: ReadonlyMap<string, Happened>
  readonly memory: number
  readonly heap: { readonly used: number; readonly limit: number }
  /** Of one core. */
  readonly cpu: number
  readonly lag: Times | null
  readonly requests: number
  readonly failedRequests: Happened
  readonly postgres: { readonly up: boolean; readonly ping: number; readonly queued: number }
  /** Null where the newsroom is one process. */
  readonly bus: { readonly connected: boolean; readonly gaps: Happened } | null
  /** Null where no mail server is set. */
  readonly mail: { readonly waiting: number; readonly failing: number } | null
  readonly free: number | null
}

/** @param watched seconds between the two. A process that started anew in between counts from 0. */
export function compare(earlier: Scrape, after: Scrape, watched: number): Figures {
  const started = read(after, 'process_start_time_seconds') ?? 0
  const before = started === read(earlier, 'process_start_time_seconds') ? earlier : new Map()
  const now = (name: string, labels?: Record<string, string>) => read(after, name, labels) ?? 0
  const happened = (name: string, labels?: Record<string, string>): Happened => {
    const ever = now(name, labels)
    return { now: Math.max(0, ever - (read(before, name, labels) ?? 0)), ever }
  }
  const behind = [before, after].map((scrape) => read(scrape, 'pupitre_rooms_behind') ?? 0)
  return {
    version: after.get('pupitre_build_info')?.[0]?.labels.version ?? '?',
    watched,
    uptime: Math.max(0, Date.now() / 1000 - started),
    connected: now('pupitre_people', { state: 'connected' }),
    writing: now('pupitre_people', { state: 'writing' }),
    rooms: now('pupitre_rooms'),
    updates: happened('pupitre_updates_received_total').now / watched,
    durable: timesBetween(before, after, 'pupitre_durable_seconds'),
    shown: timesBetween(before, after, 'pupitre_update_show_seconds'),
    appendFailures: happened('pupitre_append_failures_total'),
    overtaken: happened('pupitre_updates_overtaken_total'),
    roomsBehind: Math.min(...behind),
    waiting: now('pupitre_waiting_updates'),
    rowsBehind: now('pupitre_projection_behind_seconds'),
    closes: closesBetween(before, after),
    ...processBetween(before, after, watched),
    requests: happened('pupitre_http_request_duration_seconds_count').now / watched,
    failedRequests: happened('pupitre_http_request_duration_seconds_count', { status: '5xx' }),
    postgres: {
      up: now('pupitre_postgres_up') === 1,
      ping: now('pupitre_postgres_ping_seconds'),
      queued: now('pupitre_postgres_queries_waiting'),
    },
    bus: after.has('pupitre_bus_connected')
      ? { connected: now('pupitre_bus_connected') === 1, gaps: happened('pupitre_bus_gaps_total') }
      : null,
    mail: after.has('pupitre_mail_waiting')
      ? {
          waiting: now('pupitre_mail_waiting', { state: 'waiting' }),
          failing: now('pupitre_mail_waiting', { state: 'failing' }),
        }
      : null,
    free: read(after, 'pupitre_data_free_bytes'),
  }
}

function processBetween(before: Scrape, after: Scrape, watched: number) {
  const now = (name: string) => read(after, name) ?? 0
  const busy = now('process_cpu_seconds_total') - (read(before, 'process_cpu_seconds_total') ?? 0)
  return {
    memory: now('process_resident_memory_bytes'),
    heap: { used: now('nodejs_heap_size_used_bytes'), limit: now('pupitre_heap_limit_bytes') },
    cpu: busy / watched,
    lag: timesBetween(before, after, 'pupitre_event_loop_lag_seconds'),
  }
}

function closesBetween(before: Scrape, after: Scrape): Figures['closes'] {
  const earlier = readBy(before, 'pupitre_socket_closes_total', 'code')
  const closes = [...readBy(after, 'pupitre_socket_closes_total', 'code')]
  return new Map(
    closes.map(([code, ever]) => [code, { now: Math.max(0, ever - (earlier.get(code) ?? 0)), ever }]),
  )
}
