import type { Config } from '#server/config.ts'
import { type Context, type Outcome, usage } from './command.ts'
import type { DoctorWords } from './doctor-words.ts'
import { examineDatabase } from './examine-database.ts'
import { examineFolder, examineNode, examineSecret } from './examine-machine.ts'
import { type Finding, good, problem, warning } from './finding.ts'

/** Milliseconds that the server has to answer. */
const PATIENCE = 3000
export const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** @returns the status, or null where nothing answers. */
async function statusOf(address: URL): Promise<number | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), redirect: 'manual' })
    await answer.body?.cancel()
    return answer.status
  } catch {
    return null
  }
}

/** Asks at the public address, as people do: that way it also sees what stands before the server. */
async function examineServer({ publicUrl }: Config, words: DoctorWords): Promise<readonly Finding[]> {
  const address = publicUrl.origin
  const isPlain = publicUrl.protocol === 'http:' && !LOCAL.test(publicUrl.hostname)
  const plain = isPlain ? [warning('https', words.plainHttp(address), words.putHttps)] : []
  const ready = await statusOf(new URL('/readyz', publicUrl))
  if (ready === 200) return [good('server', words.serverReady(address)), ...plain]
  const alive = ready === null ? null : await statusOf(new URL('/healthz', publicUrl))
  const finding =
    alive === 200
      ? problem('server', words.serverNotReady(address), words.seeLog)
      : warning('server', words.serverSilent(address), words.startServer)
  return [finding, ...plain]
}

async function examine(config: Config, words: DoctorWords): Promise<readonly Finding[]> {
  const folder = await examineFolder(config, words)
  return [
    good('settings', words.settings(config.dataFolder, config.publicUrl.origin)),
    ...folder,
    await examineSecret(config, words),
    ...(await examineDatabase(config, words)),
    ...(await examineServer(config, words)),
  ]
}

export const conclusion = (findings: readonly Finding[], words: DoctorWords) => {
  const levels = new Set(findings.map(({ level }) => level))
  if (levels.has('problem')) return words.someBad
  return levels.has('warning') ? words.someWarnings : words.allGood
}

const shown = ({ level, message, advice }: Finding) =>
  [`${SIGNS[level]} ${message}`, ...(advice === null ? [] : [`  → ${advice}`])].join('\n')

export async function examineEverything({ config, options, words: all }: Context): Promise<Outcome> {
  const { doctor: words, live } = all
  const stray = ['url', 'seconds'].find((option) => options[option] !== undefined)
  if (stray) return usage(live.onlyLive(`--${stray}`))
  const findings = [
    await examineNode(words),
    ...(config.ok
      ? await examine(config.value, words)
      : config.error.map((sentence): Finding => ({ ...problem('settings', sentence, ''), advice: null }))),
  ]
  const clean = findings.every(({ level }) => level !== 'problem')
  return {
    kind: 'done',
    clean,
    json: { ok: clean, findings },
    text: [...findings.map(shown), '', conclusion(findings, words)].join('\n'),
  }
}
