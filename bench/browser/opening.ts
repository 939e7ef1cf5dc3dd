import { gzipSync } from 'node:zlib'
import type { Browser } from '@playwright/test'
import type { Member, Newsroom } from '../pupitre.ts'
import { addressOf, EDITABLE, openContext, SAVED, whenReady } from './page.ts'
import { MARKER } from './texts.ts'

export type PageSize = {
  /** Bytes of all scripts, each gzipped by us at level 6: comparable between servers. */
  readonly gzip: number
  /** Bytes that crossed the wire, headers aside. */
  readonly transferred: number
  /** What the server compressed scripts and styles with; `identity` where it did not. */
  readonly encodings: readonly string[]
  readonly largest: readonly { readonly name: string; readonly gzip: number }[]
}

/** Every script of the editor page until it is ready and two quiet seconds have passed. */
export async function measureSize(
  browser: Browser,
  newsroom: Newsroom,
  member: Member,
  draft: string,
): Promise<PageSize> {
  const context = await openContext(browser, newsroom.url, member)
  const page = await context.newPage()
  const scripts: Promise<{ name: string; gzip: number; transferred: number; encoding: string }>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.push(
      (async () => {
        const body = await response.body()
        const sizes = await response.request().sizes()
        return {
          name: new URL(response.url()).pathname.split('/').at(-1) ?? '',
          gzip: gzipSync(body, { level: 6 }).byteLength,
          transferred: sizes.responseBodySize,
          encoding: response.headers()['content-encoding'] ?? 'identity',
        }
      })(),
    )
  })
  await page.goto(addressOf(newsroom, draft))
  await whenReady(page)
  await page.waitForTimeout(2000)
  const all = await Promise.all(scripts)
  await context.close()
  const sum = (of: (script: (typeof all)[number]) => number) =>
    all.reduce((total, script) => total + of(script), 0)
  return {
    gzip: sum((script) => script.gzip),
    transferred: sum((script) => script.transferred),
    encodings: [...new Set(all.map(({ encoding }) => encoding))],
    largest: all.sort((a, b) => b.gzip - a.gzip).slice(0, 8),
  }
}

/** Milliseconds from the navigation to an editor that is in step with the server, in a browser without a cache. */
export async function measureColdLoad(
  browser: Browser,
  newsroom: Newsroom,
  member: Member,
  draft: string,
): Promise<number> {
  const context = await openContext(browser, newsroom.url, member)
  const page = await context.newPage()
  await page.addInitScript(
    ({ editable, saved, marker }) => {
      const watch = new MutationObserver(() => {
        const editor = document.querySelector(editable)
        if (!editor?.textContent.includes(marker) || !document.querySelector(saved)) return
        watch.disconnect()
        Object.assign(window, { benchReadyAt: performance.now() })
      })
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    },
    { editable: EDITABLE, saved: SAVED, marker: MARKER },
  )
  await page.goto(addressOf(newsroom, draft))
  const found = await page.waitForFunction(() => (window as { benchReadyAt?: number }).benchReadyAt)
  const ready = await found.jsonValue()
  await context.close()
  if (ready === undefined) throw new Error('the editor never became ready')
  return ready
}
