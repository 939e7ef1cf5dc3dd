import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client'

/** How often the event loop is looked at, in milliseconds: twenty times a second costs nothing that shows. */
const LOOK_EVERY = 50
const LAGS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

const MISNAMED = ['nodejs_active_resources', 'nodejs_active_handles', 'nodejs_active_requests']

/** Memory, CPU and garbage of the process under the names that Prometheus’ own dashboards know; what runs, and its lag. */
export function watchProcess(registry: Registry, version: string): void {
  collectDefaultMetrics({ register: registry })
  // Gauges that end like counters, and cost a walk over every socket.
  for (const name of MISNAMED) for (const end of ['', '_total']) registry.removeSingleMetric(name + end)
  const build = new Gauge({
    name: 'pupitre_build_info',
    help: 'What runs: always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  })
  build.set({ version, node: process.versions.node }, 1)
  new Gauge({
    name: 'pupitre_heap_limit_bytes',
    help: 'How large the heap may grow before the process ends: --max-old-space-size moves it.',
    registers: [registry],
  }).set(getHeapStatistics().heap_size_limit)
  new Counter({
    name: 'pupitre_event_loop_busy_seconds_total',
    help: 'Time in which the event loop had something to do: its rate is the share of one core.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(performance.eventLoopUtilization().active / 1000)
    },
  })
  const lag = new Histogram({
    name: 'pupitre_event_loop_lag_seconds',
    help: 'How late a timer of 50 ms fires: everybody waits as long.',
    buckets: LAGS,
    registers: [registry],
  })
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    lag.observe(Math.max(0, now - last - LOOK_EVERY) / 1000)
    last = now
  }, LOOK_EVERY)
  timer.unref()
}
