import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { Locale, Role } from '#lib/domain/permissions.ts'
import { readText } from '#server/drafts/formats/read-text.ts'
import { atDesk } from '#test/support/desk.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'

export { expect }

export const PASSWORD = 'une longue phrase de passe'

/** A real newsroom of its own: server, PostgreSQL and data folder, for one file of tests. */
export type TestNewsroom = {
  readonly server: RunningServer
  readonly dataFolder: string
  /** Adds an account. @returns its e-mail address */
  add(name: string, role: Role, locale?: Locale): Promise<string>
  /** A draft with this text. @returns its id */
  draft(title: string, text: string): Promise<string>
}

type Fixtures = {
  /** A browser of its own, signed in: a person at another machine. */
  person: (
    email: string,
    options?: Parameters<import('@playwright/test').Browser['newContext']>[0],
  ) => Promise<Page>
}

export const test = base.extend<
  Fixtures,
  { house: string; env: Readonly<Record<string, string>>; newsroom: TestNewsroom }
>({
  /** Each file names its own: Playwright then starts another worker for it, and with it another newsroom. */
  house: ['', { option: true, scope: 'worker' }],
  /** Settings of its server. */
  env: [{}, { option: true, scope: 'worker' }],
  newsroom: [
    async ({ house, env }, use) => {
      if (house === '') throw new Error('a file of tests names its house: test.use({ house: … })')
      const dataFolder = mkdtempSync(join(tmpdir(), 'pupitre-browser-'))
      const server = await startServer({ dataFolder, env })
      await use({
        server,
        dataFolder,
        async add(name, role, locale = 'fr') {
          const email = `${name
            .toLowerCase()
            .normalize('NFD')
            .replace(/[^a-z]/g, '')}@exemple.quebec`
          const added = await atDesk(dataFolder, ({ volunteers }) =>
            volunteers.add({ email, name, role, locale, password: PASSWORD }),
          )
          if (!added.ok) throw new Error(JSON.stringify(added.error))
          return email
        },
        async draft(title, text) {
          const body = readText(text)
          const made = await atDesk(dataFolder, ({ drafts }) =>
            drafts.create('operator', { title, body: body.toJSON() }),
          )
          if (!made.ok) throw new Error(made.error)
          return made.value
        },
      })
      await server.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  person: async ({ browser, newsroom }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (email, options = {}) => {
      const context = await browser.newContext({ locale: 'fr-CA', ...options })
      contexts.push(context)
      const cookie = await signIn(newsroom.server.url, { email, password: PASSWORD })
      await context.addCookies(
        cookie.split('; ').map((pair) => {
          const equals = pair.indexOf('=')
          return { name: pair.slice(0, equals), value: pair.slice(equals + 1), url: newsroom.server.url }
        }),
      )
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
})

/** Opens a draft and waits until it may be written in. */
export async function openDraft(page: Page, newsroom: TestNewsroom, id: string) {
  await page.goto(`${newsroom.server.url}/drafts/${id}`)
  await expect(bodyOf(page)).toHaveAttribute('contenteditable', 'true')
}

/** Waits until the page would open without a connection: the worker keeps its files first, then the page itself. */
export const pageKept = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => (await caches.match(location.pathname, { ignoreVary: true })) !== undefined),
    )
    .toBe(true)

/** Short news, which goes by itself after seconds, held by a pointer until its button is pressed. */
export async function heldToast(page: Page, text: string) {
  const toast = page.locator('[data-sonner-toast]', { hasText: text })
  await toast.hover()
  return toast
}

export const bodyOf = (page: Page) => page.locator('.tiptap')
export const savedState = (page: Page) => page.locator('[data-saved]')

/** What is written, without the names at the carets of others. */
export const textOf = (page: Page): Promise<string> =>
  bodyOf(page).evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.draft-caret')) caret.remove()
    return copy.textContent ?? ''
  })

/** Writes at the end of the draft, as a person does: key by key. */
export async function typeAtEnd(page: Page, text: string) {
  await bodyOf(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}
