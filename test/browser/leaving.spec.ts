import type { Page } from '@playwright/test'
import { bodyOf, expect, openDraft, PASSWORD, savedState, test, typeAtEnd } from './newsroom.ts'

test.use({ house: 'leaving' })

async function signInHere(page: Page, url: string, email: string) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Courriel').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/drafts$/)
}

/** Run in a page: the names of all that its browser keeps of the newsroom. */
const kept = async () => [...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys())]

async function signOut(page: Page, name: string) {
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
}

test('who signs out neither sees nor loses what another has not sent from the same browser', async ({
  newsroom,
  browser,
}) => {
  const { url } = newsroom.server
  const [ada, bea] = [
    await newsroom.add('Ada Premier', 'editor'),
    await newsroom.add('Béa Seconde', 'editor'),
  ]
  const id = await newsroom.draft('À deux, une machine', 'Texte.')
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await signInHere(page, url, ada)
  await openDraft(page, newsroom, id)
  await expect(savedState(page)).toContainText('Enregistré')
  await context.setOffline(true)
  await typeAtEnd(page, ' Précieux.')
  await expect(savedState(page)).toContainText('1 modification gardée')
  // Ada’s session ends elsewhere; Béa sits down.
  await context.clearCookies()
  await context.setOffline(false)
  await signInHere(page, url, bea)
  await openDraft(page, newsroom, id)
  await expect(savedState(page)).toContainText('Enregistré')
  await expect(bodyOf(page)).not.toContainText('Précieux')
  await signOut(page, 'Béa Seconde')
  await expect(page).toHaveURL(/\/sign-in/)
  await signInHere(page, url, ada)
  await openDraft(page, newsroom, id)
  await expect(bodyOf(page)).toContainText('Précieux.')
  await expect(savedState(page)).toContainText('Enregistré')
  await context.close()
})

test('signing out without a connection is finished by the first page that has one', async ({
  newsroom,
  browser,
}) => {
  const { url } = newsroom.server
  const email = await newsroom.add('Pia Pressée', 'editor')
  const id = await newsroom.draft('Laissé ouvert', 'Texte.')
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await signInHere(page, url, email)
  await openDraft(page, newsroom, id)
  // The menu’s code is fetched ahead once the page has been quiet.
  await page.getByRole('button', { name: 'Pia Pressée' }).first().click()
  await expect(page.getByRole('menuitem', { name: 'Se déconnecter' })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page.getByText('Vous avez quitté la rédaction')).toBeVisible()
  await expect(bodyOf(page)).not.toBeAttached()
  expect(await page.title()).toBe('Pupitre')
  // The browser deletes a database once its last holder has let go of it.
  await expect.poll(() => page.evaluate(kept)).toEqual([])
  // Each further attempt forgets everything first: it must not make what it looks for.
  await page.evaluate(() => {
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (...given) {
      document.documentElement.dataset.opened = given[0]
      return open.apply(this, given)
    }
  })
  const asked = page.waitForRequest((request) => request.method() === 'POST')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await asked
  expect(await page.evaluate(() => document.documentElement.dataset.opened)).toBeUndefined()
  expect(await page.evaluate(kept)).toEqual([])
  // Closed before the connection is back: the next page owes the rest.
  await page.close()
  await context.setOffline(false)
  const next = await context.newPage()
  await next.goto(`${url}/drafts`)
  await expect(next).toHaveURL(/\/sign-in/)
  expect((await context.request.get(`${url}/api/auth/session`)).ok()).toBe(true)
  await next.goto(`${url}/drafts`)
  await expect(next).toHaveURL(/\/sign-in/)
  await signInHere(next, url, email)
  await next.reload()
  await expect(next).toHaveURL(/\/drafts$/)
  await context.close()
})

test('a page that is being kept while somebody leaves is not kept', async ({ newsroom, browser }) => {
  const email = await newsroom.add('Zoé Zélée', 'editor')
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await signInHere(page, newsroom.server.url, email)
  await expect.poll(() => page.evaluate(() => caches.match('/drafts?files').then(Boolean))).toBe(true)
  await page.getByRole('button', { name: 'Zoé Zélée' }).first().click()
  await expect(page.getByRole('menuitem', { name: 'Se déconnecter' })).toBeVisible()
  await context.setOffline(true)
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('the list is kept by a worker')
  // A slow disk: the worker opens its caches, and makes them, a moment after it has asked for them.
  await worker.evaluate(() => {
    const open = CacheStorage.prototype.open
    const marks = Object.assign(globalThis, { asked: 0, opened: 0 })
    CacheStorage.prototype.open = async function (name) {
      marks.asked += 1
      await new Promise((resolve) => setTimeout(resolve, 200))
      const cache = await open.call(this, name)
      marks.opened += 1
      return cache
    }
  })
  const marks = () =>
    worker.evaluate(() => {
      const { asked, opened } = globalThis as unknown as { asked: number; opened: number }
      return { asked, opened }
    })
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/drafts')
    const [name] = (await caches.keys()).filter((key) => key.startsWith('pupitre-pages-'))
    const volunteerId = name?.slice('pupitre-pages-'.length)
    registration?.active?.postMessage({ type: 'keep', volunteerId, path: '/drafts', files: [] })
  })
  await expect.poll(async () => (await marks()).asked).toBeGreaterThan(0)
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page.getByText('Vous avez quitté la rédaction')).toBeVisible()
  // Its page, its files, and those that are needed no more.
  await expect
    .poll(async () => {
      const { asked, opened } = await marks()
      return asked >= 3 && opened === asked
    })
    .toBe(true)
  expect(await page.evaluate(kept)).toEqual([])
  await context.close()
})

test('a page on which somebody left without a connection goes to the door when it is back', async ({
  newsroom,
  browser,
}) => {
  const email = await newsroom.add('Rose Rentrée', 'editor')
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await signInHere(page, newsroom.server.url, email)
  await page.getByRole('button', { name: 'Rose Rentrée' }).first().click()
  await expect(page.getByRole('menuitem', { name: 'Se déconnecter' })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page.getByText('Vous avez quitté la rédaction')).toBeVisible()
  await context.setOffline(false)
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goto(`${newsroom.server.url}/drafts`)
  await expect(page).toHaveURL(/\/sign-in/)
  await context.close()
})

test('who signs in is never shown a page that was kept for somebody whose session has ended', async ({
  newsroom,
  browser,
}) => {
  const { url } = newsroom.server
  const [gone, next] = [
    await newsroom.add('Odile Partie', 'editor'),
    await newsroom.add('Lise Suivante', 'editor'),
  ]
  const id = await newsroom.draft('Gardé pour Odile', 'Texte.')
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await signInHere(page, url, gone)
  await openDraft(page, newsroom, id)
  const pageCaches = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('pupitre-pages-')))
  await expect.poll(async () => (await pageCaches()).length).toBe(1)
  const [hers] = await pageCaches()
  await context.clearCookies()
  await signInHere(page, url, next)
  expect(await pageCaches()).not.toContain(hers)
  await context.setOffline(true)
  await page.goto(`${url}/drafts/${id}`)
  await expect(page.getByRole('heading', { name: 'Hors ligne' })).toBeVisible()
  await context.close()
})
