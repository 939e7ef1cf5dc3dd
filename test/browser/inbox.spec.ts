import type { Page } from '@playwright/test'
import { type MailServer, openMailServer } from '#test/support/mail-server.ts'
import { test as base, bodyOf, expect, openDraft, type TestNewsroom } from './newsroom.ts'
import { perWorker } from './per-worker.ts'

const test = base.extend<object, { mail: MailServer }>({
  mail: perWorker(openMailServer, 30_000),
  env: [async ({ mail }, use) => use({ SMTP_URL: mail.url }), { scope: 'worker' }],
})
test.use({ house: 'inbox' })

const PASSAGE = 'Le point de presse aura lieu jeudi.'

const bell = (page: Page) =>
  page.getByRole('navigation', { name: 'Salles' }).getByRole('link', { name: /^Avis/ }).first()
const lines = (page: Page) => page.locator('[data-notice]')

/** Two people, the first with a draft open. */
async function pair(newsroom: TestNewsroom, person: (email: string) => Promise<Page>, tag: string) {
  const ana = await person(await newsroom.add(`Ana ${tag}`, 'editor'))
  const bob = await person(await newsroom.add(`${tag} Bob`, 'contributor'))
  const id = await newsroom.draft(`Rimouski ${tag}`, `Une phrase d’abord.\n\n${PASSAGE}`)
  await openDraft(ana, newsroom, id)
  await expect(ana.getByRole('button', { name: /^Commentaires/ })).toBeVisible()
  return { ana, bob, id }
}

async function comment(page: Page, text: string) {
  await bodyOf(page).getByText(PASSAGE).click({ clickCount: 3 })
  await page.keyboard.press('Control+Alt+m')
  const box = page.getByRole('textbox', { name: 'Écrire un commentaire' })
  await box.pressSequentially(text)
  if (text.includes('@')) await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article').filter({ hasText: text.split('@')[0]?.trim() ?? '' })).toBeVisible()
}

test('a mention is a word, a count and a line at once on the other’s page, and opening it reads it', async ({
  newsroom,
  person,
}) => {
  const { ana, bob } = await pair(newsroom, person, 'Sonnette')
  await bob.goto(`${newsroom.server.url}/team`)
  await expect(bell(bob)).toHaveText('Avis')
  await comment(ana, 'À vérifier @sonnette')
  await expect(
    bob.getByText('Ana Sonnette vous mentionne dans un commentaire sur «\u00a0Rimouski Sonnette\u00a0»'),
  ).toBeVisible()
  await expect(bell(bob)).toHaveAccessibleName('Avis 1 non lu')
  await expect(bob).toHaveTitle(/^\(1\) Équipe/)

  await bob.keyboard.press('g')
  await bob.keyboard.press('n')
  await expect(lines(bob)).toHaveCount(1)
  await expect(lines(bob)).toContainText('À vérifier @Sonnette Bob')
  await expect(lines(bob)).toContainText('Non lu')
  await lines(bob).click()
  await expect(bob).toHaveURL(/\/drafts\/[^/]+\?(.*&)?thread=/)
  await expect(bob.getByRole('article').filter({ hasText: 'À vérifier' })).toBeVisible()
  await expect(bob).toHaveTitle(/^Rimouski/)
})

test('the inbox is live on every page of its owner: what is read on one is read on the other', async ({
  newsroom,
  person,
}) => {
  const { ana, bob } = await pair(newsroom, person, 'Miroir')
  const other = await bob.context().newPage()
  for (const page of [bob, other]) {
    await page.goto(`${newsroom.server.url}/inbox`)
    await expect(page.getByText('Rien ne vous attend')).toBeVisible()
  }
  await comment(ana, 'Premier @miroir')
  await comment(ana, 'Deuxième @miroir')
  for (const page of [bob, other]) await expect(lines(page)).toHaveCount(2)

  await bob.keyboard.press('j')
  await expect(lines(bob).first()).toBeFocused()
  await bob.keyboard.press('e')
  for (const page of [bob, other]) {
    await expect(bell(page)).toHaveAccessibleName('Avis 1 non lu')
    await expect(lines(page).filter({ hasText: 'Deuxième' })).not.toContainText('Non lu')
  }
  await bob.keyboard.press('ArrowDown')
  await expect(lines(bob).last()).toBeFocused()
  await other.getByRole('button', { name: 'Tout marquer comme lu' }).click()
  for (const page of [bob, other]) {
    await expect(bell(page)).toHaveAccessibleName('Avis')
    await expect(page.getByText('Non lu', { exact: true })).toHaveCount(0)
  }
  await bob.getByRole('link', { name: 'Non lus' }).click()
  await expect(bob.getByText('Tout est lu')).toBeVisible()
})

