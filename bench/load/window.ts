import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { cpuSeconds } from '../processes.ts'
import { percentile } from '../statistics.ts'
import { type Arrivals, type Ear, type Recording, readRecording, type Sent } from './recording.ts'
import type { Rhythm } from './rhythm.ts'
import { type Place, typeAll } from './typing.ts'

/** What a stretch of typing came to. Milliseconds, and shares of one core. */
export type Window = {
  readonly p50: number
  readonly p99: number
  readonly edits: number
  /** Edits that should have reached a recorded listener and did not. */
  readonly missing: number
  /** Listeners that ended with an older caret of a writer than the last one sent. */
  readonly staleCarets: number
  /** The server with its children, until all had arrived; the share of one core while keys were struck. */
  readonly cpuSeconds: number
  readonly cpuPercent: number
  /** By how much keys left later than planned, p99. */
  readonly lateness: number
  /** CPU of the process that writes and records. */
  readonly loadPercent: number
}

/** A server that has not delivered after this long has lost the edit. */
const PATIENCE_MS = 3000

/** Types, and waits for what was typed. `profileTo`: records where the server’s CPU goes meanwhile. */
export async function measureWindow(
  server: Contender,
  places: readonly Place[],
  rhythm: Rhythm,
  recording: Recording,
  ears: readonly Ear[],
  profileTo: string | null,
): Promise<Window> {
  const write = profileTo === null ? null : await server.meter.profile()
  recording.clear()
  const serverBefore = cpuSeconds(server.pids())
  const ownBefore = process.cpuUsage()
  const started = performance.now()
  const sent = await typeAll(places, rhythm)
  const seconds = (performance.now() - started) / 1000
  const own = process.cpuUsage(ownBefore)
  const whileTyping = cpuSeconds(server.pids()) - serverBefore
  const arrivals = await settled(recording, sent, ears)
  // A server that lags behind goes on working when the last key was struck.
  const inAll = cpuSeconds(server.pids()) - serverBefore
  if (profileTo !== null) await write?.(profileTo)
  return {
    p50: percentile(arrivals.latencies, 0.5),
    p99: percentile(arrivals.latencies, 0.99),
    edits: sent.edits.length,
    missing: arrivals.missing,
    staleCarets: arrivals.staleCarets,
    cpuSeconds: inAll,
    cpuPercent: (whileTyping / seconds) * 100,
    lateness: percentile(sent.late, 0.99),
    loadPercent: (own.user + own.system) / 1e4 / seconds,
  }
}

/** Late is not lost: looks again until everything has come or patience ends. */
async function settled(recording: Recording, sent: Sent, ears: readonly Ear[]): Promise<Arrivals> {
  await sleep(300)
  const first = readRecording(recording, sent, ears)
  if (first.missing === 0 && first.staleCarets === 0) return first
  await sleep(PATIENCE_MS)
  return readRecording(recording, sent, ears)
}
