import { bodyOf, expect, openDraft, savedState, test, typeAtEnd } from './newsroom.ts'

test.use({ house: 'keyboard' })

test('a link is made without leaving the keyboard', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Claire Clavier', 'editor'))
  const id = await newsroom.draft('Au clavier', 'Voir')
  await openDraft(page, newsroom, id)
  await typeAtEnd(page, ' la suite')
  for (let word = 0; word < 2; word += 1) await page.keyboard.press('Control+Shift+ArrowLeft')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByLabel('Adresse')).toBeFocused()
  await page.keyboard.type('https://exemple.quebec/suite')
  await page.keyboard.press('Enter')
  await expect(bodyOf(page).locator('a[href="https://exemple.quebec/suite"]')).toHaveText('la suite')
  // The caret is back in the text.
  await page.keyboard.press('End')
  await page.keyboard.type('.')
  await expect(bodyOf(page)).toContainText('Voir la suite.')
  await expect(savedState(page)).toContainText('Enregistré')
})
