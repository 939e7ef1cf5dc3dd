import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Counter, Histogram, Registry } from 'prom-client'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { EventPort } from '#server/events/port.ts'
import type { MailFailure } from '#server/mail/mail.ts'
import type { Meters } from '#server/sync/meters.ts'
import { answerMetrics } from './answer.ts'
import { createGauges, type Sources } from './gauges.ts'
import { createMeters } from './instruments.ts'
import { watchProcess } from './process.ts'
import { operatorToken } from './token.ts'

const MANIFEST = join(import.meta.dirname, '../../package.json')
const REQUESTS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'aborted'] as const
/** What a peer’s own code stands for: it left, it was lost without a word, or anything else. */
const PEERS = ['left', 'lost', 'other'] as const

type MailOutcome = 'sent' | MailFailure

/** What the process tells whoever watches it; one of it in a process. */
export type Metrics = {
  readonly meters: Meters
  mailed(outcome: MailOutcome): void
  /** Counts a request that pages answer, once it is answered. */
  heed(response: ServerResponse): void
  /** @returns whether the request was for the metrics, and is answered */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** From here on a scrape asks these, too. */
  watch(sources: Sources, events: Pick<EventPort, 'subscribe' | 'onGap'>): void
}

/** @param token `METRICS_TOKEN` */
export function createMetrics(token: string | null, secret: string): Metrics {
  const registry = new Registry()
  watchProcess(registry, versionOfUs())
  let refresh = async () => {}
  const mailed = counterOf(
    registry,
    'pupitre_mail_sent_total',
    'E-mails by what became of them.',
    'outcome',
    ['sent', 'refused', 'notTaken', 'unreachable'] satisfies MailOutcome[],
  )
  return {
    meters: createMeters(registry, [...Object.keys(CLOSE), ...PEERS]),
    mailed,
    heed: requestsIn(registry),
    answer: (request, response) =>
      answerMetrics(request, response, {
        token,
        operator: operatorToken(secret),
        contentType: registry.contentType,
        read: async () => {
          await refresh()
          return registry.metrics()
        },
      }),
    watch(sources, events) {
      refresh = createGauges(registry, sources)
      const heard = counterOf(registry, 'pupitre_events_total', 'News of the newsroom on LISTEN.', 'what', [
        'heard',
        'gap',
      ] as const)
      events.subscribe(() => heard('heard'))
      events.onGap(() => heard('gap'))
    },
  }
}

function counterOf<Value extends string>(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  values: readonly Value[],
): (value: Value) => void {
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] })
  for (const value of values) counter.inc({ [label]: value }, 0)
  return (value) => counter.inc({ [label]: value })
}

function requestsIn(registry: Registry): Metrics['heed'] {
  const histogram = new Histogram({
    name: 'pupitre_http_request_duration_seconds',
    help: 'Time until a page or an API was answered, by the class of its status.',
    labelNames: ['status'],
    buckets: REQUESTS,
    registers: [registry],
  })
  for (const status of CLASSES) histogram.zero({ status })
  return (response) => {
    const since = performance.now()
    response.once('close', () => {
      const group = response.writableFinished ? CLASSES[Math.floor(response.statusCode / 100) - 1] : 'aborted'
      histogram.observe({ status: group ?? '5xx' }, (performance.now() - since) / 1000)
    })
  }
}

const versionOfUs = (): string => {
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string }
  return version
}
