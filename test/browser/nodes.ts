import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startEmbedded } from '#server/db/embedded.ts'
import { createLog } from '#server/log.ts'
import { openBalancer } from '#test/support/balancer.ts'
import { SECRET } from '#test/support/people.ts'
import { cutPower } from '#test/support/postmaster.ts'
import { freePort, startServer } from '#test/support/server.ts'
import { startValkey } from '#test/support/valkey.ts'

export type TestNodes = Awaited<ReturnType<typeof openNodes>>

/** Two processes of one newsroom on one PostgreSQL and one Valkey, behind a balancer without stickiness. */
export async function openNodes() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pupitre-nodes-'))
  const postgres = await startEmbedded({ dataFolder, log: createLog({ logLevel: 'silent' }) })
  if (!postgres.ok) throw new Error(postgres.error)
  const valkey = await startValkey()
  const balancer = await openBalancer()
  const shared = { DATABASE_URL: postgres.value.url, PUPITRE_SECRET: SECRET, PUPITRE_URL: balancer.url }
  const ports = [await freePort(), await freePort()] as const
  const start = (port: number) => {
    const own = join(dataFolder, String(port))
    mkdirSync(own)
    return startServer({ dataFolder: own, env: { ...shared, VALKEY_URL: valkey.url, PORT: String(port) } })
  }
  const [first, second] = await Promise.all([start(ports[0]), start(ports[1])])
  return {
    url: balancer.url,
    dataFolder,
    shared,
    first,
    second,
    /** New connections go to these from now on. */
    serve: (...which: readonly ('first' | 'second')[]) =>
      balancer.serve(which.map((name) => (name === 'first' ? ports[0] : ports[1]))),
    async close() {
      await Promise.all([first.stop(), second.stop()])
      balancer.close()
      await valkey.stop()
      await postgres.value.stop()
      cutPower(dataFolder)
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

declare global {
  interface Window {
    /** What the page said from when on; milliseconds since it was opened. */
    said: {
      readonly words: string
      readonly kind: string
      /** A banner or a notice is there. */
      readonly called: boolean
      readonly alarming: boolean
      readonly at: number
    }[]
  }
}

/** Writes down, from now on, every state of the indicator, every banner and every notice that shows. */
export async function watchWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.said = []
    const look = () => {
      const indicator = document.querySelector('[data-saved]')
      const kind = indicator?.getAttribute('data-saved') ?? 'none'
      const shown = [
        ...document.querySelectorAll('[role=alert], [role=status].border-l-3, [data-sonner-toast]'),
      ]
        .filter((element) => element.checkVisibility() && element.textContent !== '')
        .map((element) => element.textContent)
      const words = [indicator?.textContent, ...shown].join(' | ')
      if (window.said.at(-1)?.words === words && window.said.at(-1)?.kind === kind) return
      const called = shown.length > 0
      const alarming = called || !['saved', 'saving', 'connecting'].includes(kind)
      window.said.push({ words, kind, called, alarming, at: performance.now() })
    }
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
}

/** What the page said since it is watched, and its longest alarm in milliseconds. */
export const whatWasSaid = (page: Page) =>
  page.evaluate(() => {
    const spans = window.said.map((state, index) => ({
      ...state,
      lasted: (window.said[index + 1]?.at ?? performance.now()) - state.at,
    }))
    let [alarm, longest] = [0, 0]
    for (const { alarming, lasted } of spans) {
      alarm = alarming ? alarm + lasted : 0
      longest = Math.max(longest, alarm)
    }
    return { longestAlarm: longest, kinds: spans.map(({ kind }) => kind), spans }
  })

/**
 * What the page said that somebody whose process stays must not be told. A commit that takes longer than usual is no
 * fault of the process that went, and the indicator rightly says so as long as it lasts.
 */
export const needlessWords = async (page: Page) =>
  (await whatWasSaid(page)).spans
    .filter(({ kind, called }) => called || !['saved', 'saving', 'connecting', 'late'].includes(kind))
    .map(({ kind, words }) => `${kind}: ${words}`)
