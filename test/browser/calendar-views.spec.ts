import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { DraftId } from '#lib/domain/ids.ts'
import { slot, weekly } from '#test/app/calendar/planned.ts'
import { expect, heldToast, type TestNewsroom, test } from './newsroom.ts'
import { plan } from './planning.ts'

test.use({ house: 'calendar-views' })

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const openCalendar = (page: Page, newsroom: TestNewsroom, query: string) =>
  page.goto(`${newsroom.server.url}/calendar?${query}`)

const line = (page: Page, title: string) => page.locator('[data-line]', { hasText: title })
const column = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"]`)

test('the agenda goes on by itself, is walked through by arrows, and opens what Enter is pressed on', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Agathe Agenda', 'editor')
  const client = await plan(
    newsroom,
    email,
    slot(1, '2030-03-04', '08:00', { title: 'Premier' }),
    slot(2, '2030-03-04', '09:00', { title: 'Deuxième' }),
    slot(3, '2030-05-20', '09:00', { title: 'Lointain' }),
    slot(4, '2030-02-20', '09:00', { title: 'Auparavant' }),
  )
  const page = await person(email)
  await openCalendar(page, newsroom, 'view=agenda&date=2030-03-04')
  await expect(line(page, 'Premier')).toBeVisible()
  await expect(page.getByText(/^Rien de prévu.*5 mars – /)).toBeVisible()
  await line(page, 'Premier').focus()
  await page.keyboard.press('ArrowDown')
  await expect(line(page, 'Deuxième')).toBeFocused()
  await page.keyboard.press('End')
  await expect(line(page, 'Lointain')).toBeFocused()
  await page.getByRole('button', { name: 'Jours précédents' }).click()
  await expect(line(page, 'Auparavant')).toBeAttached()
  await line(page, 'Premier').press('Enter')
  await expect(page).toHaveURL(/slot=/)
  client.provider.destroy()
})

test('an address shows the same filter to whoever opens it', async ({ newsroom, person }) => {
  const [anne, bruno] = [
    await newsroom.add('Anne Filtre', 'editor'),
    await newsroom.add('Bruno Filtre', 'reader'),
  ]
  const client = await plan(
    newsroom,
    anne,
    slot(11, '2031-03-04', '08:00', { title: 'Sur YouTube', channels: ['youtube'], tags: ['été'] }),
    slot(12, '2031-03-04', '09:00', { title: 'Sur Facebook' }),
  )
  const [here, there] = [await person(anne), await person(bruno)]
  await openCalendar(here, newsroom, 'view=agenda&date=2031-03-04')
  await expect(line(here, 'Sur Facebook')).toBeVisible()
  await here.getByRole('search', { name: 'Filtres' }).getByRole('button', { name: 'YouTube' }).click()
  await expect(line(here, 'Sur Facebook')).toHaveCount(0)
  await here.getByRole('button', { name: 'Étiquette' }).click()
  await here.getByRole('menuitemcheckbox', { name: 'été' }).click()
  await here.keyboard.press('Escape')
  await expect(here).toHaveURL(/channel=youtube.*tag=/)
  await there.goto(here.url())
  await expect(line(there, 'Sur YouTube')).toBeVisible()
  await expect(line(there, 'Sur Facebook')).toHaveCount(0)
  await there.getByRole('button', { name: 'Effacer les filtres' }).first().click()
  await expect(line(there, 'Sur Facebook')).toBeVisible()
  client.provider.destroy()
})

test('a card goes to another stage by mouse, by keyboard and by its menu, and others see it', async ({
  newsroom,
  person,
}) => {
  const [anne, bruno] = [
    await newsroom.add('Anne Tableau', 'editor'),
    await newsroom.add('Bruno Tableau', 'reader'),
  ]
  const draft = (await newsroom.draft('Texte à relire', 'Des mots.')) as DraftId
  const client = await plan(
    newsroom,
    anne,
    slot(21, '2032-03-04', '08:00', { title: 'Carte' }),
    slot(22, '2032-03-05', '08:00', { draft }),
  )
  const [here, there] = [await person(anne), await person(bruno)]
  await openCalendar(here, newsroom, 'view=board&date=2032-03-04')
  await openCalendar(there, newsroom, 'view=board&date=2032-03-04')
  const card = (page: Page, title: string) => page.getByRole('button', { name: title, exact: true })

  await card(here, 'Carte').dragTo(column(here, 'drafting'), { steps: 12 })
  await expect(column(here, 'drafting')).toContainText('Carte')
  await expect(column(there, 'drafting')).toContainText('Carte')
  // The press that let it go was no press on it.
  await expect(here).not.toHaveURL(/slot=/)

  await card(here, 'Carte').focus()
  for (const key of ['Space', 'ArrowRight', 'Space']) await here.keyboard.press(key)
  await expect(column(there, 'inReview')).toContainText('Carte')

  // Beside those of the moves before, the toast of this one would be no steady target.
  await expect(here.locator('[data-sonner-toast]')).toHaveCount(0, { timeout: 30_000 })
  await here.getByRole('button', { name: 'Passer « Texte à relire » à une autre étape' }).click()
  await here.getByRole('menuitemradio', { name: 'En révision' }).click()
  const toast = await heldToast(here, 'En révision')
  await expect(column(there, 'inReview')).toContainText('Texte à relire')
  await toast.getByRole('button', { name: 'Annuler' }).click()
  await expect(column(there, 'drafting')).toContainText('Texte à relire')
  // A reader carries nothing.
  await expect(there.getByRole('button', { name: /^Passer/ })).toHaveCount(0)
  client.provider.destroy()
})

