import type { Page } from '@playwright/test'
import type { DraftId } from '#lib/domain/ids.ts'
import { slot } from '#test/app/calendar/planned.ts'
import { expect, heldToast, openDraft, savedState, type TestNewsroom, test, typeAtEnd } from './newsroom.ts'
import { plan } from './planning.ts'

test.use({ house: 'review' })

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const stage = (page: Page) => page.getByRole('button', { name: /^Étape\s: / })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Révision' })
const status = (page: Page) => page.locator('.draft-standing').getByRole('status')
const nextStep = (page: Page, name: string) =>
  page.locator('.draft-standing').getByRole('button', { name, exact: true })

/** Somebody writes in a draft, so that the text is theirs, and waits until it is kept. */
async function write(page: Page, newsroom: TestNewsroom, id: string, text: string) {
  await openDraft(page, newsroom, id)
  await typeAtEnd(page, text)
  await expect(savedState(page)).toContainText('Enregistré')
}

async function askAnybody(page: Page) {
  await nextStep(page, 'Demander une révision').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Toute personne disponible').check()
  await dialog.getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(stage(page)).toContainText('En révision')
}

async function tickAll(page: Page) {
  await expect(panel(page).getByRole('checkbox').first()).toBeVisible()
  for (const point of await panel(page).getByRole('checkbox').all()) await point.check()
}

async function openPanel(page: Page) {
  if (!(await panel(page).isVisible())) await stage(page).click()
  await expect(panel(page)).toBeVisible()
}

async function approve(page: Page) {
  await openPanel(page)
  await tickAll(page)
  await panel(page).getByRole('button', { name: 'Approuver', exact: true }).click()
  await expect(panel(page)).toContainText('Vous approuvez ce texte.')
}

test('who is asked approves the checked text, and whoever wrote it sees that at once; an edit voids it at both', async ({
  newsroom,
  person,
}) => {
  const maude = await person(await newsroom.add('Maude Autrice', 'contributor'))
  const noe = await person(await newsroom.add('Noé Relecteur', 'editor'))
  const id = await newsroom.draft('Quatre yeux', 'Une première phrase.')
  await write(maude, newsroom, id, ' Écrite par Maude.')
  await openDraft(noe, newsroom, id)

  await nextStep(maude, 'Demander une révision').click()
  const dialog = maude.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('Cochez au moins une personne')
  await dialog.getByLabel('Noé Relecteur').check()
  await dialog.getByLabel(/^Mot/).fill('Pour jeudi midi.')
  await dialog.getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(dialog).toHaveCount(0)

  await expect(stage(noe)).toContainText('En révision')
  await expect(status(noe)).toContainText('Maude Autrice vous demande une révision.')
  await expect(status(maude)).toContainText('Il manque l’approbation d’une personne.')
  await nextStep(noe, 'Approuver…').click()
  await expect(panel(noe)).toContainText('Pour jeudi midi.')
  await panel(noe).getByRole('button', { name: 'Approuver', exact: true }).click()
  await expect(panel(noe).getByRole('alert')).toContainText('points à cocher')
  await tickAll(noe)
  await panel(noe).getByRole('button', { name: 'Approuver', exact: true }).click()
  await expect(stage(maude)).toContainText('Approuvé')
  await expect(stage(noe)).toContainText('Approuvé')
  await stage(maude).click()
  await expect(panel(maude)).toContainText('Noé Relecteur')
  await expect(panel(maude)).toContainText('4 points vérifiés')
  // Judging is not a contributor’s, and the page says so.
  await expect(panel(maude)).toContainText('approuver revient à l’édition et à la coordination')

  await typeAtEnd(maude, ' Et encore.')
  for (const page of [maude, noe]) {
    await expect(stage(page)).toContainText('En révision')
    await expect(status(page)).toContainText('Approbation annulée par une modification.')
    await expect(panel(page)).toContainText('Ne compte plus')
    await expect(panel(page)).toContainText('Ce qui a changé depuis l’approbation')
    await expect(panel(page).locator('ins')).toContainText('Et encore.')
  }
})

