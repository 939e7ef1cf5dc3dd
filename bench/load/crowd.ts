import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Entrance } from '../wire/socket.ts'

export type CrowdOrder =
  | { readonly do: 'open'; readonly door: Entrance; readonly listeners: number }
  | { readonly do: 'begin' }
  | { readonly do: 'count' }

/** Since `begin`. */
export type CrowdCount = {
  readonly listeners: number
  /** Messages with updates that one listener got: the fewest, and in the middle of all. */
  readonly fewest: number
  readonly usual: number
  readonly bytes: number
  /** Listeners whose connection ended. */
  readonly gone: number
  readonly cpuSeconds: number
  /** By how many milliseconds its event loop was late, p99: what the load itself could not keep up with. */
  readonly lateness: number
}

/** Thousands of listeners in a process of their own, beside the one that measures. */
export type Crowd = {
  open(door: Entrance, listeners: number): Promise<void>
  begin(): Promise<void>
  count(): Promise<CrowdCount>
  close(): Promise<void>
}

type Answer =
  | { readonly ok: true; readonly answer: CrowdCount | null }
  | { readonly ok: false; readonly error: string }

export function startCrowd(): Crowd {
  const child = fork(join(import.meta.dirname, 'crowd-process.ts'))
  const ended = once(child, 'exit').then(([code]): [Answer] => [
    { ok: false, error: `it ended with ${code}` },
  ])
  const tell = async (order: CrowdOrder): Promise<CrowdCount | null> => {
    const answered = once(child, 'message') as Promise<[Answer]>
    child.send(order)
    const [reply] = await Promise.race([answered, ended])
    if (!reply.ok) throw new Error(`the crowd failed: ${reply.error}`)
    return reply.answer
  }
  return {
    async open(door, listeners) {
      await tell({ do: 'open', door, listeners })
    },
    async begin() {
      await tell({ do: 'begin' })
    },
    async count() {
      const count = await tell({ do: 'count' })
      if (!count) throw new Error('the crowd did not count')
      return count
    },
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
