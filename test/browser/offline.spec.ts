import type { Page } from '@playwright/test'
import { signalPostgres } from '#test/support/postmaster.ts'
import { bodyOf, expect, openDraft, pageKept, savedState, test, textOf, typeAtEnd } from './newsroom.ts'

test.use({ house: 'offline' })

test('a draft still opens offline when its page was kept before an upgrade and visited after it', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Ugo Avant', 'editor'))
  const id = await newsroom.draft('Avant la mise à niveau', 'Texte gardé.')
  // The last thing that the worker does when it keeps a page is to drop files that no kept page names.
  const useless = '/_next/static/chunks/of-no-page.js'
  await page.goto(`${newsroom.server.url}/team`)
  await page.evaluate(
    async (file) => (await caches.open('pupitre-files')).put(file, new Response('', { status: 200 })),
    useless,
  )
  await openDraft(page, newsroom, id)
  await expect
    .poll(() => page.evaluate(async (file) => (await caches.match(file)) === undefined, useless))
    .toBe(true)
  const kept = () =>
    page.evaluate(async () => {
      const list = await caches.match(`${location.pathname}?files`)
      return list ? ((await list.json()) as string[]) : []
    })
  // The kept page becomes one of an earlier build, which needs a file that this build does not have.
  const old = '/_next/static/chunks/of-the-build-before.js'
  await page.evaluate(async (file) => {
    const name = (await caches.keys()).find((key) => key.startsWith('pupitre-pages-')) ?? ''
    const pages = await caches.open(name)
    const page = await pages.match(location.pathname, { ignoreVary: true })
    if (!page) throw new Error('the page is not kept')
    const html = (await page.text()).replace('</head>', `<link rel="prefetch" href="${file}"></head>`)
    await pages.put(location.pathname, new Response(html, { headers: page.headers }))
    await pages.delete(`${location.pathname}?files`)
    await (await caches.open('pupitre-files')).put(file, new Response('', { status: 200 }))
  }, old)
  await page.reload()
  await expect.poll(kept).toContain(old)
  await page.context().setOffline(true)
  await page.reload()
  await expect(bodyOf(page)).toContainText('Texte gardé.')
  await expect(bodyOf(page)).toHaveAttribute('contenteditable', 'true')
  expect(await page.evaluate(async (file) => (await caches.match(file)) !== undefined, old)).toBe(true)
})

test('a draft that was never opened here says so without a connection', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Nina Neuve', 'editor'))
  const [known, unknown] = [
    await newsroom.draft('Ouvert', 'Oui.'),
    await newsroom.draft('Jamais ouvert', 'Non.'),
  ]
  await openDraft(page, newsroom, known)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await page.context().setOffline(true)
  await page.goto(`${newsroom.server.url}/drafts/${unknown}`)
  await expect(page.getByRole('heading', { name: 'Hors ligne' })).toBeVisible()
  await page.context().setOffline(false)
  await expect(bodyOf(page)).toContainText('Non.', { timeout: 30_000 })
})

test('what is typed up to the moment of a reload or of closing is there again, without a connection', async ({
  newsroom,
  person,
}) => {
  let page = await person(await newsroom.add('Rita Pressée', 'editor'))
  const context = page.context()
  const id = await newsroom.draft('Dans le métro', '.')
  const address = `${newsroom.server.url}/drafts/${id}`
  await openDraft(page, newsroom, id)
  await pageKept(page)
  await context.setOffline(true)
  let written = '.'
  for (const way of ['reload', 'close', 'reload', 'close', 'reload']) {
    await expect(savedState(page)).toContainText('Hors ligne')
    // A slow telephone: what the page has begun takes long, what the browser has in its hands does not.
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
    await bodyOf(page).click()
    await page.keyboard.press('Control+End')
    const text = `${way.slice(0, 1)}abcdefghijklmnopqrstuvwxyz0123456789.`
    // Every key is on its way before the first has its answer.
    await Promise.all([...text].map((key) => devtools.send('Input.insertText', { text: key })))
    written += text
    if (way === 'close') {
      await page.close()
      page = await context.newPage()
      await page.goto(address)
    } else await page.reload()
    await expect.poll(() => textOf(page)).toBe(written)
    await expect(savedState(page)).toContainText(/modifications? gardées? ici/)
  }
  await context.setOffline(false)
  await expect(savedState(page)).toContainText('Enregistré')
})

test('a browser that keeps nothing asks before what was not sent is left', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Prune Privée', 'editor'))
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  const id = await newsroom.draft('Fenêtre privée', 'Texte.')
  await openDraft(page, newsroom, id)
  await page.context().setOffline(true)
  await bodyOf(page).click()
  await page.keyboard.type('Oups ')
  await expect(savedState(page)).toHaveText(/^Hors ligne/)
  await expect(savedState(page)).not.toContainText('gardée')
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await page.context().setOffline(false)
  await expect(savedState(page)).toContainText('Enregistré')
})

/** Opens the list so that it is kept. From then on nothing in it waits for seconds: what it says, it knew. */
async function keptList(page: Page, url: string) {
  await page.goto(`${url}/drafts`)
  await pageKept(page)
  await page.addInitScript(() => {
    const soon = window.setTimeout
    const never = (run: () => void, ms = 0) => (ms < 2_000 ? soon(run, ms) : 0)
    Object.defineProperty(window, 'setTimeout', { value: never })
  })
}

test('a list that is opened without a connection says at once that it may be late', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Lou Liste', 'editor'))
  await keptList(page, newsroom.server.url)
  await page.context().setOffline(true)
  await page.reload()
  await expect(page.getByText('Connexion perdue')).toBeVisible()
})

test('a list that is opened while the server is away says at once that it may be late', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Paul Panne', 'editor'))
  await keptList(page, newsroom.server.url)
  await newsroom.server.kill9()
  await page.reload()
  await expect(page.getByText('Connexion perdue')).toBeVisible()
  expect(await page.evaluate(() => navigator.onLine)).toBe(true)
  await newsroom.server.restart()
})

test('while PostgreSQL hangs the page says that nothing is saved, shows others the text, and says Enregistré only afterwards', async ({
  newsroom,
  person,
}) => {
  const [page, other] = [
    await person(await newsroom.add('Diane Disque', 'editor')),
    await person(await newsroom.add('Omer Autre', 'editor')),
  ]
  const id = await newsroom.draft('Sans disque', 'Avant.')
  await openDraft(page, newsroom, id)
  await openDraft(other, newsroom, id)
  await typeAtEnd(page, ' Un.')
  await expect(savedState(page)).toContainText('Enregistré')
  signalPostgres(newsroom.dataFolder, 'SIGSTOP')
  try {
    await typeAtEnd(page, ' Deux.')
    await expect(bodyOf(other)).toContainText('Deux.')
    await expect(savedState(page)).toContainText('Pas encore enregistré')
    await expect(savedState(page)).not.toContainText('Enregistré')
  } finally {
    signalPostgres(newsroom.dataFolder, 'SIGCONT')
  }
  await expect(savedState(page)).toContainText('Enregistré', { timeout: 30_000 })
})
