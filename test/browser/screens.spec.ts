import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { VIEWS } from '#lib/domain/calendar/filter.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { ZONE } from '#test/app/calendar/planned.ts'
import { runCli } from '#test/support/cli.ts'
import { expect, test, typeAtEnd } from './newsroom.ts'
import { planAround } from './plan.ts'

test.use({ house: 'screens' })
// Some forty screens, one after another.
test.setTimeout(300_000)

const WINDOWS = [
  { name: 'desk', viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
] as const

/** Stands in the addresses too: a later screen may be opened after midnight. */
const TODAY = localDay(Date.now(), ZONE)

test.beforeAll(async ({ newsroom }) => {
  const file = join(newsroom.dataFolder, 'plan.ics')
  writeFileSync(file, planAround(TODAY))
  await runCli(['calendar', 'import', file], { dataFolder: newsroom.dataFolder })
})

/** What axe finds. @param rules all of them where none is named */
async function faultsOf(page: Page, ...rules: readonly string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

async function wear(page: Page, theme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme: theme })
  // A toast or a dialog that is still fading in has colours in between.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  )
}

/** Looks at a screen in both themes. They differ in their colours and in nothing else. */
async function look(page: Page, name: string) {
  await wear(page, 'dark')
  await page.screenshot({ path: `test-results/screens/${name}-dark.png` })
  expect.soft(await faultsOf(page, 'color-contrast'), `${name}, dark`).toEqual([])
  await wear(page, 'light')
  await page.screenshot({ path: `test-results/screens/${name}-light.png` })
  expect.soft(await faultsOf(page), name).toEqual([])
  // A phone makes its window as wide as what overflows it.
  const width = page.viewportSize()?.width ?? 0
  const overflow = (await page.evaluate(() => document.documentElement.scrollWidth)) - width
  expect.soft(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0)
}

/** Comments on the first line, with keys alone. */
async function comment(page: Page, text: string) {
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Control+Alt+m')
  await expect(page.getByRole('textbox').and(page.locator('textarea[aria-haspopup]'))).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-thread]')).toBeVisible()
}

