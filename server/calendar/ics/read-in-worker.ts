import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { fail, type Result } from '#lib/domain/result.ts'
import type { ImportProblem } from '../types.ts'
import type { ReadCalendar } from './incoming.ts'

/** Largest file that is read, in bytes: some twenty times the calendar of a busy newsroom over ten years. */
export const MAX_CALENDAR_BYTES = 20 * 1024 * 1024

/** What a file may cost: milliseconds, and megabytes of the worker’s own heap. */
export type ReadingLimits = { readonly patience: number; readonly heapMb: number }
const LIMITS: ReadingLimits = { patience: 60_000, heapMb: 768 }

type Outcome = Result<ReadCalendar, Extract<ImportProblem, 'tooLarge' | 'notCalendar' | 'tooMany'>>

/** Reads a file in a thread of its own, which is ended when it takes too long: nobody else waits for it. */
export async function readInWorker(
  file: Uint8Array,
  newsroom: string,
  limits: ReadingLimits = LIMITS,
): Promise<Outcome> {
  if (file.byteLength > MAX_CALENDAR_BYTES) return fail('tooLarge')
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData: { file, newsroom },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  })
  const given = new AbortController()
  const timer = setTimeout(() => given.abort(), limits.patience)
  try {
    const [outcome] = (await once(worker, 'message', { signal: given.signal })) as [Outcome]
    return outcome
  } catch (error) {
    const tooMuch = given.signal.aborted || (error instanceof Error && isOutOfMemory(error))
    if (tooMuch) return fail('tooLarge')
    throw error
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
