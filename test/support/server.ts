import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutPower } from './postmaster.ts'

const LAUNCH = join(import.meta.dirname, '../../server/launch.ts')

export type RunningServer = {
  readonly url: string
  /** Of the process that runs now; another one after a restart. */
  readonly pid: number
  /** The one-time code of a newsroom that is not set up yet. */
  readonly setUpCode: string | null
  readonly dataFolder: string
  /** All that the process has printed. */
  output(): string
  /** Stops it in order, and removes a data folder that was made here. @returns its exit code. */
  stop(): Promise<number | null>
  /** Kills node alone: its PostgreSQL lives on, as it would. */
  kill9(): Promise<void>
  /** Starts it again, on the same port and folder; stops it first where it runs. */
  restart(): Promise<void>
}

type Options = {
  readonly env?: Readonly<Record<string, string>>
  readonly dataFolder?: string
  readonly dev?: boolean
}

/** Starts the real server, as `npm start` does, in a process of its own. Its pages are built if they are not. */
export async function startServer(options: Options = {}): Promise<RunningServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'pupitre-server-')))
  const env = { PORT: String(await freePort()), PUPITRE_DATA: dataFolder, LOG_LEVEL: 'warn', ...options.env }
  const launch = () => startProcess(dataFolder, env, options.dev ? ['--dev'] : [])
  let running = await launch()
  return {
    get url() {
      return running.url
    },
    get pid() {
      return running.child.pid ?? 0
    },
    get setUpCode() {
      return /one-time code:\s+(\S+)/.exec(running.output())?.[1] ?? null
    },
    dataFolder,
    output: () => running.output(),
    kill9: () => end(running.child, 'SIGKILL').then(() => {}),
    stop: async () => {
      const code = await end(running.child, 'SIGTERM')
      // What a killed server left running goes with it.
      cutPower(dataFolder)
      if (options.dataFolder === undefined)
        await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
      return code
    },
    restart: async () => {
      await end(running.child, 'SIGTERM')
      running = await launch()
    },
  }
}

type Process = { readonly child: ChildProcess; readonly url: string; output(): string }

/** In the data folder: no `.env` of the developer, and nothing of their environment. */
function startProcess(cwd: string, settings: Record<string, string>, args: string[]): Promise<Process> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [LAUNCH, ...args], {
    cwd,
    env: { PATH, HOME, NODE_ENV: 'production', ...settings },
  })
  // A run that is cut short leaves no server behind.
  const abandon = () => {
    child.kill('SIGKILL')
    cutPower(cwd)
  }
  process.once('exit', abandon)
  child.once('exit', () => process.off('exit', abandon))
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: string) => {
      said += chunk
      const url = /^Pupitre is ready at (\S+)$/m.exec(said)?.[1]
      if (url !== undefined) resolve({ child, url, output: () => said })
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}