test('what arrives in a thread that is looked at is read already', async ({ newsroom, person }) => {
  const { ana, bob } = await pair(newsroom, person, 'Regard')
  await bob.goto(`${newsroom.server.url}/inbox`)
  await comment(ana, 'Voilà @regard')
  await lines(bob).click()
  await expect(bob.getByRole('article').filter({ hasText: 'Voilà' })).toBeVisible()
  const card = ana.getByRole('article').filter({ hasText: 'Voilà' })
  await expect(bell(bob)).toHaveAccessibleName('Avis')
  // The page says that it was read, as soon as it is told.
  const seen = bob.waitForResponse((response) => response.request().method() === 'POST' && response.ok())
  await card.getByRole('textbox', { name: 'Répondre' }).fill('Et encore ceci.')
  await ana.keyboard.press('Control+Enter')
  await expect(bob.getByRole('article').getByText('Et encore ceci.')).toBeVisible()
  await seen
  await bob.goto(`${newsroom.server.url}/inbox`)
  await expect(lines(bob)).toHaveCount(2)
  await expect(bell(bob)).toHaveAccessibleName('Avis')
})

test('the e-mail comes as its reader chose, and its link leads out of the thread without a sign-in', async ({
  newsroom,
  person,
  browser,
  request,
  mail,
}) => {
  const { ana, bob } = await pair(newsroom, person, 'Poste')
  await bob.goto(`${newsroom.server.url}/profile`)
  const section = bob.locator('#notify')
  await section.getByLabel('Aucun courriel à certaines heures').uncheck()
  await section.getByLabel('Mentions').selectOption('Tout de suite')
  await section.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(bob.getByText('Vos choix de courriels sont enregistrés.')).toBeVisible()
  await bob.reload()
  await expect(section.getByLabel('Aucun courriel à certaines heures')).not.toBeChecked()

  await comment(ana, 'Par la poste @poste')
  await expect
    .poll(() => mail.received.filter(({ to }) => to[0] === 'postebob@exemple.quebec').length, {
      timeout: 60_000,
    })
    .toBe(1)
  const letter = mail.received.find(({ to }) => to[0] === 'postebob@exemple.quebec')
  expect(letter?.header('subject')).toBe('Pupitre\u00a0: 1 avis vous attend')
  expect(letter?.body).toContain('Par la poste @Poste Bob')
  const link = /https?:\/\/[^\s"]+\/unsubscribe\/[\w-]+/.exec(letter?.body ?? '')?.[0] ?? ''

  const stranger = await (await browser.newContext({ locale: 'fr-CA', javaScriptEnabled: false })).newPage()
  await stranger.goto(link)
  await expect(stranger.getByText('Ne plus suivre ce fil?')).toBeVisible()
  await expect(stranger.getByText('Rimouski')).toHaveCount(0)
  await stranger.getByRole('button', { name: 'Ne plus suivre' }).click()
  await expect(stranger.getByText('C’est fait')).toBeVisible()
  await stranger.context().close()

  // A mail program asks with one request (RFC 8058); opening the address by hand, or forging it, changes nothing.
  const address = /<([^>]+)>/.exec(letter?.header('list-unsubscribe') ?? '')?.[1] ?? ''
  expect(address).toContain('/api/unsubscribe/')
  const form = { 'List-Unsubscribe': 'One-Click' }
  expect((await request.get(address, { maxRedirects: 0 })).status()).toBe(303)
  expect((await request.post(address, { form, maxRedirects: 0 })).status()).toBe(200)
  const forged = address.replace(/.(?=.$)/, (letter) => (letter === 'A' ? 'B' : 'A'))
  expect((await request.post(forged, { form, maxRedirects: 0 })).status()).toBe(404)

  const card = ana.getByRole('article').filter({ hasText: 'Par la poste' })
  await card.getByRole('textbox', { name: 'Répondre' }).fill('Elle ne suit plus.')
  await ana.keyboard.press('Control+Enter')
  await expect(card).toContainText('Elle ne suit plus.')
  await bob.goto(`${newsroom.server.url}/inbox`)
  await expect(lines(bob)).toHaveCount(1)
})

test('a link that is broken or of no newsroom says so, and where to go instead', async ({
  newsroom,
  page,
}) => {
  await page.goto(`${newsroom.server.url}/unsubscribe/nowhere`)
  await expect(page.getByText('Ce lien ne mène nulle part')).toBeVisible()
  await page.getByRole('link', { name: 'Ouvrir votre profil' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
})
