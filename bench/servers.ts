import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '#test/support/cli.ts'
import { startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'

/** One server under measurement. */
export type Contender = {
  readonly name: string
  readonly pid: number
  /** Whether it answers a join with the document’s content: the relay keeps nothing. */
  readonly keeps: boolean
  readonly headers: Record<string, string>
  /** The socket’s address of the `index`-th document. */
  address(index: number): string
  stop(): Promise<void>
}

const here = import.meta.dirname
const folder = () => mkdtempSync(join(tmpdir(), 'pupitre-bench-'))

/** Pupitre as it ships: production build, embedded PostgreSQL, fsync on. */
export async function startPupitre(documents: number): Promise<Contender> {
  const dataFolder = folder()
  const server = await startServer({ dataFolder })
  const account = { email: 'bench@example.org', password: 'a long enough bench password' }
  await runCli(
    ['volunteer', 'add', '--email', account.email, '--name', 'Banc', '--role', 'editor', '--password-stdin'],
    { dataFolder, input: account.password },
  )
  const texts = folder()
  for (let index = 0; index < documents; index += 1)
    writeFileSync(join(texts, `${index}.txt`), `Essai ${index}`)
  const imported = (await runCli(['draft', 'import', texts], { dataFolder })) as { drafts: { id: string }[] }
  rmSync(texts, { recursive: true })
  const cookie = await signIn(server.url, account)
  const socketOrigin = server.url.replace(/^http/, 'ws')
  return {
    name: 'Pupitre',
    pid: server.pid,
    keeps: true,
    headers: { cookie, origin: server.url },
    address: (index) => `${socketOrigin}/collab/draft/${imported.drafts[index]?.id}`,
    async stop() {
      await server.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

function lineFrom(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const found = pattern.exec(String(chunk))
      if (found) resolve(found[1] ?? '')
    })
    child.once('exit', (code) => reject(new Error(`the peer stopped with ${code} before it listened`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

function contender(name: string, child: ChildProcess, port: string, keeps: boolean): Contender {
  if (child.pid === undefined) throw new Error(`${name} did not start`)
  const run = Date.now()
  return {
    name,
    pid: child.pid,
    keeps,
    headers: {},
    address: (index) => `ws://127.0.0.1:${port}/bench-${run}-${index}`,
    stop: () => ended(child),
  }
}

export async function startRelay(): Promise<Contender> {
  const child = spawn(process.execPath, [join(here, 'peers/relay.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return contender('bare ws relay', child, await lineFrom(child, /listening (\d+)/), false)
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
    writeFileSync(join(peers, 'package.json'), '{"private":true}\n')
    execFileSync(
      'npm',
      ['install', '--prefix', peers, '--no-audit', '--no-fund', '@y/websocket-server@0.1.5'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  }
  const port = String(20_000 + (process.pid % 10_000))
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: port },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await lineFrom(child, /(running)/)
  return contender('@y/websocket-server', child, port, true)
}
