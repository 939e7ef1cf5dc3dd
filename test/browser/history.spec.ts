import type { Page } from '@playwright/test'
import {
  bodyOf,
  expect,
  heldToast,
  openDraft,
  savedState,
  type TestNewsroom,
  test,
  textOf,
  typeAtEnd,
} from './newsroom.ts'

test.use({ house: 'history' })

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A button on a desk; on a phone a line of the draft’s menu. */
const openHistory = async (page: Page) => {
  const button = page.getByRole('button', { name: 'Historique des versions' })
  if (await button.isVisible()) await button.click()
  else {
    await page.getByRole('button', { name: 'Actions sur ce brouillon' }).click()
    await page.getByRole('menuitem', { name: 'Historique des versions' }).click()
  }
  await expect(page.getByRole('heading', { name: 'Historique', exact: true })).toBeVisible()
}
const lines = (page: Page) => page.locator('.timeline-open')
const choose = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function nameVersion(page: Page, name: string) {
  await page.getByRole('button', { name: 'Nommer cette version' }).first().click()
  await page.getByLabel('Nom de la version').fill(name)
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(lines(page).filter({ hasText: name })).toBeVisible()
}

/** Two people at two machines, on a draft of one sentence. */
async function two(newsroom: TestNewsroom, person: (email: string) => Promise<Page>, title: string) {
  const [maude, noe] = await Promise.all([
    person(await newsroom.add(`Maude ${title}`, 'editor')),
    person(await newsroom.add(`Noé ${title}`, 'editor')),
  ])
  const id = await newsroom.draft(title, 'Les inscriptions commencent lundi.')
  await Promise.all([openDraft(maude, newsroom, id), openDraft(noe, newsroom, id)])
  return { maude, noe, id }
}

test('what two people write is a version by itself, a name keeps it, and the difference shows the words', async ({
  newsroom,
  person,
}) => {
  const { maude, noe } = await two(newsroom, person, 'Séance')
  await openHistory(maude)
  await typeAtEnd(noe, ' Le bureau ouvre à neuf heures.')
  // What the draft began with, and the session that Noé began: without a reload.
  await expect(lines(maude).filter({ hasText: 'Noé Séance' })).toBeVisible()
  await expect(lines(maude)).toHaveCount(2)

  await nameVersion(maude, 'Pour le comité')
  await expect(lines(maude)).toHaveCount(2)
  await lines(maude).filter({ hasText: 'Pour le comité' }).click()
  await expect(maude.locator('.diff-rows ins')).toContainText('Le bureau ouvre à neuf heures.')
  await expect(maude.getByText('6 mots ajoutés')).toBeVisible()
  await maude.keyboard.press('n')
  await expect(maude.locator('.diff-row[data-current]')).toBeFocused()
  await choose(maude, 'Côte à côte')
  await expect(maude.locator('.diff-sides').last()).toBeVisible()
  await choose(maude, 'Le texte de maintenant')
  await expect(maude.getByText('Aucune différence')).toBeVisible()
  await typeAtEnd(noe, ' Fermé samedi.')
  await expect(maude.locator('.diff-rows ins')).toContainText('Fermé samedi.')
})

test('a restore while the other types keeps them connected and loses nothing that they type after it', async ({
  newsroom,
  person,
}) => {
  const { maude, noe } = await two(newsroom, person, 'Retour')
  const cut: string[] = []
  // A page that lost its room would open another socket.
  noe.on('websocket', (socket) => cut.push(socket.url()))
  await openHistory(maude)
  await nameVersion(maude, 'Au départ')
  await typeAtEnd(noe, ' Une phrase de trop.')
  await expect(bodyOf(maude)).toContainText('Une phrase de trop.')
  await lines(maude).filter({ hasText: 'Au départ' }).click()
  await maude.getByRole('button', { name: 'Restaurer cette version' }).click()
  const typing = typeAtEnd(noe, ' ABCDEFGHIJ')
  await maude.getByRole('button', { name: 'Restaurer', exact: true }).click()
  const toast = await heldToast(maude, 'Version restaurée')
  await typing
  await expect(bodyOf(noe)).not.toContainText('Une phrase de trop.')
  await typeAtEnd(noe, ' Écrit après.')
  await expect(bodyOf(maude)).toContainText('Écrit après.')
  await expect.poll(async () => (await textOf(maude)) === (await textOf(noe))).toBe(true)
  await expect(savedState(noe)).toContainText('Enregistré')
  expect(cut).toEqual([])
  expect(await textOf(maude)).toContain('Les inscriptions commencent lundi.')

  // And back: what the restore replaced is a version too.
  await toast.getByRole('button', { name: 'Revenir à l’état d’avant' }).click()
  await expect(bodyOf(noe)).toContainText('Une phrase de trop.')
})

test('one sees who wrote a passage, and copies an old one without anything around it', async ({
  newsroom,
  person,
}) => {
  const { maude, noe } = await two(newsroom, person, 'Mains')
  await maude.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await typeAtEnd(noe, ' Noé signe ici.')
  await expect(savedState(noe)).toContainText('Enregistré')
  await openHistory(maude)
  await maude.getByRole('button', { name: /Maintenant/ }).click()
  await maude.locator('.past-run', { hasText: 'Noé signe ici.' }).click()
  await expect(maude.getByText('Passage écrit par Noé Mains')).toBeVisible()
  await expect(maude.locator('.past-who', { hasText: 'Noé Mains' })).toBeVisible()
  await maude.getByRole('button', { name: 'Copier ce bloc' }).last().click()
  const copied = () => maude.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe('Les inscriptions commencent lundi. Noé signe ici.')
})

test('a telephone shows the difference in the text, and restores', async ({ newsroom, person }) => {
  const email = await newsroom.add('Ève Poche', 'editor')
  const id = await newsroom.draft('Poche', 'Un texte court.')
  const page = await person(email, PHONE)
  await openDraft(page, newsroom, id)
  await typeAtEnd(page, ' Et sa suite.')
  await openHistory(page)
  await lines(page).first().tap()
  await expect(page.locator('.diff-rows ins')).toContainText('Et sa suite.')
  await expect(page.getByRole('button', { name: 'Côte à côte' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Revenir au texte' }).tap()
  await lines(page).last().tap()
  await page.getByRole('button', { name: 'Restaurer cette version' }).tap()
  await page.getByRole('button', { name: 'Restaurer', exact: true }).tap()
  await expect(page.getByText('Version restaurée')).toBeVisible()
  await expect(bodyOf(page)).not.toContainText('Et sa suite.')
})
