import type { Browser } from '@playwright/test'
import { openContext } from '../browser/page.ts'
import type { Member, Newsroom } from '../pupitre.ts'

/** Slots of the month that is shown, and the page in step with the server. */
const SHOWN = '[data-occurrence]'
const SAVED = '[data-saved="saved"]'

/** Milliseconds from the navigation to a month that can be worked with, in a browser without a cache. */
export async function measureMonth(browser: Browser, newsroom: Newsroom, member: Member): Promise<number> {
  const context = await openContext(browser, newsroom.url, member)
  try {
    const page = await context.newPage()
    await page.addInitScript(
      ({ shown, saved }) => {
        const watch = new MutationObserver(() => {
          if (document.querySelectorAll(shown).length < 20 || !document.querySelector(saved)) return
          watch.disconnect()
          // After the frame that shows them, and whatever the page still has to do before it can listen.
          requestAnimationFrame(() => setTimeout(() => Object.assign(window, { benchAt: performance.now() })))
        })
        watch.observe(document, { subtree: true, childList: true, attributes: true })
      },
      { shown: SHOWN, saved: SAVED },
    )
    await page.goto(`${newsroom.url}/calendar?view=month`)
    const found = await page.waitForFunction(() => (window as { benchAt?: number }).benchAt)
    return (await found.jsonValue()) ?? Number.NaN
  } finally {
    await context.close()
  }
}
