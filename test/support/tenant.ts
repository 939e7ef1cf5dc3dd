import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { cutPower } from './postmaster.ts'

export const isRoot = process.getuid?.() === 0
/** An ordinary user for tests that root runs: «nobody» of every Linux. */
const NOBODY = 65534

/** A data folder for one test, whose PostgreSQL is killed and whose files are removed afterwards. */
export async function scratchFolder(parent = '/tmp'): Promise<string> {
  const folder = await mkdtemp(join(parent, 'pupitre-ugly-'))
  onTestFinished(async () => {
    cutPower(folder)
    await delay(50)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return folder
}

export type Tenant = {
  /** What the process said: that it is in, or why not. */
  readonly said: { readonly url?: string; readonly refused?: string }
  readonly child: ChildProcess
  /** Leaves in order. */
  leave(): Promise<void>
  kill9(): Promise<void>
}

/** Starts test/support/tenant-process.ts on a data folder, as `nobody` where asked, and waits for what it says. */
export async function tenant(
  folder: string,
  options: { readonly claim?: boolean; readonly as?: 'nobody' } = {},
): Promise<Tenant> {
  const program = join(import.meta.dirname, 'tenant-process.ts')
  const child = spawn(process.execPath, [program, folder, options.claim ? 'claim' : ''], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(options.as === 'nobody' && isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const exited = once(child, 'exit')
  return {
    said: JSON.parse(line),
    child,
    leave: async () => {
      child.stdin.write('\n')
      await exited
    },
    kill9: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Runs one statement as the application’s role. */
export async function query(url: string | undefined, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