test('a draft is planned from the panel without a drag, and leaves it', async ({ newsroom, person }) => {
  const email = await newsroom.add('Paule Panneau', 'editor')
  await newsroom.draft('Mémoire à planifier', 'Des mots.')
  const page = await person(email)
  await openCalendar(page, newsroom, 'view=agenda&date=2033-03-04')
  await page.getByRole('button', { name: 'À planifier' }).click()
  const panel = page.getByRole('complementary', { name: 'À planifier' })
  await panel.getByRole('button', { name: 'Planifier « Mémoire à planifier »…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Date').fill('2033-03-10')
  await dialog.getByLabel('Heure').fill('20:30')
  await dialog.getByRole('button', { name: 'Planifier', exact: true }).press('Enter')
  await expect(line(page, 'Mémoire à planifier')).toBeVisible()
  await expect(panel.getByText('Mémoire à planifier')).toHaveCount(0)
  await expect(page.getByText('20 h 30', { exact: true })).toBeVisible()
})

test('a week is copied in one step, without its series, and one press takes it all back', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Carl Copie', 'editor')
  const client = await plan(
    newsroom,
    email,
    slot(31, '2034-03-07', '08:00', { title: 'À copier' }),
    slot(32, '2034-03-08', '08:00', { title: 'Chaque semaine', repeat: weekly }),
  )
  const page = await person(email)
  await openCalendar(page, newsroom, 'view=agenda&date=2034-03-07')
  await expect(line(page, 'À copier')).toHaveCount(1)
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Copier la semaine vers…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 créneau sera copié')
  await expect(dialog).toContainText('1 série a déjà lieu')
  await dialog.getByRole('button', { name: 'Copier', exact: true }).click()
  const toast = await heldToast(page, '1 créneau copié')
  await expect(page).toHaveURL(/date=2034-03-12/)
  await expect(line(page, 'À copier')).toHaveCount(1)
  await toast.getByRole('button', { name: 'Annuler' }).click()
  await expect(line(page, 'À copier')).toHaveCount(0)
  client.provider.destroy()
})

const FILE = `BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//essai//FR\r
BEGIN:VEVENT\r
UID:un@essai\r
DTSTAMP:20350101T000000Z\r
DTSTART:20350306T150000Z\r
DTEND:20350306T153000Z\r
SUMMARY:Venu d’ailleurs\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:deux@essai\r
DTSTAMP:20350101T000000Z\r
SUMMARY:Sans début\r
END:VEVENT\r
END:VCALENDAR\r
`

test('a calendar file is looked at, then brought in, and a second time adds nothing', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Irène Import', 'editor')
  const path = join(newsroom.dataFolder, 'agenda.ics')
  writeFileSync(path, FILE)
  const page = await person(email)
  await openCalendar(page, newsroom, 'view=agenda&date=2035-03-05')
  const choose = async () => {
    await page.getByRole('button', { name: 'Autres actions' }).click()
    await page.getByRole('menuitem', { name: 'Importer un fichier .ics…' }).click()
    await page.getByLabel(/Choisir un fichier/).setInputFiles(path)
  }
  await choose()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Venu d’ailleurs')
  await dialog.getByText('Laissés de côté').last().click()
  await expect(dialog).toContainText('N’a pas de date de début.')
  await expect(dialog).toContainText('Rien n’est encore importé.')
  await dialog.getByRole('button', { name: 'Importer 1 événement' }).click()
  await expect(dialog).toContainText('L’importation est terminée.')
  await dialog.getByRole('button', { name: 'Fermer' }).last().click()
  await expect(line(page, 'Venu d’ailleurs')).toBeVisible()
  await choose()
  await expect(dialog).toContainText('Il n’y a rien de nouveau à importer.')
})

