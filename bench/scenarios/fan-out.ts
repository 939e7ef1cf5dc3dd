import { setTimeout as sleep } from 'node:timers/promises'
import { listen, type SendTimes, write } from '../client.ts'
import { cpuSeconds } from '../processes.ts'
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
  readonly cpuPercent: number
  readonly cpuMsPerThousand: number
}

/** Writers type single characters; listeners note when each arrives. */
export async function fanOut(server: Contender, load: Load): Promise<FanOut> {
  const times: SendTimes = new Map()
  const listeners: Awaited<ReturnType<typeof listen>>[] = []
  const writers: Awaited<ReturnType<typeof write>>[] = []
  for (let index = 0; index < load.documents; index += 1) {
    const address = server.address(index)
    for (let n = 0; n < load.listenersPerDocument; n += 1)
      listeners.push(await listen(address, server.headers, times))
    for (let n = 0; n < load.writersPerDocument; n += 1)
      writers.push(await write(address, server.headers, times))
  }
  await sleep(1000)
  for (const { seen } of listeners) seen.latencies.length = 0
  times.clear()

  const cpuBefore = cpuSeconds(server.pid)
  const started = performance.now()
  let typed = 0
  // Writers take turns evenly over each period, as people do not strike keys in step.
  const perSecond = writers.length * load.rate
  while (performance.now() - started < load.seconds * 1000) {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond)
    for (; typed < due; typed += 1) writers[typed % writers.length]?.type()
    await sleep(1)
  }
  await sleep(500)
  const cpu = cpuSeconds(server.pid) - cpuBefore

  const latencies = listeners.flatMap(({ seen }) => seen.latencies)
  for (const peer of [...listeners, ...writers]) peer.close()
  await sleep(300)
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    deliveries: latencies.length,
    missing: typed * load.listenersPerDocument - latencies.length,
    cpuPercent: (cpu / load.seconds) * 100,
    cpuMsPerThousand: (cpu * 1000) / (latencies.length / 1000),
  }
}