test('whoever wrote a text cannot approve it alone, and is told whose approval is missing', async ({
  newsroom,
  person,
}) => {
  const edith = await person(await newsroom.add('Édith Seule', 'editor'))
  const id = await newsroom.draft('Toute seule', 'Texte.')
  await write(edith, newsroom, id, ' À moi.')
  await askAnybody(edith)
  await expect(status(edith)).toContainText('quelqu’un d’autre doit l’approuver')
  await approve(edith)
  await expect(stage(edith)).toContainText('En révision')
  await expect(status(edith)).toContainText('Il manque l’approbation d’une personne autre que vous.')
  await panel(edith).getByRole('button', { name: 'Revenir sur ma décision' }).click()
  await expect(panel(edith)).not.toContainText('Vous approuvez ce texte.')
})

test('changes are requested, made, approved, scheduled and published, seen by both all along', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Rita Rédactrice', 'contributor')
  const rita = await person(email)
  const paul = await person(await newsroom.add('Paul Réviseur', 'editor'))
  const id = await newsroom.draft('Aller-retour', 'Texte.')
  const client = await plan(newsroom, email, slot(11, '2032-05-04', '08:00', { draft: id as DraftId }))
  await write(rita, newsroom, id, ' Une faite.')
  await openDraft(paul, newsroom, id)
  await askAnybody(rita)

  await openPanel(paul)
  await panel(paul).getByRole('button', { name: 'Demander des changements…' }).click()
  const dialog = paul.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(dialog).toContainText('Écrivez ce qu’il faut changer.')
  await dialog.getByLabel('Ce qu’il faut changer').fill('« Fête », pas « faite ».')
  await dialog.getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(stage(rita)).toContainText('À retoucher')
  await expect(status(rita)).toContainText('Paul Réviseur demande des changements.')
  await openPanel(rita)
  await expect(panel(rita)).toContainText('« Fête », pas « faite ».')

  for (let letter = 0; letter < 6; letter += 1) await rita.keyboard.press('Escape')
  await typeAtEnd(rita, ' Une fête.')
  await expect(savedState(rita)).toContainText('Enregistré')
  await nextStep(rita, 'Demander une révision').click()
  await rita.getByRole('dialog').getByLabel('Toute personne disponible').check()
  await rita.getByRole('dialog').getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(stage(paul)).toContainText('En révision')
  await panel(paul).getByRole('button', { name: 'J’ai relu' }).click()
  await approve(paul)
  await expect(stage(rita)).toContainText('Approuvé')

  await nextStep(paul, 'Programmer').click()
  await expect(stage(rita)).toContainText('Programmé')
  await nextStep(paul, 'Marquer comme publié').click()
  await paul
    .getByRole('alertdialog')
    .getByRole('button', { name: 'Marquer comme publié', exact: true })
    .click()
  await expect(stage(rita)).toContainText('Publié')
  await expect(stage(paul)).toContainText('Publié')
  await typeAtEnd(rita, ' Trop tard.')
  await expect(status(paul)).toContainText('Modifié depuis la publication.')
  client.provider.destroy()
})

test('an approval is not offered on a text that others change meanwhile, nor without a connection', async ({
  newsroom,
  person,
}) => {
  const ines = await person(await newsroom.add('Inès Écrit', 'contributor'))
  const omar = await person(await newsroom.add('Omar Lit', 'editor'))
  const id = await newsroom.draft('Sous les yeux', 'Texte.')
  await write(ines, newsroom, id, ' Au début.')
  await askAnybody(ines)
  await openDraft(omar, newsroom, id)
  await openPanel(omar)
  await expect(panel(omar).getByRole('checkbox').first()).toBeVisible()
  await typeAtEnd(ines, ' Glissé.')
  await expect(panel(omar)).toContainText('Le texte a changé pendant votre lecture.')
  await expect(panel(omar).locator('ins')).toContainText('Glissé.')
  await expect(panel(omar).getByRole('button', { name: 'Approuver', exact: true })).toBeDisabled()
  await panel(omar).getByRole('button', { name: 'J’ai relu' }).click()
  await expect(panel(omar).getByRole('button', { name: 'Approuver', exact: true })).toBeEnabled()

  await omar.context().setOffline(true)
  await expect(panel(omar)).toContainText('Vous êtes hors ligne')
  await expect(panel(omar).getByRole('button', { name: 'Approuver', exact: true })).toHaveCount(0)
  await omar.context().setOffline(false)
  await expect(panel(omar).getByRole('button', { name: 'Approuver', exact: true })).toBeVisible()
})

