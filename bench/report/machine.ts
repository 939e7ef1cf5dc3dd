import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** Where and when something was measured. */
export type Machine = {
  readonly date: string
  readonly cores: number
  readonly processor: string
  readonly memoryGigabytes: number
  readonly system: string
  readonly node: string
  /** Of the last minute, when the bench began: above 1 something else ran. */
  readonly loadAtStart: number
  readonly commit: string
}

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: processors.length,
    processor: processors[0]?.model ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    loadAtStart: loadavg()[0] ?? Number.NaN,
    commit: commit(),
  }
}

function commit(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' }).trim()
  try {
    const changed = git('status', '--porcelain', '--', 'app', 'lib', 'server', 'drizzle') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? ', with changes' : '')
  } catch {
    return 'unknown'
  }
}