test('the address of a feed is shown once, answers to calendar programs, and dies when it is taken back', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Fanny Abonnée', 'reader'))
  await openCalendar(page, newsroom, 'view=agenda')
  const open = async () => {
    await page.getByRole('button', { name: 'Autres actions' }).click()
    await page.getByRole('menuitem', { name: 'S’abonner dans mon agenda…' }).click()
  }
  await open()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Créer mon adresse' }).click()
  const address = await dialog.getByLabel('Adresse de l’abonnement').inputValue()
  const read = await page.request.get(address)
  expect(await read.text()).toContain('BEGIN:VCALENDAR')
  await dialog.getByLabel('Canal').selectOption('blog')
  await expect(dialog.getByLabel('Adresse de l’abonnement')).toHaveValue(`${address}?channel=blog`)
  await page.keyboard.press('Escape')
  await open()
  await expect(dialog).toContainText('Elle n’est montrée qu’à sa création')
  await dialog.getByRole('button', { name: 'Retirer' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer' }).click()
  await expect(dialog.getByRole('button', { name: 'Créer mon adresse' })).toBeVisible()
  expect((await page.request.get(address)).status()).toBe(404)
})

test('a full week is printed on one page in landscape, and names nobody', async ({ newsroom, person }) => {
  const email = await newsroom.add('Prune Papier', 'coordinator')
  const busy = Array.from({ length: 16 }, (_, index) =>
    slot(100 + index, '2029-03-06', `${String(6 + index).padStart(2, '0')}:00`, {
      title: `Publication numéro ${index} avec un titre assez long pour prendre deux lignes`,
      note: 'Demander à Prune',
    }),
  )
  const client = await plan(newsroom, email, ...busy)
  const page = await person(email)
  await openCalendar(page, newsroom, 'view=agenda&date=2029-03-06')
  await expect(line(page, 'Publication numéro 15')).toBeVisible()
  await expect
    .poll(async () => {
      await page.goto(`${newsroom.server.url}/calendar/print?from=2029-03-04`)
      return page.locator('.printed-title').count()
    })
    .toBe(16)
  await expect(page.locator('.printed-week')).not.toContainText('Prune')
  const path = join(newsroom.dataFolder, 'semaine.pdf')
  await page.pdf({ path, preferCSSPageSize: true })
  const pdf = readFileSync(path, 'latin1')
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
  const [, width = '0', height = '0'] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
  expect(Number(width)).toBeGreaterThan(Number(height))
  client.provider.destroy()
})

for (const [device, options] of [
  ['a desk', {}],
  ['a phone', PHONE],
] as const) {
  test(`lists, filters and dialogs have no fault that axe knows, on ${device}`, async ({
    newsroom,
    person,
  }) => {
    const email = await newsroom.add(`Axelle ${device}`, 'coordinator')
    const client = await plan(
      newsroom,
      email,
      slot(41, '2037-03-03', '08:00', { title: 'Un titre', tags: ['été'] }),
      slot(42, '2037-03-03', '08:00', { title: 'Un titre', channels: ['facebook', 'x'] }),
    )
    const page = await person(email, options)
    const look = async (name: string) => {
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
      )
      await page.screenshot({ path: `test-results/screens/calendar-${name}-${device.slice(2)}.png` })
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' '))}`)
      expect.soft(found, name).toEqual([])
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect.soft(wider, `${name} is wider than its window`).toBeLessThanOrEqual(0)
    }
    await openCalendar(page, newsroom, 'view=board&date=2037-03-03')
    await expect(column(page, 'idea')).toContainText('Un titre')
    await look('board')
    await openCalendar(page, newsroom, 'view=agenda&date=2037-03-03')
    await expect(line(page, 'Un titre').first()).toBeVisible()
    await look('agenda')
    await page.getByRole('button', { name: 'À planifier' }).click()
    await expect(page.getByRole('complementary', { name: 'À planifier' })).toBeVisible()
    await look('unplanned')
    await page.getByRole('button', { name: 'Fermer' }).click()
    for (const [name, words] of [
      ['search', 'Chercher…'],
      ['copy', 'Copier la semaine vers…'],
      ['feed', 'S’abonner dans mon agenda…'],
      ['import', 'Importer un fichier .ics…'],
      ['settings', 'Réglages du calendrier…'],
    ] as const) {
      await page.getByRole('button', { name: 'Autres actions' }).click()
      await page.getByRole('menuitem', { name: words }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(name)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    await page.goto(`${newsroom.server.url}/calendar/print?from=2037-03-01`)
    await look('print')
    client.provider.destroy()
  })
}