for (const window of WINDOWS) {
  for (const locale of ['fr', 'en'] as const) {
    const { name, ...device } = window
    const tag = `${name}-${locale}`

    test(`every screen holds and axe finds nothing: ${tag}`, async ({ browser, newsroom, person }) => {
      const { url } = newsroom.server
      const cookies = [{ name: 'pupitre-locale', value: locale, url }]
      const language = { ...device, locale: locale === 'fr' ? 'fr-CA' : 'en-CA' }
      const stranger = await (await browser.newContext(language)).newPage()
      await stranger.context().addCookies(cookies)
      const email = await newsroom.add(`Maude ${tag}`, 'coordinator', locale)
      for (const [screen, path] of [
        ['sign-in', '/sign-in'],
        ['invitation', '/invitation/nowhere'],
        ['unsubscribe', '/unsubscribe/nowhere'],
        ['not-found', '/nowhere'],
      ] as const) {
        await stranger.goto(`${url}${path}`)
        await look(stranger, `${screen}-${tag}`)
      }
      await stranger.context().close()

      const id = await newsroom.draft(
        `Communiqué ${tag}`,
        'Une première phrase, assez longue pour tenir sur plus d’une ligne dans un téléphone.\n\nEt une seconde.',
      )
      const page = await person(email, language)
      await page.context().addCookies(cookies)
      await page.goto(`${url}/drafts`)
      await expect(page.getByText(`Communiqué ${tag}`)).toBeVisible()
      await look(page, `drafts-${tag}`)
      await page.goto(`${url}/drafts?q=introuvable`)
      await look(page, `drafts-nothing-${tag}`)
      await page.goto(`${url}/drafts/${id}`)
      await expect(page.locator('.tiptap')).toHaveAttribute('contenteditable', 'true')
      await page.locator('.tiptap').click()
      await look(page, `draft-${tag}`)
      await comment(page, 'Est-ce le bon chiffre ? Voir https://exemple.quebec')
      await look(page, `draft-thread-${tag}`)
      await page.goto(`${url}/drafts/${id}?panel=threads`)
      await page.getByRole('button', { name: /bon chiffre/ }).click()
      await expect(page.locator('[data-thread]').getByRole('textbox')).toBeVisible()
      await look(page, `draft-threads-${tag}`)
      const words =
        locale === 'fr'
          ? {
              review: 'Révision',
              ask: 'Demander une révision',
              save: 'Enregistrer',
              suggesting: 'Mode suggestion',
            }
          : { review: 'Review', ask: 'Ask for a review', save: 'Save', suggesting: 'Suggesting' }
      // On a phone a panel covers the page.
      await page.goto(`${url}/drafts/${id}`)
      await page.locator('.draft-standing').getByRole('button', { name: words.ask, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(page, `draft-ask-${tag}`)
      await page.goto(`${url}/drafts/${id}?panel=review`)
      await expect(
        page.locator(`[aria-label="${words.review}"], [role="dialog"]`).locator('h3').first(),
      ).toBeVisible()
      await look(page, `draft-review-${tag}`)
      await page.goto(`${url}/drafts/${id}?panel=history`)
      await expect(page.locator('.timeline-now')).toBeVisible()
      await look(page, `draft-history-empty-${tag}`)
      await page.goto(`${url}/drafts/${id}`)
      await expect(page.locator('.tiptap')).toHaveAttribute('contenteditable', 'true')
      await typeAtEnd(page, ' Une suite.')
      await page.goto(`${url}/drafts/${id}?panel=history`)
      await expect(page.locator('.timeline-open')).toHaveCount(2)
      await look(page, `draft-history-${tag}`)
      await page.locator('.timeline-open').first().click()
      await expect(page.locator('.diff-rows ins')).toBeVisible()
      await look(page, `draft-revision-${tag}`)
      await page.locator('.past-choices button').nth(2).click()
      await page.locator('.past-run').last().click()
      await look(page, `draft-authors-${tag}`)
      await page.goto(`${url}/drafts/${id}`)
      await expect(page.locator('.tiptap')).toHaveAttribute('contenteditable', 'true')
      await page.getByRole('switch', { name: words.suggesting }).click()
      await typeAtEnd(page, ' Proposé, lettre par lettre.')
      await page.keyboard.press('Control+Home')
      await page.keyboard.press('Control+Shift+ArrowRight')
      await page.keyboard.press('Delete')
      await page.keyboard.press('Control+Alt+j')
      await expect(page.locator('.suggest-card')).toBeVisible()
      await look(page, `draft-suggestion-${tag}`)
      await page.goto(`${url}/drafts/${id}?panel=suggestions`)
      await expect(page.locator('.suggest-line')).toHaveCount(2)
      await look(page, `draft-suggestions-${tag}`)
      await page.goto(`${url}/team/review`)
      await expect(page.getByRole('button', { name: words.save, exact: true })).toBeVisible()
      await look(page, `team-review-${tag}`)
      for (const view of VIEWS) {
        await page.goto(`${url}/calendar?view=${view}&date=${TODAY}`)
        await expect(page.getByText('Direct avec les candidates').first()).toBeAttached()
        await look(page, `calendar-${view}-${tag}`)
      }
      await page.goto(`${url}/calendar?view=agenda&date=${TODAY}`)
      await page.getByText('Portrait : Anaïs').first().click()
      await expect(page).toHaveURL(/slot=/)
      await look(page, `calendar-slot-${tag}`)
      await page.goto(`${url}/calendar/print?from=${TODAY}`)
      await expect(page.getByText('Direct avec les candidates').first()).toBeVisible()
      await look(page, `calendar-print-${tag}`)
      await page.goto(`${url}/team`)
      await look(page, `team-${tag}`)
      await page
        .getByRole('button', { name: locale === 'fr' ? 'Inviter' : 'Invite' })
        .first()
        .click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(page, `team-invite-${tag}`)
      await page.goto(`${url}/inbox`)
      await look(page, `inbox-${tag}`)
      await page.goto(`${url}/profile`)
      await look(page, `profile-${tag}`)
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(page, `palette-${tag}`)
    })
  }
}
