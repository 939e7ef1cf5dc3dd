import { runCli } from '#test/support/cli.ts'
import { bodyOf, expect, openDraft, savedState, test, typeAtEnd } from './newsroom.ts'

test.use({ house: 'rights' })

test('a reader follows a draft live and cannot type in it', async ({ newsroom, person }) => {
  const editor = await person(await newsroom.add('Édith Roy', 'editor'))
  const reader = await person(await newsroom.add('Luc Lavoie', 'reader'))
  const id = await newsroom.draft('À relire', 'Première phrase.')
  await openDraft(editor, newsroom, id)
  await reader.goto(`${newsroom.server.url}/drafts/${id}`)
  await expect(bodyOf(reader)).toContainText('Première phrase.')
  await expect(bodyOf(reader)).toHaveAttribute('contenteditable', 'false')
  await typeAtEnd(editor, ' Deuxième phrase.')
  await expect(bodyOf(reader)).toContainText('Deuxième phrase.')
  await bodyOf(reader).click()
  await reader.keyboard.type('Je ne devrais pas pouvoir.')
  await typeAtEnd(editor, ' Fin.')
  await expect(bodyOf(reader)).toContainText('Fin.')
  await expect(bodyOf(editor)).not.toContainText('Je ne devrais pas')
})

test('a suspended volunteer is thrown out of an open draft and cannot come back', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Paul Morin', 'contributor')
  const paul = await person(email)
  const id = await newsroom.draft('Encore ouvert', 'Texte.')
  await openDraft(paul, newsroom, id)
  await typeAtEnd(paul, ' Avant.')
  await expect(savedState(paul)).toContainText('Enregistré')
  await runCli(['volunteer', 'suspend', email], { dataFolder: newsroom.dataFolder })
  await expect(paul).toHaveURL(/\/sign-in/, { timeout: 5000 })
  await paul.goto(`${newsroom.server.url}/drafts/${id}`)
  await expect(paul).toHaveURL(/\/sign-in/)
  await expect(paul.getByText('Texte. Avant.')).toHaveCount(0)
})

test('somebody who loses the right to write while writing is told, and the page no longer takes text', async ({
  newsroom,
  person,
}) => {
  const coordinator = await person(await newsroom.add('Chantal Côté', 'coordinator'))
  const writer = await person(await newsroom.add('Rémi Fortin', 'contributor'))
  const id = await newsroom.draft('Sous nos yeux', 'Texte.')
  await openDraft(writer, newsroom, id)
  await coordinator.goto(`${newsroom.server.url}/team`)
  await coordinator.getByLabel('Rôle de Rémi Fortin').selectOption('reader')
  await expect(bodyOf(writer)).toHaveAttribute('contenteditable', 'false', { timeout: 10_000 })
})

test('undo takes back one’s own words only', async ({ newsroom, person }) => {
  const one = await person(await newsroom.add('Anne Un', 'editor'))
  const two = await person(await newsroom.add('Bruno Deux', 'editor'))
  const id = await newsroom.draft('À deux', 'Base.')
  await openDraft(one, newsroom, id)
  await openDraft(two, newsroom, id)
  await typeAtEnd(one, ' Mien.')
  await expect(bodyOf(two)).toContainText('Mien.')
  await typeAtEnd(two, ' Sien.')
  await expect(bodyOf(one)).toContainText('Sien.')
  await bodyOf(one).click()
  await one.keyboard.press('Control+z')
  await expect(bodyOf(two)).not.toContainText('Mien.')
  await expect(bodyOf(one)).toContainText('Sien.')
  await expect(bodyOf(one)).toContainText('Base.')
})
