import type { Browser } from '@playwright/test'
import type { Member, Newsroom } from '../pupitre.ts'
import {
  addressOf,
  openBrowser,
  openContext,
  openDraft,
  putCaret,
  SAVED,
  typedIn,
  whenReady,
} from './page.ts'
import { letters } from './typing.ts'

export type Offline = {
  /** Characters on the screen after the reload, the network still cut. */
  readonly afterReload: number
  /** Characters that the server has once the network is back. */
  readonly afterReturn: number
}

const OFFLINE_KEYS = 20

/** Opens a draft, cuts the network, types, reloads the page, and lets the network back in. */
export async function measureOffline(
  browser: Browser,
  newsroom: Newsroom,
  member: Member,
  draft: string,
): Promise<Offline> {
  const context = await openContext(browser, newsroom.url, member)
  const page = await openDraft(context, addressOf(newsroom, draft))
  // The page keeps itself after it has opened; a person goes offline later than that.
  await page.waitForTimeout(3000)
  await context.setOffline(true)
  await page.locator('[data-saved="offline"]').waitFor({ state: 'attached' })
  await putCaret(page)
  const before = (await typedIn(page)).length
  await page.keyboard.type(letters(OFFLINE_KEYS), { delay: 60 })
  await page.waitForTimeout(500)
  await page.reload().catch(() => {})
  const shown = await typedIn(page).then(
    (text) => text.length - before,
    () => 0,
  )
  await context.setOffline(false)
  await page
    .locator(SAVED)
    .first()
    .waitFor({ state: 'attached', timeout: 30_000 })
    .catch(() => {})
  await context.close()
  const stranger = await openContext(browser, newsroom.url, member)
  const kept = (await typedIn(await openDraft(stranger, addressOf(newsroom, draft)))).length - before
  await stranger.close()
  return { afterReload: shown, afterReturn: kept }
}

export type Crash = {
  /** Of the last 100 characters that the page called saved, how many are gone. */
  readonly missing: number
  /** Seconds from starting the server again to a draft that can be typed in. */
  readonly secondsToEditable: number
}

const LAST_KEYS = 100

/**
 * Types until the page says «saved», closes the browser, kills the server, starts it, and looks.
 * @param power whether PostgreSQL is killed too
 */
export async function measureCrash(
  newsroom: Newsroom,
  member: Member,
  draft: string,
  power: boolean,
): Promise<Crash> {
  const writing = await openBrowser()
  const context = await openContext(writing, newsroom.url, member)
  const page = await openDraft(context, addressOf(newsroom, draft))
  await putCaret(page)
  const before = await typedIn(page)
  await page.keyboard.type(letters(LAST_KEYS), { delay: 15 })
  await page.locator(SAVED).first().waitFor({ state: 'attached' })
  const expected = await typedIn(page)
  if (expected.length !== before.length + LAST_KEYS) throw new Error('not every key reached the page')
  await writing.close()
  await newsroom.kill(power)

  const reading = await openBrowser()
  try {
    const started = performance.now()
    const running = newsroom.restart()
    const fresh = await (await openContext(reading, newsroom.url, member)).newPage()
    await openAsSoonAsPossible(fresh, addressOf(newsroom, draft))
    const secondsToEditable = (performance.now() - started) / 1000
    await running
    const found = await typedIn(fresh)
    return { missing: expected.length - commonLength(expected, found), secondsToEditable }
  } finally {
    await reading.close()
  }
}

async function openAsSoonAsPossible(
  page: Awaited<ReturnType<typeof openDraft>>,
  address: string,
): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await page.goto(address).catch(() => null)
    if (response?.ok()) return whenReady(page)
    await page.waitForTimeout(50)
  }
  throw new Error(`${address} did not come back`)
}

function commonLength(expected: string, found: string): number {
  let length = 0
  while (length < expected.length && expected[length] === found[length]) length += 1
  return length
}
