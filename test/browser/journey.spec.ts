import { bodyOf, expect, PASSWORD, pageKept, savedState, test, textOf, typeAtEnd } from './newsroom.ts'

test.use({ house: 'journey' })

test('a newcomer opens the newsroom, invites a second volunteer, and nothing they save is lost', async ({
  browser,
  newsroom,
}) => {
  const { server } = newsroom
  const maude = await (await browser.newContext({ locale: 'fr-CA' })).newPage()
  await maude.goto(server.url)
  await expect(maude).toHaveURL(/\/setup$/)
  await maude.getByLabel('Code de mise en service').fill('0000-0000-0000')
  await maude.getByLabel('Nom de l’équipe').fill('Les Pupitres')
  await maude.getByLabel('Votre nom').fill('Maude Tremblay')
  await maude.getByLabel('Courriel').fill('maude@exemple.quebec')
  await maude.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await maude.getByRole('button', { name: 'Ouvrir la rédaction' }).click()
  await expect(maude.getByText('Ce n’est pas le code affiché')).toBeVisible()
  await maude.getByLabel('Code de mise en service').fill(server.setUpCode ?? '')
  await maude.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await maude.getByRole('button', { name: 'Ouvrir la rédaction' }).click()
  await expect(maude).toHaveURL(/\/drafts$/)

  await maude.goto(`${server.url}/team`)
  await maude.getByRole('button', { name: 'Inviter' }).click()
  await maude.getByRole('button', { name: 'Créer le lien' }).click()
  const link = await maude.getByLabel('Lien d’invitation').inputValue()
  await maude.getByRole('button', { name: 'Terminé' }).click()

  const second = await browser.newContext({ locale: 'fr-CA' })
  const noe = await second.newPage()
  await noe.goto(link)
  await noe.getByLabel('Votre nom').fill('Noé Gagnon')
  await noe.getByLabel('Courriel').fill('noe@exemple.quebec')
  await noe.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await noe.getByRole('button', { name: 'Entrer dans la rédaction' }).click()
  await expect(noe).toHaveURL(/\/drafts$/)
  // The team page of the other browser learns of it by itself.
  await expect(maude.getByText('Noé Gagnon')).toBeVisible()

  await maude.goto(`${server.url}/drafts`)
  await maude.getByRole('button', { name: 'Nouveau brouillon' }).first().click()
  await expect(maude).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/)
  const address = maude.url()
  await maude.getByRole('textbox', { name: 'Titre' }).fill('Communiqué de la rentrée')
  await typeAtEnd(maude, 'Bonjour à toutes et à tous.')

  await noe.getByText('Communiqué de la rentrée').first().click()
  await expect(noe).toHaveURL(address)
  await expect(bodyOf(noe)).toContainText('Bonjour à toutes et à tous.')
  await typeAtEnd(noe, ' Les inscriptions commencent lundi.')
  await expect(bodyOf(maude)).toContainText('Les inscriptions commencent lundi.')
  await expect(maude.locator('.draft-caret', { hasText: 'Noé Gagnon' })).toBeAttached()

  // Both at once, in the same paragraph.
  await Promise.all([typeAtEnd(maude, ' AAAAAAAAAA'), typeAtEnd(noe, ' BBBBBBBBBB')])
  const both = async (page: typeof maude) => (await textOf(page)).replace(/[^AB]/g, '').length
  await expect.poll(() => both(maude)).toBeGreaterThanOrEqual(21)
  await expect.poll(async () => (await textOf(maude)) === (await textOf(noe))).toBe(true)
  await expect(savedState(maude)).toContainText('Enregistré')
  await expect(savedState(noe)).toContainText('Enregistré')

  // Noé loses the network, writes, reloads, writes on; then it comes back.
  await pageKept(noe)
  await second.setOffline(true)
  await typeAtEnd(noe, ' Écrit dans le métro.')
  await expect(savedState(noe)).toContainText('Hors ligne')
  await noe.reload()
  await expect(bodyOf(noe)).toContainText('Écrit dans le métro.')
  await typeAtEnd(noe, ' Encore une station.')
  await typeAtEnd(maude, ' Pendant ce temps, au bureau.')
  await second.setOffline(false)
  await expect(bodyOf(maude)).toContainText('Encore une station.')
  await expect(bodyOf(noe)).toContainText('Pendant ce temps, au bureau.')
  await expect(savedState(noe)).toContainText('Enregistré')

  const kept = await textOf(maude)
  await server.kill9()
  await expect(savedState(maude)).toContainText('Hors ligne')
  await typeAtEnd(maude, ' Écrit pendant la panne.')
  await server.restart()
  await expect(savedState(maude)).toContainText('Enregistré', { timeout: 40_000 })

  const stranger = await browser.newContext({ storageState: await maude.context().storageState() })
  const fresh = await stranger.newPage()
  await fresh.goto(address)
  await expect(bodyOf(fresh)).toContainText('Écrit pendant la panne.')
  expect(kept).toContain('Bonjour à toutes et à tous.')
  expect(await textOf(fresh)).toContain(kept)
  await expect(bodyOf(noe)).toContainText('Écrit pendant la panne.', { timeout: 40_000 })
})
