import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './newsroom.ts'

test.use({ house: 'audit' })

test('a coordinator reads who decided what, narrows it down, and takes it out as a file', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Maude Roy', 'coordinator'))
  await newsroom.add('Bo Lavoie', 'contributor')
  await page.goto(`${newsroom.server.url}/team`)
  await page.getByLabel('Rôle de Bo Lavoie').selectOption('editor')
  await expect(page.getByText('Bo Lavoie a maintenant le rôle')).toBeVisible()
  await page.getByRole('link', { name: 'Ouvrir le registre' }).click()
  await expect(page.getByRole('heading', { name: 'Registre des décisions' })).toBeVisible()
  await expect(page.getByText('Maude Roy a donné à Bo Lavoie le rôle')).toBeVisible()
  await expect(page.getByText('La personne qui gère le serveur a ajouté Maude Roy à l’équipe')).toBeVisible()

  await page.getByLabel('Décisions').selectOption('calendar')
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(page.getByText('Aucune décision ne correspond')).toBeVisible()
  await expect(page).toHaveURL(/group=calendar/)
  await page.getByRole('link', { name: 'Tout montrer' }).click()
  await expect(page.getByText('a ajouté Maude Roy')).toBeVisible()
  await page.getByLabel('Personne').selectOption({ label: 'Bo Lavoie' })
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(page.getByText('a ajouté Bo Lavoie')).toBeVisible()
  await expect(page.getByText('a ajouté Maude Roy')).toHaveCount(0)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Télécharger (CSV)' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^decisions-\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain(',Maude Roy,volunteer.role,Bo Lavoie,')
  expect(text).not.toContain('Maude Roy,volunteer.joined,Maude')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('registre')
  await page.getByRole('option', { name: 'Registre des décisions' }).click()
  await expect(page.getByText('Maude Roy a téléchargé le registre')).toBeVisible()
})

test('to everybody else the log is not there, nor its file', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Luc Lavoie', 'editor'))
  const answer = await page.goto(`${newsroom.server.url}/audit`)
  expect(answer?.status()).toBe(404)
  await page.goto(`${newsroom.server.url}/team`)
  await expect(page.getByRole('heading', { name: 'Équipe' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ouvrir le registre' })).toHaveCount(0)
  const file = () =>
    page.evaluate(
      async () => (await fetch('/api/audit/export', { method: 'POST', body: new FormData() })).status,
    )
  expect(await file()).toBe(404)
})

const WINDOWS = [
  { name: 'desk', viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
] as const
const SCREENS = WINDOWS.flatMap((window) =>
  (['light', 'dark'] as const).map(
    (theme, index) => ({ ...window, theme, locale: index === 0 ? 'fr' : 'en' }) as const,
  ),
)

for (const { name, theme, locale, ...device } of SCREENS) {
  test(`the log holds and axe finds nothing: ${name}, ${theme}, ${locale}`, async ({ newsroom, person }) => {
    const { url } = newsroom.server
    const page = await person(await newsroom.add(`Maude ${name} ${theme}`, 'coordinator', locale), device)
    await page.context().addCookies([{ name: 'pupitre-theme', value: theme, url }])
    await page.goto(`${url}/audit?group=volunteer`)
    await expect(page.getByRole('listitem').first()).toBeVisible()
    await page.screenshot({ path: `test-results/screens/audit-${name}-${theme}-${locale}.png` })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0)
  })
}
