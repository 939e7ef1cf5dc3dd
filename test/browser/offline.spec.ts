import { bodyOf, expect, openDraft, test } from './newsroom.ts'

test('a draft still opens offline when its page was kept before an upgrade and visited after it', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Ugo Avant', 'editor'))
  const id = await newsroom.draft('Avant la mise à niveau', 'Texte gardé.')
  await openDraft(page, newsroom, id)
  const kept = () =>
    page.evaluate(async () => {
      const list = await caches.match(`${location.pathname}?files`)
      return list ? ((await list.json()) as string[]) : []
    })
  await expect.poll(async () => (await kept()).length).toBeGreaterThan(0)
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