test('a coordinator approves alone in an emergency, with a reason, and it stays marked as that', async ({
  newsroom,
  person,
}) => {
  const chantal = await person(await newsroom.add('Chantal Urgence', 'coordinator'))
  const luc = await person(await newsroom.add('Luc Témoin', 'reader'))
  const id = await newsroom.draft('Ce soir même', 'Texte.')
  await write(chantal, newsroom, id, ' De moi.')
  await luc.goto(`${newsroom.server.url}/drafts/${id}?panel=review`)
  await openPanel(chantal)
  await panel(chantal).getByRole('button', { name: 'Approuver d’urgence…' }).click()
  const dialog = chantal.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Approuver d’urgence', exact: true }).click()
  await expect(dialog).toContainText('Écrivez pourquoi on ne peut pas attendre.')
  await dialog.getByLabel('Raison').fill('L’incendie gagne le village.')
  await dialog.getByRole('button', { name: 'Approuver d’urgence', exact: true }).click()
  for (const page of [chantal, luc]) {
    await expect(stage(page)).toContainText('Approuvé')
    await expect(panel(page).getByText('Approbation d’urgence', { exact: true }).first()).toBeVisible()
    await expect(panel(page)).toContainText('L’incendie gagne le village.')
  }
  // Whoever reads sees all of it and decides nothing.
  await expect(panel(luc).getByRole('button', { name: /Approuver|Programmer|publié/ })).toHaveCount(0)
  await typeAtEnd(chantal, ' Encore une phrase.')
  await expect(stage(luc)).toContainText('En révision')
  await expect(panel(luc).getByText('Approbation d’urgence', { exact: true }).first()).toBeVisible()
})

test('a drag to a stage that needs an approval is refused in words that lead to the draft', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Tania Tableau', 'editor')
  const page = await person(email)
  const id = await newsroom.draft('Pas encore lu', 'Texte.')
  const client = await plan(newsroom, email, slot(21, '2032-06-04', '08:00', { draft: id as DraftId }))
  await write(page, newsroom, id, ' De Tania.')
  await page.goto(`${newsroom.server.url}/calendar?view=board&date=2032-06-04`)
  const column = (name: string) => page.locator(`[data-stage="${name}"]`)
  await expect(column('drafting')).toContainText('Pas encore lu')
  await page
    .getByRole('button', { name: 'Pas encore lu', exact: true })
    .dragTo(column('approved'), { steps: 12 })
  const toast = await heldToast(page, 'pas encore approuvé')
  await expect(toast).toContainText('Il manque l’approbation d’une personne.')
  await expect(column('drafting')).toContainText('Pas encore lu')
  await toast.getByRole('button', { name: 'Ouvrir le brouillon' }).click()
  await expect(page).toHaveURL(new RegExp(`/drafts/${id}.*panel=review`))
  await expect(panel(page)).toBeVisible()
  client.provider.destroy()
})

test('other rules hold at once on pages that are open, and everybody may read them', async ({
  newsroom,
  person,
}) => {
  const rules = await person(await newsroom.add('Coralie Règles', 'coordinator'))
  const wanda = await person(await newsroom.add('Wanda Écrit', 'contributor'))
  const id = await newsroom.draft('Selon les règles', 'Texte.')
  await write(wanda, newsroom, id, ' De Wanda.')
  await askAnybody(wanda)
  await openPanel(wanda)
  await expect(status(wanda)).toContainText('Il manque l’approbation d’une personne.')

  await rules.goto(`${newsroom.server.url}/team`)
  await rules.getByRole('link', { name: 'Voir les règles' }).click()
  await rules.getByLabel('Deux autres personnes').check()
  await rules.getByLabel('Nouveau point').fill('Photo créditée')
  await rules.keyboard.press('Enter')
  await rules.getByLabel('Point 5', { exact: true }).press('Alt+ArrowUp')
  await expect(rules.getByLabel('Point 4', { exact: true })).toHaveValue('Photo créditée')
  await expect(rules.getByLabel('Point 4', { exact: true })).toBeFocused()
  await rules.getByRole('button', { name: 'Retirer le point 1' }).click()
  await rules.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(status(wanda)).toContainText('Il manque l’approbation de 2 personnes.')
  await rules.reload()
  await expect(rules.getByLabel('Point 3', { exact: true })).toHaveValue('Photo créditée')
  await expect(rules.getByLabel('Deux autres personnes')).toBeChecked()

  await wanda.goto(`${newsroom.server.url}/team/review`)
  await expect(wanda.getByText('Photo créditée')).toBeVisible()
  await expect(wanda.getByRole('button', { name: 'Enregistrer' })).toHaveCount(0)
  await rules.getByLabel('Une autre personne', { exact: false }).first().check()
  await rules.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(rules.getByText('Les règles sont enregistrées.')).toBeVisible()
})

