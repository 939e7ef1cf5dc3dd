import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Doorway } from './doorway.ts'

const ROOT = join(import.meta.dirname, '../..')
const outcome = z.record(z.string(), z.union([z.number(), z.array(z.number())]))

type Options = { readonly count?: number; readonly seed?: number; readonly seconds?: number }

/** Runs one of the attacks of attack-process.ts. @returns what it says at its end */
export async function attack(name: string, door: Doorway, options: Options = {}) {
  const program = join(ROOT, 'test/faults/attack-process.ts')
  const child = spawn(
    process.execPath,
    [program, name, JSON.stringify(door), JSON.stringify({ count: 1, seed: 1, seconds: 1, ...options })],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let last = ''
  createInterface(child.stdout).on('line', (line) => {
    last = line
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the attack «${name}» failed`)
  const said = outcome.parse(JSON.parse(last))
  return {
    said,
    number: (key: string) => z.number().parse(said[key]),
    codes: () => z.array(z.number()).parse(said.codes),
  }
}
