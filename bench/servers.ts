import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#test/support/server.ts'
import type { Door, Writer } from './client.ts'
import { startProgram } from './processes.ts'

/** One server under measurement. */
export type Contender = {
  readonly name: string
  /** Whether it answers a join with the document’s content: the relay keeps nothing. */
  readonly keeps: boolean
  /** Whom its writers have to be: a server may drop the presence of anybody else. */
  readonly writer: Writer
  /** The processes that do its work; their children count too. */
  pids(): readonly number[]
  /** How to reach the `index`-th document. */
  door(index: number): Door
  /** Ends it and starts it anew on what it has kept; null where it keeps nothing beyond its memory. */
  readonly restart: (() => Promise<void>) | null
  stop(): Promise<void>
}

const here = import.meta.dirname
const ANYBODY: Writer = { id: '0', name: 'Banc', color: '#335577' }

type Peer = { readonly pid: number; readonly port: string; stop(): Promise<void> }

const contender = (name: string, keeps: boolean, peer: Peer): Contender => ({
  name,
  keeps,
  writer: ANYBODY,
  pids: () => [peer.pid],
  door: (index) => ({ url: `ws://127.0.0.1:${peer.port}/bench-${index}`, headers: {} }),
  restart: null,
  stop: peer.stop,
})

/** The floor: what it costs to move the bytes and to do nothing else. */
export async function startRelay(): Promise<Contender> {
  const { pid, said, stop } = await startProgram([join(here, 'peers/relay.ts')], /listening (\d+)/, {})
  return contender('bare ws relay', false, { pid, port: said, stop })
}

/**
 * Exact versions that work together: left to themselves, the ranges of the server bring a protocol package
 * for another build of Yjs, which throws on every edit and delivers none.
 */
const REFERENCE = {
  '@y/websocket-server': '0.1.5',
  '@y/protocols': '1.0.6-1',
  yjs: '14.0.0-16',
}

/**
 * The reference server, in a folder of its own: it brings yjs 14, which must not be loaded beside ours.
 * Installed at the first run, from the npm registry.
 */
export async function startReference(): Promise<Contender> {
  const peers = join(here, '.peers')
  const main = join(peers, 'node_modules/@y/websocket-server/src/server.js')
  if (!existsSync(main)) {
    mkdirSync(peers, { recursive: true })
    writeFileSync(join(peers, 'package.json'), JSON.stringify({ private: true, dependencies: REFERENCE }))
    execFileSync('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', '--ignore-scripts'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const port = String(await freePort())
  const { pid, stop } = await startProgram([main], /(running)/, { HOST: '127.0.0.1', PORT: port })
  return contender('@y/websocket-server', true, { pid, port, stop })
}
