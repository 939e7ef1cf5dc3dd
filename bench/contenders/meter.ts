import { mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** After collecting garbage, in bytes. `live`: objects and buffers in use; `resident`: what the process holds. */
type Memory = { readonly live: number; readonly resident: number }

/** What can be asked of a server from inside its process; see peers/meter.ts. */
export type Meter = {
  /** With these a Node program loads the meter. */
  readonly env: Readonly<Record<string, string>>
  memory(): Promise<Memory>
  /** Records where the CPU goes, until the returned function writes it to a file for Chrome’s developer tools. */
  profile(): Promise<(file: string) => Promise<void>>
}

const PRELOAD = join(import.meta.dirname, '../peers/meter.ts')

export function createMeter(): Meter {
  const path = join(mkdtempSync(join(tmpdir(), 'bench-meter-')), 'socket')
  const ask = async (question: string): Promise<unknown> => {
    const socket = connect(path)
    socket.write(`${question}\n`)
    return JSON.parse(await text(socket))
  }
  return {
    env: { BENCH_METER: path, NODE_OPTIONS: `--import=${PRELOAD}` },
    async memory() {
      const { rss, heapUsed, external } = (await ask('memory')) as NodeJS.MemoryUsage
      return { live: heapUsed + external, resident: rss }
    },
    async profile() {
      await ask('profile')
      return async (file) => {
        await ask(file)
      }
    },
  }
}