test('a text goes from idea to approval without a mouse', async ({ newsroom, person }) => {
  const ada = await person(await newsroom.add('Ada Clavier', 'contributor'))
  const bob = await person(await newsroom.add('Bob Clavier', 'editor'))
  const id = await newsroom.draft('Sans souris', 'Texte.')
  await write(ada, newsroom, id, ' D’Ada.')
  await stage(ada).press('Enter')
  await panel(ada).getByRole('button', { name: 'Remettre parmi les idées' }).press('Enter')
  await expect(stage(ada)).toContainText('Idée')
  await nextStep(ada, 'Commencer la rédaction').press('Enter')
  await expect(stage(ada)).toContainText('En rédaction')
  await nextStep(ada, 'Demander une révision').press('Enter')
  await ada.getByRole('dialog').getByLabel('Des personnes précises').press('ArrowDown')
  await ada.getByRole('dialog').getByRole('button', { name: 'Demander', exact: true }).press('Enter')
  await expect(ada.getByRole('dialog')).toHaveCount(0)

  await openDraft(bob, newsroom, id)
  await nextStep(bob, 'Approuver…').press('Enter')
  await expect(panel(bob).getByRole('checkbox').first()).toBeVisible()
  // The focus went into the panel: Tab goes on from there.
  await expect.poll(() => bob.evaluate(() => document.activeElement?.closest('aside') !== null)).toBe(true)
  for (let tabs = 0; tabs < 40; tabs += 1) {
    await bob.keyboard.press('Tab')
    const on = await bob.evaluate(() => {
      const { activeElement } = document
      if (activeElement instanceof HTMLInputElement && activeElement.type === 'checkbox') return 'checkbox'
      return activeElement?.textContent ?? ''
    })
    if (on === 'checkbox') await bob.keyboard.press('Space')
    if (on === 'Approuver') break
  }
  await bob.keyboard.press('Enter')
  await expect(stage(ada)).toContainText('Approuvé')
  await panel(bob).press('Escape')
  await expect(panel(bob)).toHaveCount(0)
})

test('on a phone the review comes from the foot of the screen and nothing of it is lost', async ({
  newsroom,
  person,
}) => {
  const mia = await person(await newsroom.add('Mia Mobile', 'contributor'))
  const nico = await person(await newsroom.add('Nico Mobile', 'editor'), PHONE)
  const id = await newsroom.draft('De poche', 'Texte.')
  await write(mia, newsroom, id, ' De Mia.')
  await askAnybody(mia)
  await openDraft(nico, newsroom, id)
  await nextStep(nico, 'Approuver…').tap()
  const sheet = nico.getByRole('dialog', { name: 'Révision' })
  await expect(sheet.getByRole('checkbox').first()).toBeVisible()
  for (const point of await sheet.getByRole('checkbox').all()) await point.check()
  await sheet.getByRole('button', { name: 'Approuver', exact: true }).tap()
  await expect(sheet).toContainText('Vous approuvez ce texte.')
  await expect(stage(mia)).toContainText('Approuvé')
  await sheet.getByRole('button', { name: 'Fermer' }).tap()
  await expect(stage(nico)).toContainText('Approuvé')
  const overflow = await nico.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})
