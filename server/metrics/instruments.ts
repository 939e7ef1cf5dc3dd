import { Counter, Histogram, type Registry } from 'prom-client'
import type { Compaction } from '#server/sync/log/update-log.ts'
import type { Meters, Refusal } from '#server/sync/meters.ts'
import { QuickHistogram } from './quick-histogram.ts'

/** Upper bounds in seconds, closest where a p99 is judged: 5, 25 and 100 ms, and the 250 ms of R4. */
const QUICK = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
/** The same for work that may take longer than anybody should notice. */
const SLOW = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** Updates of one batch; 2000 is what one takes at most. */
const BATCH = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]

const REFUSALS: readonly Refusal[] = [
  'malformed',
  'refused',
  'incomplete',
  'readOnly',
  'notSaving',
  'tooFast',
]
const COMPACTIONS: readonly (Compaction | 'failed')[] = ['done', 'nothing', 'pending', 'busy', 'failed']
const LOADS = ['done', 'missing', 'failed'] as const
const OUTCOMES = ['done', 'failed'] as const

const seconds = (milliseconds: number) => milliseconds / 1000

/** What is added up between two scrapes as plain numbers: a counter of the library costs 18 ns, a field none. */
type Tally = ReturnType<typeof noTally>
const noTally = () => ({
  framesIn: 0,
  bytesIn: 0,
  framesOut: 0,
  bytesOut: 0,
  updatesIn: 0,
  updateBytesIn: 0,
  updatesOut: 0,
  overtaken: 0,
  appended: 0,
  appendFailures: 0,
  busIn: 0,
  busOut: 0,
  busGaps: 0,
  rowsRead: 0,
})

const TALLIED: { readonly [K in keyof Tally]: readonly [name: string, help: string] } = {
  framesIn: ['pupitre_frames_received_total', 'Frames read from sockets of documents.'],
  bytesIn: ['pupitre_received_bytes_total', 'Bytes of the frames read from sockets of documents.'],
  framesOut: ['pupitre_frames_sent_total', 'Frames put into outgoing buffers of sockets.'],
  bytesOut: ['pupitre_sent_bytes_total', 'Bytes put into outgoing buffers of sockets.'],
  updatesIn: ['pupitre_updates_received_total', 'Updates of documents that were accepted from sockets.'],
  updateBytesIn: ['pupitre_updates_received_bytes_total', 'Bytes of the accepted updates.'],
  updatesOut: ['pupitre_updates_delivered_total', 'Updates times the sockets that they were sent to.'],
  overtaken: [
    'pupitre_updates_overtaken_total',
    'Updates that were shown before their commit, because that took longer than 250 ms.',
  ],
  appended: ['pupitre_updates_committed_total', 'Updates that are in PostgreSQL, flushed to disk.'],
  appendFailures: [
    'pupitre_append_failures_total',
    'Batches that could not be committed; they are tried again.',
  ],
  busIn: ['pupitre_bus_updates_received_total', 'Updates that other processes committed and told us.'],
  busOut: ['pupitre_bus_updates_sent_total', 'Updates that we committed and told the other processes.'],
  busGaps: ['pupitre_bus_gaps_total', 'Times at which something other processes said may have been missed.'],
  rowsRead: [
    'pupitre_bus_rows_read_total',
    'Rows read from the log because another process wrote them and we had not heard.',
  ],
}

/** Counts by one label whose values are all known; each is there from the start, so that none is born as 1. */
function counted<Value extends string>(
  registry: Registry,
  [name, help]: readonly [string, string],
  label: string,
  values: readonly Value[],
): (value: Value) => void {
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] })
  for (const value of values) counter.inc({ [label]: value }, 0)
  return (value) => counter.inc({ [label]: value })
}

function timed<Value extends string>(
  registry: Registry,
  [name, help]: readonly [string, string],
  values: readonly Value[],
): (value: Value, took: number) => void {
  const labelNames = ['outcome']
  const histogram = new Histogram({ name, help, labelNames, buckets: SLOW, registers: [registry] })
  for (const outcome of values) histogram.zero({ outcome })
  return (outcome, took) => histogram.observe({ outcome }, seconds(took))
}

function quick(registry: Registry, name: string, help: string): (took: number) => void {
  const histogram = new QuickHistogram({ name, help, buckets: QUICK }, registry)
  return (took) => histogram.add(seconds(took))
}

/** The counters of the sync core in `registry`. @param closes all names that a close may have */
export function createMeters(registry: Registry, closes: readonly string[]): Meters {
  const tally = tallyIn(registry)
  const help = 'Updates that one commit held.'
  const batch = new QuickHistogram({ name: 'pupitre_append_batch_updates', help, buckets: BATCH }, registry)
  const append = quick(registry, 'pupitre_append_duration_seconds', 'Time that the commit of a batch took.')
  const closed = counted(
    registry,
    ['pupitre_socket_closes_total', 'Closed sockets, by the name of the close code.'],
    'code',
    closes,
  )
  return {
    frameIn(bytes) {
      tally.framesIn += 1
      tally.bytesIn += bytes
    },
    frameOut(bytes) {
      tally.framesOut += 1
      tally.bytesOut += bytes
    },
    updateIn(bytes) {
      tally.updatesIn += 1
      tally.updateBytesIn += bytes
    },
    updatesOut(deliveries) {
      tally.updatesOut += deliveries
    },
    overtaken(updates) {
      tally.overtaken += updates
    },
    appended(updates, took) {
      tally.appended += updates
      batch.add(updates)
      append(took)
    },
    appendFailed() {
      tally.appendFailures += 1
    },
    busIn(updates) {
      tally.busIn += updates
    },
    busOut(updates) {
      tally.busOut += updates
    },
    busGap() {
      tally.busGaps += 1
    },
    rowsRead(rows) {
      tally.rowsRead += rows
    },
    closed: (name) => closed(closes.includes(name) ? name : 'other'),
    ...timesIn(registry),
  }
}

const timesIn = (registry: Registry) => ({
  refused: counted(
    registry,
    ['pupitre_frames_refused_total', 'Frames of sockets that were not taken, by why.'],
    'why',
    REFUSALS,
  ),
  shown: quick(
    registry,
    'pupitre_update_show_seconds',
    'From the arrival of an update to the moment at which others were sent it.',
  ),
  durable: quick(
    registry,
    'pupitre_durable_seconds',
    'From the arrival of a barrier to its durable: what a page waits for to say «saved».',
  ),
  compacted: timed(
    registry,
    ['pupitre_compaction_duration_seconds', 'Time that compacting the log of a document took.'],
    COMPACTIONS,
  ),
  loaded: timed(
    registry,
    ['pupitre_load_duration_seconds', 'Time that reading a document into memory took.'],
    LOADS,
  ),
  derived: timed(
    registry,
    ['pupitre_projection_lag_seconds', 'From a change of a document to the rows that say it.'],
    OUTCOMES,
  ),
})

function tallyIn(registry: Registry): Tally {
  const tally = noTally()
  for (const [key, [name, help]] of Object.entries(TALLIED) as [keyof Tally, readonly [string, string]][]) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(tally[key])
      },
    })
  }
  return tally
}
