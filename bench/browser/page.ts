import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import type { Member, Newsroom } from '../pupitre.ts'
import { MARKER } from './texts.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })

/** A browser of somebody who is signed in, with nothing in its cache. */
export async function openContext(browser: Browser, url: string, member: Member): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-CA' })
  const pairs = member.cookie.split('; ').map((pair) => pair.split('='))
  await context.addCookies(pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url })))
  return context
}

export const EDITABLE = '.draft-body[contenteditable="true"]'
export const SAVED = '[data-saved="saved"]'

export const addressOf = (newsroom: Newsroom, draft: string) => `${newsroom.url}/drafts/${draft}`

/** The draft can be typed in, shows its text, and the page says that all of it is saved. */
export async function whenReady(page: Page, timeout = 20_000): Promise<void> {
  await page.locator(EDITABLE).filter({ hasText: MARKER }).waitFor({ timeout })
  await page.locator(SAVED).first().waitFor({ timeout, state: 'attached' })
}

export async function openDraft(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await whenReady(page)
  return page
}

const caretBehindMarker = (page: Page): Promise<boolean> =>
  page.evaluate((marker) => {
    const { anchorNode, anchorOffset } = getSelection() ?? {}
    if (!anchorNode) return false
    const range = document.createRange()
    range.setStart(anchorNode.parentElement?.closest('p') ?? anchorNode, 0)
    range.setEnd(anchorNode, anchorOffset ?? 0)
    return range.toString() === marker
  }, MARKER)

/** Puts the caret right behind the marker. Throws where a key or a click is lost again and again. */
export async function putCaret(page: Page): Promise<void> {
  const paragraph = page.locator(`${EDITABLE} p`, { hasText: MARKER })
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await paragraph.scrollIntoViewIfNeeded()
    await paragraph.click({ position: { x: 4, y: 8 } })
    await page.keyboard.press('Home')
    for (let n = 0; n < MARKER.length; n += 1) await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(100)
    if (await caretBehindMarker(page)) return
  }
  throw new Error('the caret does not go where it is put')
}

/** What stands between the marker and the text that was there at first. */
export async function typedIn(page: Page): Promise<string> {
  const text = await page.locator(`${EDITABLE} p`, { hasText: MARKER }).textContent()
  return afterMarker(text ?? '')
}

const afterMarker = (text: string) => text.slice(text.indexOf(MARKER) + MARKER.length).split(' ')[0] ?? ''

/** Pauses between keys of a person, in milliseconds: 60 to 200, about eight keys a second. */
function* humanPauses(): Generator<number, never> {
  for (let state = 12_345; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    yield 60 + (state / 2 ** 31) * 140
  }
}

export async function typeAtHumanPace(page: Page, letters: string): Promise<void> {
  const pauses = humanPauses()
  for (const letter of letters) {
    await page.keyboard.press(letter)
    await new Promise((resolve) => setTimeout(resolve, pauses.next().value))
  }
}
