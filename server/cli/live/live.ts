import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '#server/config.ts'
import { operatorToken } from '#server/metrics/token.ts'
import { findSecret } from '#server/secret.ts'
import { type Context, failed, type Outcome, usage } from '../command.ts'
import { conclusion, SIGNS } from '../doctor.ts'
import { type Finding, problem } from '../finding.ts'
import { parseScrape, type Scrape } from './exposition.ts'
import { compare, type Figures } from './figures.ts'
import { judge } from './findings.ts'
import { LIVE_CHECKS, type LiveWords } from './live-words.ts'
import { type Numbers, numbersIn } from './numbers.ts'

/** Milliseconds that the server has to answer; one that cannot is what is looked for. */
const PATIENCE = 10_000
const SECONDS = 5

/** `pupitre doctor --live`: looks at the running server twice, and says in words what happened between. */
export async function watchServer(context: Context): Promise<Outcome> {
  const { config, options, words, terminal } = context
  if (!config.ok) return failed(config.error.join('\n'))
  const seconds = options.seconds === undefined ? SECONDS : Number(options.seconds)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 600) return usage(words.live.badSeconds)
  const address = addressOf(config.value, options.url)
  if (!address) return usage(words.live.badUrl)
  const token = await tokenOf(config.value)
  const began = performance.now()
  const before = await scrape(address, token, words.live)
  if ('level' in before) return told([before], context, null)
  await watching(seconds, context)
  const after = await scrape(address, token, words.live)
  if ('level' in after) return told([after], context, null)
  const figures = compare(before, after, (performance.now() - began) / 1000)
  const numbers = numbersIn(terminal.locale)
  return told(judge({ figures, words: words.live, numbers }), context, { figures, address, numbers })
}

/** Straight to the process, past any proxy: it is this one that is asked about. @returns null for what is no address */
function addressOf({ host, port }: Config, given: string | boolean | undefined): URL | null {
  if (given !== undefined) {
    const url = URL.canParse(String(given)) ? new URL(String(given)) : null
    return url && /^https?:$/.test(url.protocol) ? new URL('/metrics', url) : null
  }
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
  const name = everywhere[host] ?? (host.includes(':') ? `[${host}]` : host)
  return new URL(`http://${name}:${port}/metrics`)
}

async function tokenOf(config: Config): Promise<string | null> {
  if (config.metricsToken !== null) return config.metricsToken
  const secret = await findSecret(config)
  return secret && operatorToken(secret)
}

async function scrape(address: URL, token: string | null, words: LiveWords): Promise<Scrape | Finding> {
  const { origin } = address
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` }
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    const answer = await fetch(address, { headers, signal, redirect: 'manual' })
    const text = await answer.text()
    if (answer.ok && text.includes('pupitre_build_info')) return parseScrape(text)
    if (answer.status === 401) return problem('server', words.wrongToken(origin), words.giveToken)
    if (answer.status === 503) return problem('server', words.starting(origin), words.waitForIt)
    return problem('server', words.noMetrics(origin), words.sameSettings)
  } catch {
    return problem('server', words.silent(origin), words.start)
  }
}

/** Counts down where somebody looks on. Whoever interrupts is told what was seen until then. */
async function watching(seconds: number, { interrupted, json, words }: Context): Promise<void> {
  const { stderr } = process
  const isShown = stderr.isTTY && !json
  for (let left = seconds; left > 0 && !interrupted.aborted; left -= 1) {
    if (isShown) stderr.write(`\r${words.live.watching(left)}\u001b[K`)
    await pause(1000, undefined, { signal: interrupted }).catch(() => {})
  }
  if (isShown) stderr.write('\r\u001b[K')
}

type Seen = { readonly figures: Figures; readonly address: URL; readonly numbers: Numbers }

function told(findings: readonly Finding[], { words }: Context, seen: Seen | null): Outcome {
  const clean = findings.every(({ level }) => level !== 'problem')
  const heading = seen ? [headingOf(seen, words.live), ''] : []
  return {
    kind: 'done',
    clean,
    json: { ok: clean, findings, figures: seen && plain(seen.figures) },
    text: [...heading, ...linesOf(findings, words.live), '', conclusion(findings, words.doctor)].join('\n'),
  }
}

const headingOf = ({ figures, address, numbers }: Seen, words: LiveWords) =>
  words.heading(figures.version, address.origin, numbers.span(figures.uptime), numbers.span(figures.watched))

/** Labels in one column, what is said in another, advice below what it is about. */
function linesOf(findings: readonly Finding[], { labels }: LiveWords): readonly string[] {
  const labelOf = (check: string) => labels[LIVE_CHECKS.find((known) => known === check) ?? 'people']
  const isOne = findings.length === 1
  const width = isOne ? 0 : Math.max(...findings.map(({ check }) => [...labelOf(check)].length)) + 2
  return findings.flatMap(({ check, level, message, advice }) => [
    `${SIGNS[level]} ${isOne ? '' : labelOf(check).padEnd(width)}${message}`,
    ...(advice === null ? [] : [`  ${' '.repeat(width)}→ ${advice}`]),
  ])
}

const plain = (figures: Figures) => ({ ...figures, closes: Object.fromEntries(figures.closes) })
