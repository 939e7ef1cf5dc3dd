import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#test/support/server.ts'
import type { Writer } from '../client.ts'
import { startProgram } from '../processes.ts'
import type { Contender } from './contender.ts'
import { createMeter } from './meter.ts'

const bench = join(import.meta.dirname, '..')
const ANYBODY: Writer = { id: '0', name: 'Banc', color: '#335577' }

/**
 * Exact versions that work together: left to themselves, the ranges of the server bring a protocol package
 * for another build of Yjs, which throws on every edit and delivers none.
 */
const REFERENCE = {
  dependencies: {
    '@y/websocket-server': '0.1.5',
    '@y/protocols': '1.0.6-1',
    yjs: '14.0.0-16',
    'y-leveldb': '0.2.0',
  },
  // It asks for Yjs 13, and does with this one what it did with that; two of them in one process cannot mix.
  overrides: { 'y-leveldb': { yjs: '14.0.0-16' } },
}

const HOCUSPOCUS = {
  dependencies: {
    '@hocuspocus/server': '4.7.0',
    '@hocuspocus/extension-database': '4.7.0',
    yjs: '13.6.33',
    'y-protocols': '1.0.7',
  },
}

type Package = { readonly dependencies: Readonly<Record<string, string>> }

/** Peers live in folders of their own, because they bring another Yjs, which must not be loaded beside ours. */
function install(folder: string, wanted: Package): string {
  const peers = join(bench, folder)
  const manifest = JSON.stringify({ private: true, type: 'module', ...wanted })
  const complete = Object.keys(wanted.dependencies).every((name) =>
    existsSync(join(peers, 'node_modules', name)),
  )
  if (!complete) {
    mkdirSync(peers, { recursive: true })
    writeFileSync(join(peers, 'package.json'), manifest)
    execFileSync('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', '--ignore-scripts'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return peers
}

type Peer = Pick<Contender, 'name' | 'title' | 'keeps' | 'stores' | 'acknowledges'> & {
  readonly script: string
  readonly peers: string
  readonly addressed?: boolean
  readonly env?: Readonly<Record<string, string>>
}

async function start({ script, peers, addressed = false, env = {}, ...about }: Peer): Promise<Contender> {
  const port = String(await freePort())
  const data = mkdtempSync(join(tmpdir(), 'bench-peer-'))
  const meter = createMeter()
  const settings = { ...env, ...meter.env, HOST: '127.0.0.1', PORT: port, PEERS: peers, DATA: data }
  // As it is run in earnest: libraries check less then.
  const launch = () => startProgram([script], /(running|listening)/, { ...settings, NODE_ENV: 'production' })
  let running = await launch()
  return {
    ...about,
    writer: ANYBODY,
    meter,
    idleAfter: 0,
    pids: () => [running.pid],
    door(index) {
      const name = `bench-${index}`
      const url = `ws://127.0.0.1:${port}/${name}`
      return { url, headers: {}, addressed: addressed ? name : null, relay: !about.keeps }
    },
    async restart() {
      await running.stop()
      running = await launch()
    },
    kill: () => running.kill(),
    async stop() {
      await running.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const NOTHING = { keeps: false, stores: false, acknowledges: null } as const

/** The floor: what it costs to move the bytes and to do nothing else. */
export const startRelay = () =>
  start({
    name: 'relay',
    title: 'bare ws relay',
    script: join(bench, 'peers/relay.ts'),
    peers: '',
    ...NOTHING,
  })

/** What it costs at the least, with this library for WebSockets. */
export const startFloor = () =>
  start({
    name: 'floor',
    title: 'one write per peer and turn',
    script: join(bench, 'peers/floor.ts'),
    peers: '',
    ...NOTHING,
  })

/** The same, which waits a little to write more at once: cheaper, and later. */
export const startWindow = () =>
  start({
    name: 'window',
    title: 'one write per peer and 10 ms',
    script: join(bench, 'peers/floor.ts'),
    peers: '',
    env: { WINDOW: '10' },
    ...NOTHING,
  })

export function startReference(): Promise<Contender> {
  const peers = install('.peers', REFERENCE)
  const script = join(peers, 'node_modules/@y/websocket-server/src/server.js')
  const about = { keeps: true, stores: false, acknowledges: null } as const
  return start({ name: 'reference', title: '@y/websocket-server', script, peers, ...about })
}

export function startLeveldb(): Promise<Contender> {
  const peers = install('.peers', REFERENCE)
  const about = { keeps: true, stores: true, acknowledges: null } as const
  return start({
    name: 'leveldb',
    title: 'the same with leveldb',
    script: join(bench, 'peers/leveldb.ts'),
    peers,
    ...about,
  })
}

export function startHocuspocus(): Promise<Contender> {
  const peers = install('.peers-hocuspocus', HOCUSPOCUS)
  const about = { keeps: true, stores: true, acknowledges: 'taken' } as const
  return start({
    name: 'hocuspocus',
    title: 'Hocuspocus 4.7, SQLite',
    script: join(bench, 'peers/hocuspocus.ts'),
    peers,
    addressed: true,
    ...about,
  })
}
