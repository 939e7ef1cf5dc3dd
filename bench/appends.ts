/**
 * What one batch of the update log costs Node and PostgreSQL: `npm run bench:appends`; with
 * `-- --against=<folder of another checkout>` both versions, alternating. See bench/README.md.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import * as Y from 'yjs'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { connect } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { createLog } from '#server/log.ts'
import { DEFAULT_LIMITS } from '#server/sync/limits.ts'
import { GroupCommit } from '#server/sync/log/group-commit.ts'
import type { LogEntry, UpdateLog } from '#server/sync/log/update-log.ts'
import { figure, median, percentile, row } from './statistics.ts'

const DOCUMENTS = 500
/** Updates in a batch. */
const SIZES = [1, 2, 4, 12, 40, 200]
const ROUNDS = 5
/** Updates a round, but not more batches than this. */
const UPDATES = 4000
const BATCHES = 400
/** Milliseconds between the beginnings of batches, and updates a second. */
const WINDOWS = [0, 2, 3, 5]
const RATES = [50, 1200, 4500]
const SECONDS = 3

type Contender = {
  readonly name: string
  readonly log: UpdateLog
  readonly backends: () => Promise<number[]>
}
/** Milliseconds a batch. */
type Cost = { readonly node: number; readonly postgres: number; readonly wall: number }

/** CPU as a percentage of one core; milliseconds from an update's arrival to the news of its commit. */
type Typing = {
  readonly node: number
  readonly postgres: number
  readonly commits: number
  readonly p50: number
  readonly p99: number
}

const silent = createLog({ logLevel: 'silent' })
const AUTHOR = randomUUID() as VolunteerId
const NAMES = Array.from({ length: DOCUMENTS }, () => draftDocument(randomUUID() as DraftId))

/** A database of its own, with the migrations and the update log of the checkout in `folder`. */
async function open(name: string, folder: string, url: string, superuser: string): Promise<Contender> {
  const admin = new pg.Client({ connectionString: superuser })
  await admin.connect()
  await admin.query(`create database ${name} owner pupitre`)
  await admin.end()
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = connect(own.href)
  const { migrate } = await import(join(folder, 'server/db/migrate.ts'))
  const { createPostgresUpdateLog } = await import(join(folder, 'server/sync/log/postgres-update-log.ts'))
  const { createAppendPool } = await import(join(folder, 'server/sync/log/append-pool.ts'))
  await migrate(database)
  await database.pool.query(
    `insert into volunteers (id, email, name, color, locale, role, password_hash)
     values ($1, 'banc@example.org', 'Banc', '#335577', 'fr', 'editor', 'none')`,
    [AUTHOR],
  )
  await database.pool.query('insert into documents (name, schema_version) select unnest($1::text[]), 1', [
    NAMES,
  ])
  const appends: pg.Pool = createAppendPool(own.href)
  const backends = async () => {
    const { rows } = await appends.query<{ pid: number }>('select pg_backend_pid() as pid')
    return rows.map(({ pid }) => pid)
  }
  return { name, log: createPostgresUpdateLog(appends, database.pool), backends }
}

/** CPU milliseconds of one process, which `/proc/…/stat` counts in ticks of ten. Linux only. */
function cpuOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}

/** Single letters of writers whom the log knows already, as most are; each document once in a batch where there are enough. */
function batchesOf(size: number): readonly (readonly LogEntry[])[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const count = Math.min(BATCHES, Math.ceil(UPDATES / size))
  for (let at = 0; at < 100; at += 1) doc.getText('body').insert(at, 'a')
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: size }, (_, at) => ({
      document: NAMES[(batch * size + at * 7) % DOCUMENTS] ?? NAMES[0],
      data: updates[at % updates.length] ?? Uint8Array.of(0, 0),
      author: AUTHOR,
      clients: [],
      suggestions: [],
    })).flatMap(({ document, ...entry }) => (document ? [{ document, ...entry }] : [])),
  )
}

async function measure({ log, backends }: Contender, size: number): Promise<Cost> {
  const batches = batchesOf(size)
  const [pid = 0] = await backends()
  const [node, postgres, begun] = [process.cpuUsage(), cpuOf(pid), performance.now()]
  for (const batch of batches) await log.append(batch)
  const { user, system } = process.cpuUsage(node)
  return {
    node: (user + system) / 1000 / batches.length,
    postgres: (cpuOf(pid) - postgres) / batches.length,
    wall: (performance.now() - begun) / batches.length,
  }
}

