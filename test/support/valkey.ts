import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './server.ts'

const REDIS_SERVER = '/usr/bin/redis-server'

export type RunningValkey = {
  readonly port: number
  readonly url: string
  kill9(): Promise<void>
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>
  /** It stands still, with its connections open. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** A real server on a port of the loopback, which keeps nothing on disk. */
export async function startValkey(): Promise<RunningValkey> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'pupitre-valkey-'))
  const launch = async (): Promise<ChildProcess> => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn(REDIS_SERVER, [...settings, '--dir', folder], { stdio: 'ignore' })
    const abandon = () => child.kill('SIGKILL')
    process.once('exit', abandon)
    child.once('exit', () => process.off('exit', abandon))
    await answers(port)
    return child
  }
  let running = await launch()
  const end = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGKILL')
    await ended
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill9: end,
    restart: async () => {
      await end()
      running = await launch()
    },
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    stop: async () => {
      await end()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function answers(port: number): Promise<void> {
  const until = Date.now() + 10_000
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const open = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => false,
      ),
      delay(500, false),
    ])
    socket.destroy()
    if (open) return
    if (Date.now() > until) throw new Error('redis-server does not answer')
    await delay(20)
  }
}
