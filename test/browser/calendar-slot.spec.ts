import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { slot, slotId, weekly } from '#test/app/calendar/planned.ts'
import { expect, type TestNewsroom, test } from './newsroom.ts'
import { plan } from './planning.ts'

test.use({ house: 'calendar-slot' })

/** Far enough away that no test’s clock reaches it: a Tuesday. */
const DAY = '2030-11-26'

async function openSlot(page: Page, newsroom: TestNewsroom, number: number) {
  await page.goto(`${newsroom.server.url}/calendar?view=agenda&date=${DAY}&slot=${slotId(number)}`)
  await expect(sheetOf(page)).toBeVisible()
}

const sheetOf = (page: Page) => page.getByLabel('Fiche du créneau')
const titleIn = (page: Page) => sheetOf(page).getByLabel('Titre', { exact: true })
const noteIn = (page: Page) => sheetOf(page).getByLabel('Note')
const saved = (page: Page) =>
  expect(page.locator('[data-saved]').first()).toHaveAttribute('data-saved', 'saved')

test('two people fill in one slot: both fields stay, and the last writer of one is seen by the other', async ({
  newsroom,
  person,
}) => {
  const [zoe, ali] = [await newsroom.add('Zoé Fiche', 'editor'), await newsroom.add('Ali Fiche', 'editor')]
  const client = await plan(newsroom, zoe, slot(1, DAY, '20:30', { title: 'Capsule', channels: [] }))
  const [here, there] = [await person(zoe), await person(ali)]
  await openSlot(here, newsroom, 1)
  await openSlot(there, newsroom, 1)
  await expect(sheetOf(here).getByRole('img', { name: 'Aussi ouvert par Ali Fiche' })).toBeVisible()

  await titleIn(here).fill('Capsule sur le budget')
  await noteIn(there).fill('Attendre le visuel.')
  await sheetOf(there).getByRole('button', { name: 'Facebook' }).click()
  await expect(noteIn(here)).toHaveValue('Attendre le visuel.')
  await expect(titleIn(there)).toHaveValue('Capsule sur le budget')
  await expect(sheetOf(here).getByRole('button', { name: 'Facebook' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  // While one types in it, the other writes the same field: whoever writes last has the word, on both pages.
  await titleIn(here).focus()
  await titleIn(there).fill('Capsule : le budget en une minute')
  await expect(titleIn(here)).toHaveValue('Capsule : le budget en une minute')
  await here.keyboard.press('End')
  await here.keyboard.type(' (suite)')
  await expect(titleIn(there)).toHaveValue('Capsule : le budget en une minute (suite)')
  await saved(here)
  client.provider.destroy()
})

test('a slot that somebody deletes under one’s eyes says so, and comes back with a press', async ({
  newsroom,
  person,
}) => {
  const [zoe, ali] = [await newsroom.add('Zoé Efface', 'editor'), await newsroom.add('Ali Efface', 'editor')]
  const draft = await newsroom.draft('Texte gardé', 'Des mots.')
  const client = await plan(
    newsroom,
    zoe,
    slot(2, DAY, '12:00', { title: 'Éphémère', draft: draft as never }),
  )
  const [here, there] = [await person(zoe), await person(ali)]
  await openSlot(here, newsroom, 2)
  await openSlot(there, newsroom, 2)
  await here.getByRole('button', { name: 'Actions sur ce créneau' }).click()
  await here.getByRole('menuitem', { name: 'Supprimer' }).click()
  await expect(here.getByText('Le brouillon « Texte gardé » est conservé')).toBeVisible()
  await expect(sheetOf(here)).toBeHidden()

  const gone = there.getByRole('alert').filter({ hasText: 'vient d’être supprimé' })
  await expect(gone).toContainText('Son brouillon est conservé.')
  await gone.getByRole('button', { name: 'Remettre au calendrier' }).click()
  await expect(sheetOf(there).getByRole('heading', { name: 'Texte gardé' })).toBeVisible()
  await here.goto(`${newsroom.server.url}/drafts/${draft}`)
  await expect(here.locator('.tiptap')).toContainText('Des mots.')
  client.provider.destroy()
})

test('one day of a series is moved without a mouse, and the others stay', async ({ newsroom, person }) => {
  const email = await newsroom.add('Claire Déplace', 'editor')
  const client = await plan(newsroom, email, slot(3, DAY, '09:00', { title: 'Revue', repeat: weekly }))
  const page = await person(email)
  await openSlot(page, newsroom, 3)
  await page.getByRole('button', { name: 'Actions sur ce créneau' }).press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Déplacer…' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Déplacer…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Déplacer/ })
  await dialog.getByRole('button', { name: '+1 jour' }).press('Enter')
  await expect(dialog).toContainText('mercredi 27 novembre 2030')
  await dialog.getByRole('button', { name: 'Déplacer', exact: true }).press('Enter')
  const scope = page.getByRole('dialog', { name: 'Que faut-il déplacer?' })
  await scope.getByRole('button', { name: 'Ce créneau seulement' }).press('Enter')
  await expect(page.getByText('Créneau déplacé : le mercredi 27 novembre 2030')).toBeVisible()
  await expect(sheetOf(page).getByLabel('Jour', { exact: true })).toHaveValue('2030-11-27')
  await expect(sheetOf(page)).toContainText('remplace un jour d’une série')
  const series = client.doc.getMap<import('yjs').Map<unknown>>('slots').get(slotId(3))
  await expect.poll(() => series?.get(`skip:${DAY}`)).toBe(true)

  // One step: the way back puts the day into its series again.
  await page.getByRole('button', { name: 'Annuler' }).first().click()
  await expect.poll(() => series?.has(`skip:${DAY}`)).toBe(false)
  // Escape closes what is left of the sheet.
  await page.keyboard.press('Escape')
  await expect(sheetOf(page)).toBeHidden()
  client.provider.destroy()
})

test('a lock says who and why, and leaves the words free', async ({ newsroom, person }) => {
  const boss = await newsroom.add('Odile Verrou', 'coordinator')
  const ali = await newsroom.add('Ali Verrou', 'editor')
  const client = await plan(newsroom, boss, slot(4, DAY, '18:00', { title: 'Annonce' }))
  const [page, other] = [await person(boss), await person(ali)]
  await openSlot(other, newsroom, 4)
  await openSlot(page, newsroom, 4)
  await page.getByRole('button', { name: 'Actions sur ce créneau' }).click()
  await page.getByRole('menuitem', { name: 'Verrouiller…' }).click()
  await page.getByLabel('Raison').fill('Le chef sera en ondes.')
  await page.keyboard.press('Enter')

  await expect(sheetOf(other)).toContainText('Verrouillé par Odile Verrou')
  await expect(sheetOf(other)).toContainText('Le chef sera en ondes.')
  await expect(sheetOf(other).getByLabel('Jour', { exact: true })).toBeDisabled()
  await expect(sheetOf(other).getByRole('button', { name: 'Facebook' })).toBeDisabled()
  await noteIn(other).fill('Prêt.')
  await expect(noteIn(page)).toHaveValue('Prêt.')
  await sheetOf(page).getByRole('button', { name: 'Déverrouiller' }).click()
  await expect(sheetOf(other).getByLabel('Jour', { exact: true })).toBeEnabled()
  client.provider.destroy()
})

test('a slot gets its draft with one press, and the draft says where it is planned', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Nadia Plan', 'editor')
  const client = await plan(newsroom, email, slot(5, DAY, '20:30', { title: 'Bilan de session' }))
  const page = await person(email)
  await openSlot(page, newsroom, 5)
  await page.getByRole('button', { name: 'Nouveau brouillon de ce créneau' }).click()
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/)
  const where = page.getByRole('link', { name: 'Prévu le mardi 26 novembre 2030 à 20 h 30' })
  await expect(where).toBeVisible()
  await page.getByRole('button', { name: 'Demander une révision' }).click()
  await page.getByRole('dialog').getByLabel('Toute personne disponible').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Demander', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Étape/ })).toContainText('En révision')
  await where.click()
  await expect(sheetOf(page).getByRole('heading', { name: 'Bilan de session' })).toBeVisible()
  await expect(sheetOf(page)).toContainText('En révision')
  await expect(sheetOf(page).getByRole('link', { name: 'Ouvrir la révision' })).toBeVisible()
  await page.locator('body').press('o')
  await expect(page).toHaveURL(/\/drafts\//)
  client.provider.destroy()
})

test('a draft is planned from its own page, its copy is called one, and archiving it keeps the slot', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Luc Planifie', 'editor'))
  const id = await newsroom.draft('À planifier', 'Des mots.')
  await page.goto(`${newsroom.server.url}/drafts/${id}`)
  await page.getByRole('button', { name: 'Planifier…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type="date"]').fill('2030-12-03')
  await dialog.getByRole('button', { name: 'Blogue' }).click()
  await dialog.getByRole('button', { name: 'Planifier', exact: true }).click()
  await expect(page.getByRole('link', { name: /Prévu le mardi 3 décembre 2030.*Blogue/ })).toBeVisible()

  await page.getByRole('button', { name: 'Actions sur ce brouillon' }).click()
  await page.getByRole('menuitem', { name: 'Dupliquer' }).click()
  await page.getByRole('button', { name: 'Ouvrir la copie' }).click()
  await expect(page.getByLabel('Titre du brouillon')).toHaveValue('À planifier (copie)')

  await page.goto(`${newsroom.server.url}/drafts/${id}`)
  await page.getByRole('button', { name: 'Actions sur ce brouillon' }).click()
  await page.getByRole('menuitem', { name: 'Archiver' }).click()
  await expect(page.getByText('Son créneau reste au calendrier.')).toBeVisible()
})

test('whoever reads sees everything of a slot and can change nothing', async ({ newsroom, person }) => {
  const editor = await newsroom.add('Eva Écrit', 'editor')
  const client = await plan(
    newsroom,
    editor,
    slot(6, DAY, '20:30', { title: 'À lire', note: 'Une note.', tags: ['Santé'], repeat: weekly }),
  )
  const page = await person(await newsroom.add('Régis Lit', 'reader'))
  await openSlot(page, newsroom, 6)
  for (const words of ['À lire', 'Une note.', 'Santé', 'chaque mardi', '20 h 30']) {
    await expect(sheetOf(page)).toContainText(words)
  }
  await expect(sheetOf(page).locator('input, textarea, select')).toHaveCount(0)
  client.provider.destroy()
})

for (const [name, options] of [
  ['desk', { viewport: { width: 1440, height: 900 } }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const) {
  test(`axe finds nothing in the sheet, and it fits: ${name}`, async ({ newsroom, person }) => {
    const email = await newsroom.add(`Axelle ${name}`, 'editor')
    const number = name === 'desk' ? 7 : 8
    const client = await plan(
      newsroom,
      email,
      slot(number, DAY, '23:30', { title: 'Vérifié', repeat: weekly }),
    )
    const page = await person(email, options)
    await openSlot(page, newsroom, number)
    await expect(sheetOf(page)).toContainText('heures calmes')
    await sheetOf(page).getByRole('button', { name: 'Modifier la règle…' }).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' '))}`)).toEqual(
      [],
    )
    if (name === 'phone') {
      const small = await sheetOf(page)
        .getByRole('button')
        .evaluateAll((buttons) => buttons.filter((one) => one.getBoundingClientRect().height < 44).length)
      expect(small).toBe(0)
      const box = await sheetOf(page).boundingBox()
      expect(box?.width).toBe(390)
    }
    client.provider.destroy()
  })
}