/** What single letters of many writers cost a second where batches begin `gather` milliseconds apart. */
async function type({ log, backends }: Contender, gather: number, rate: number): Promise<Typing> {
  const [pid = 0] = await backends()
  let commits = 0
  const counted: Pick<UpdateLog, 'append'> = {
    append(entries) {
      commits += 1
      return log.append(entries)
    },
  }
  const appender = new GroupCommit(counted, { ...DEFAULT_LIMITS, gather }, silent)
  const entries = batchesOf(1).flat()
  const waits: number[] = []
  const committed: Promise<void>[] = []
  const write = (entry: LogEntry) => {
    const queued = performance.now()
    const { promise, resolve: settle } = Promise.withResolvers<void>()
    committed.push(promise)
    const end = () => {
      waits.push(performance.now() - queued)
      settle()
    }
    appender.enqueue(entry, { committed: end, gone: end })
  }
  const [node, postgres, begun] = [process.cpuUsage(), cpuOf(pid), performance.now()]
  for (let written = 0; performance.now() < begun + SECONDS * 1000; ) {
    await new Promise((wake) => setTimeout(wake, 1))
    for (const due = ((performance.now() - begun) * rate) / 1000; written < due; written += 1) {
      const entry = entries[written % entries.length]
      if (entry) write(entry)
    }
  }
  await Promise.all(committed)
  const { user, system } = process.cpuUsage(node)
  return {
    node: (user + system) / 1e4 / SECONDS,
    postgres: (cpuOf(pid) - postgres) / 10 / SECONDS,
    commits: commits / SECONDS,
    p50: percentile(waits, 0.5),
    p99: percentile(waits, 0.99),
  }
}

async function compareGathering(contender: Contender): Promise<void> {
  console.log(
    `\nupdates for ${DOCUMENTS} documents, medians of ${ROUNDS} alternating rounds of ${SECONDS} s\n`,
  )
  console.log(
    row(['updates/s', 'gather ms', 'commits/s', 'Node CPU %', 'PostgreSQL CPU %', 'p50 ms', 'p99 ms']),
  )
  console.log(row(['--:', '--:', '--:', '--:', '--:', '--:', '--:']))
  for (const rate of RATES) {
    const runs = WINDOWS.map((): Typing[] => [])
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [index, gather] of WINDOWS.entries()) runs[index]?.push(await type(contender, gather, rate))
    for (const [index, gather] of WINDOWS.entries()) {
      const of = (pick: (typing: Typing) => number) => figure(median((runs[index] ?? []).map(pick)))
      const load = [of((t) => t.commits), of((t) => t.node), of((t) => t.postgres)]
      console.log(row([String(rate), String(gather), ...load, of((t) => t.p50), of((t) => t.p99)]))
    }
  }
}

const other = /^--against=(.+)$/.exec(process.argv.find((word) => word.startsWith('--against=')) ?? '')?.[1]
const dataFolder = await mkdtemp(join(tmpdir(), 'pupitre-appends-'))
const embedded = await startEmbedded({ dataFolder, log: silent })
if (!embedded.ok) throw new Error(embedded.error)
try {
  const superuser = new URL(embedded.value.url)
  superuser.username = 'postgres'
  const folders = [resolve(import.meta.dirname, '..'), ...(other ? [resolve(other)] : [])]
  const contenders = await Promise.all(
    folders.map((folder, index) =>
      open(index === 0 ? 'this' : 'against', folder, embedded.value.url, superuser.href),
    ),
  )
  console.log(
    `\n${cpus().length} cores, Node ${process.version}, medians of ${ROUNDS} alternating rounds, ms a batch\n`,
  )
  console.log(row(['updates a batch', 'version', 'Node CPU', 'PostgreSQL CPU', 'until committed']))
  console.log(row(['--:', '---', '--:', '--:', '--:']))
  for (const size of SIZES) {
    const costs = contenders.map((): Cost[] => [])
    // One round that does not count: plans are made, caches filled.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [index, contender] of contenders.entries()) {
        const cost = await measure(contender, size)
        if (round > 0) costs[index]?.push(cost)
      }
    }
    for (const [index, { name }] of contenders.entries()) {
      const of = (pick: (cost: Cost) => number) => figure(median((costs[index] ?? []).map(pick)))
      console.log(row([String(size), name, of((c) => c.node), of((c) => c.postgres), of((c) => c.wall)]))
    }
  }
  const [ours] = contenders
  if (ours) await compareGathering(ours)
} finally {
  await embedded.value.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
process.exit()
