import type { Page } from '@playwright/test'
import { bodyOf, expect, heldToast, openDraft, savedState, test, textOf, typeAtEnd } from './newsroom.ts'

test.use({ house: 'suggest' })

const modeOf = (page: Page) => page.getByRole('switch', { name: 'Mode suggestion' })
const inserted = (page: Page) => bodyOf(page).locator('.suggest-insert')
const struck = (page: Page) => bodyOf(page).locator('.suggest-delete')
const card = (page: Page) => page.getByRole('region', { name: 'Suggestion', exact: true })
const marks = (page: Page) => bodyOf(page).locator('[data-suggestion]')

/** What of it leaves the newsroom. */
const exported = async (page: Page, url: string, id: string) =>
  (await page.request.get(`${url}/api/drafts/${id}/export?format=md`)).text()

async function suggestAtEnd(page: Page, text: string) {
  await modeOf(page).click()
  await typeAtEnd(page, text)
}

test('a suggestion is seen live with its author, accepted or rejected, and is in no export before', async ({
  newsroom,
  person,
}) => {
  const { url } = newsroom.server
  const ada = await person(await newsroom.add('Ada Roy', 'editor'))
  const bo = await person(await newsroom.add('Bo Côté', 'editor'))
  const id = await newsroom.draft('Proposer', 'Une phrase.')
  await openDraft(ada, newsroom, id)
  await openDraft(bo, newsroom, id)
  await suggestAtEnd(ada, ' Une autre.')
  await expect(savedState(ada)).toContainText('Enregistré')
  await expect.poll(() => textOf(bo)).toBe('Une phrase. Une autre.')
  await inserted(bo).first().click()
  await expect(card(bo)).toContainText('Ada Roy')
  await expect(card(bo)).toContainText('Une autre.')
  expect(await exported(bo, url, id)).not.toContain('Une autre')
  await card(bo).getByRole('button', { name: 'Accepter' }).click()
  await expect(marks(ada)).toHaveCount(0)
  expect(await textOf(ada)).toBe('Une phrase. Une autre.')
  await expect(savedState(bo)).toContainText('Enregistré')
  await expect.poll(() => exported(bo, url, id)).toContain('Une autre')

  await typeAtEnd(ada, ' Trop.')
  await expect.poll(() => textOf(bo)).toBe('Une phrase. Une autre. Trop.')
  await inserted(bo).first().click()
  await card(bo).getByRole('button', { name: 'Refuser' }).click()
  await expect.poll(() => textOf(ada)).toBe('Une phrase. Une autre.')
})

test('struck and formatted text waits in the list, where all of it is accepted, and undone in one step', async ({
  newsroom,
  person,
}) => {
  const ada = await person(await newsroom.add('Ada Morin', 'editor'))
  const bo = await person(await newsroom.add('Bo Morin', 'editor'))
  const id = await newsroom.draft('Tout ensemble', 'Gras et long.')
  await openDraft(ada, newsroom, id)
  await openDraft(bo, newsroom, id)
  await modeOf(ada).click()
  await bodyOf(ada).click()
  await ada.keyboard.press('Control+Home')
  for (let n = 0; n < 4; n += 1) await ada.keyboard.press('Shift+ArrowRight')
  await ada.keyboard.press('Control+b')
  await ada.keyboard.press('Control+End')
  for (let n = 0; n < 6; n += 1) await ada.keyboard.press('Backspace')
  await ada.keyboard.press('Control+End')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('Nouveau.')
  await expect.poll(() => textOf(ada)).toBe('Gras et long.¶Nouveau.')
  await expect(struck(bo).first()).toBeVisible()
  await expect(bodyOf(bo).locator('.suggest-format')).toHaveText('Gras')
  await expect(bodyOf(bo).locator('strong')).toHaveCount(0)
  await bo.reload()
  await expect(struck(bo).first()).toBeVisible()
  await bo.getByRole('button', { name: /suggestions? en attente/ }).click()
  await bo.getByRole('button', { name: 'Tout accepter' }).click()
  const toast = await heldToast(bo, 'acceptées')
  await expect(marks(ada)).toHaveCount(0)
  await expect(bodyOf(ada).locator('strong')).toHaveText('Gras')
  await expect(bodyOf(ada).locator('p')).toHaveText(['Gras et', 'Nouveau.'])
  await toast.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => textOf(ada)).toBe('Gras et long.¶Nouveau.')
  await bo.getByRole('button', { name: 'Tout refuser' }).click()
  await expect.poll(() => textOf(ada)).toBe('Gras et long.')
  await expect(marks(ada)).toHaveCount(0)
})

test('two who write and suggest in one line keep all of both, and a reader sees it without being asked', async ({
  newsroom,
  person,
}) => {
  const ada = await person(await newsroom.add('Ada Gagnon', 'editor'))
  const bo = await person(await newsroom.add('Bo Gagnon', 'editor'))
  const reader = await person(await newsroom.add('Rita Gagnon', 'reader'))
  const id = await newsroom.draft('À deux', 'Milieu.')
  await openDraft(ada, newsroom, id)
  await openDraft(bo, newsroom, id)
  await modeOf(ada).click()
  await bodyOf(bo).click()
  await bo.keyboard.press('Control+Home')
  await Promise.all([typeAtEnd(ada, ' suggéré'), bo.keyboard.type('Écrit directement. ')])
  await expect.poll(() => textOf(bo)).toBe('Écrit directement. Milieu. suggéré')
  await expect.poll(() => textOf(ada)).toBe('Écrit directement. Milieu. suggéré')
  await reader.goto(`${newsroom.server.url}/drafts/${id}`)
  await inserted(reader).first().click()
  await expect(card(reader)).toContainText('Ada Gagnon')
  await expect(card(reader).getByRole('button', { name: 'Accepter' })).toHaveCount(0)
  await expect(modeOf(reader)).toHaveCount(0)
  // One step or several: that depends on how fast she typed.
  const undo = ada.getByRole('button', { name: 'Annuler ma dernière modification' })
  await expect(undo).toBeEnabled()
  while (await undo.isEnabled()) await ada.keyboard.press('Control+z')
  await expect.poll(() => textOf(bo)).toBe('Écrit directement. Milieu.')
})

test('a heading cannot be suggested, the page says so, and the mode is kept for the next visit', async ({
  newsroom,
  person,
}) => {
  const ada = await person(await newsroom.add('Ada Fortin', 'editor'))
  const id = await newsroom.draft('Titres', 'Un titre.')
  await openDraft(ada, newsroom, id)
  await modeOf(ada).click()
  await bodyOf(ada).click()
  await ada.keyboard.press('Control+Alt+1')
  await expect(ada.getByText('ne se suggèrent pas')).toBeVisible()
  await expect(bodyOf(ada).locator('h1')).toHaveCount(0)
  await ada.reload()
  await expect(modeOf(ada)).toHaveAttribute('aria-checked', 'true')
})
