import { spawn } from 'node:child_process'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../server/cli/main.ts')

export type CliRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

type CliOptions = { dataFolder: string; input?: string; env?: Record<string, string> }

/** Runs `pupitre` as a person would, in a process of its own. */
export function spawnCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, PUPITRE_DATA: options.dataFolder, ...options.env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.end(options.input ?? '')
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
}

/** Runs a command with `--json`. @returns what it printed; throws where it ended with another code than 0 */
export async function runCli(args: readonly string[], options: CliOptions): Promise<unknown> {
  const { code, stdout, stderr } = await spawnCli([...args, '--json'], options)
  if (code !== 0) throw new Error(`pupitre ${args.join(' ')} ended with ${code}:\n${stderr}`)
  return JSON.parse(stdout)
}
