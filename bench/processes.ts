import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

// A signal would end this process without its `exit` event, and what it started would go on.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

function stat(pid: number): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command’s name stands in parentheses and may hold spaces: fields are counted after it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return null
  }
}

/** These processes and all that descend from them. */
function familyOf(roots: readonly number[]): readonly number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    const known = Number.isInteger(pid) && pid > 0 ? stat(pid) : null
    if (known) parents.set(pid, known.parent)
  }
  const family = new Set(roots)
  for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.add(child)
  return [...family]
}

/** CPU seconds that processes and all their children have used so far. Linux only. */
export function cpuSeconds(roots: readonly number[]): number {
  return familyOf(roots).reduce((sum, pid) => sum + (stat(pid)?.ticks ?? 0), 0) / TICKS_PER_SECOND
}

export type Program = {
  readonly pid: number
  /** What the pattern caught of the line that said it was ready. */
  readonly said: string
  stop(): Promise<void>
  /** `kill -9`: it gets no chance to save anything. */
  kill(): Promise<void>
}

/** Starts a Node program and waits until it prints `ready`. It never outlives this process. */
export async function startProgram(
  args: string[],
  ready: RegExp,
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const letGo = () => child.kill('SIGTERM')
  process.once('exit', letGo)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said = await lineFrom(child, ready)
  const end = async (signal: NodeJS.Signals) => {
    process.removeListener('exit', letGo)
    child.kill(signal)
    await ended
  }
  return {
    pid: child.pid ?? Number.NaN,
    said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function lineFrom(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const found = pattern.exec(String(chunk))
      if (found) resolve(found[1] ?? '')
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a program stopped with ${code} before it was ready`)))
  })
}
