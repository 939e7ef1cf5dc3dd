import { setTimeout as sleep } from 'node:timers/promises'
import { listen, type Socket, type Typist, write } from '../client.ts'
import { cpuSeconds } from '../processes.ts'
import { type Arrivals, type Edit, type Recording, readRecording, startRecording } from '../recording.ts'
import type { Contender } from '../servers.ts'
import { percentile } from '../statistics.ts'

export type Load = {
  readonly documents: number
  readonly writersPerDocument: number
  readonly listenersPerDocument: number
  /** Characters a second of each writer: a fast typist. */
  readonly rate: number
  readonly seconds: number
}

export type FanOut = {
  readonly p50: number
  readonly p99: number
  readonly deliveries: number
  /** Edits that should have reached a listener and did not. */
  readonly missing: number
  /** Listeners that ended with an older caret of a writer than the last one sent. */
  readonly staleCarets: number
  readonly cpuPercent: number
  readonly cpuMsPerThousand: number
  /** Milliseconds that a key left later than planned, p99: what the load itself could not keep up with. */
  readonly lateness: number
  /** CPU of the process that writes and listens, which shares the machine with the server. */
  readonly loadCpuPercent: number
}

const WARM_UP_SECONDS = 2
/** How many sockets open at once: a newsroom arrives one by one, not in one burst. */
const OPENING_AT_ONCE = 20
/** A server that has not delivered after this long has lost the edit. */
const PATIENCE_MS = 3000

type Place = { readonly document: number; readonly typist: Typist }

/** Writers type single characters; listeners note when each arrives. */
export async function fanOut(server: Contender, load: Load): Promise<FanOut> {
  const recording = startRecording()
  const documentOf: number[] = []
  const listeners: Socket[] = []
  const writers: Place[] = []
  const openings: (() => Promise<void>)[] = []
  for (let document = 0; document < load.documents; document += 1) {
    const door = server.door(document)
    for (let n = 0; n < load.listenersPerDocument; n += 1) {
      const listener = documentOf.push(document) - 1
      openings.push(async () => {
        listeners.push(await listen(door, (frame) => recording.note(listener, frame)))
      })
    }
    for (let n = 0; n < load.writersPerDocument; n += 1) {
      openings.push(async () => {
        writers.push({ document, typist: await write(door, server.writer) })
      })
    }
  }
  for (let at = 0; at < openings.length; at += OPENING_AT_ONCE) {
    await Promise.all(openings.slice(at, at + OPENING_AT_ONCE).map((open) => open()))
  }
  try {
    await type(writers, { ...load, seconds: WARM_UP_SECONDS })
    await sleep(500)
    recording.clear()
    const measured = await measure(server, load, writers, recording, documentOf)
    return measured
  } finally {
    for (const socket of [...listeners, ...writers.map(({ typist }) => typist)]) socket.close()
    await sleep(300)
  }
}

async function measure(
  server: Contender,
  load: Load,
  writers: readonly Place[],
  recording: Recording,
  documentOf: readonly number[],
): Promise<FanOut> {
  const serverBefore = cpuSeconds(server.pids())
  const ownBefore = process.cpuUsage()
  const { edits, carets, late } = await type(writers, load)
  const own = process.cpuUsage(ownBefore)
  const cpu = cpuSeconds(server.pids()) - serverBefore
  const sent = { edits, carets, documentOf }
  const arrivals = await settled(recording, sent)
  return {
    p50: percentile(arrivals.latencies, 0.5),
    p99: percentile(arrivals.latencies, 0.99),
    deliveries: arrivals.latencies.length,
    missing: arrivals.missing,
    staleCarets: arrivals.staleCarets,
    cpuPercent: (cpu / load.seconds) * 100,
    cpuMsPerThousand: (cpu * 1000) / (arrivals.latencies.length / 1000),
    lateness: percentile(late, 0.99),
    loadCpuPercent: (own.user + own.system) / 1e4 / load.seconds,
  }
}

/** Late is not lost: looks again until everything has come or patience ends. */
async function settled(recording: Recording, sent: Parameters<typeof readRecording>[1]): Promise<Arrivals> {
  await sleep(500)
  const first = readRecording(recording, sent)
  if (first.missing === 0 && first.staleCarets === 0) return first
  await sleep(PATIENCE_MS)
  return readRecording(recording, sent)
}

/**
 * An open loop: when a key is due it is sent, whatever the server has answered, so a server that stalls
 * does not slow the writers that measure it. Writers take turns evenly, as people do not strike in step.
 */
async function type(writers: readonly Place[], load: Load) {
  const edits: Edit[] = []
  const carets = new Map<number, { document: number; clock: number }>()
  const late: number[] = []
  const perSecond = writers.length * load.rate
  const total = Math.round(perSecond * load.seconds)
  const started = performance.now()
  for (let typed = 0; typed < total; ) {
    const due = Math.min(total, Math.ceil(((performance.now() - started) / 1000) * perSecond))
    for (; typed < due; typed += 1) {
      const place = writers[typed % writers.length]
      if (!place) continue
      const { document, typist } = place
      const sentAt = performance.now()
      const { clock, caret } = typist.type()
      edits.push({ document, client: typist.client, clock, sentAt })
      carets.set(typist.client, { document, clock: caret })
      late.push(sentAt - started - (typed / perSecond) * 1000)
    }
    await sleep(1)
  }
  return { edits, carets, late }
}
