import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { ZONE } from '#test/app/calendar/planned.ts'
import { runCli } from '#test/support/cli.ts'
import { bodyOf, expect, openDraft, pageKept, test, textOf } from './newsroom.ts'
import { planAround } from './plan.ts'

test.use({ house: 'threads' })

const TEXT =
  'La circonscription de Rimouski attend sa candidate.\n\nLe point de presse aura lieu jeudi.\n\nUne dernière phrase pour finir.'

/** Selects these words of the text as a person does with a pointer; ProseMirror reads the selection by itself. */
async function select(page: Page, words: string) {
  await bodyOf(page).evaluate((body, wanted) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      if (body instanceof HTMLElement) body.focus()
      getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length)
      return
    }
    throw new Error(`nowhere: ${wanted}`)
  }, words)
  // The editor hears of it in the next turn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30))))
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Écrire un commentaire' })
const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })
const mark = (page: Page, text: string) => page.locator('.thread-mark').filter({ hasText: text })

/** The part that shows threads has come, and listens. */
const ready = (page: Page) => expect(page.getByRole('button', { name: /^Commentaires/ })).toBeVisible()

async function comment(page: Page, words: string, text: string) {
  await select(page, words)
  await page.keyboard.press('Control+Alt+m')
  await composer(page).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(card(page, text)).toBeVisible()
}

async function open(page: Page, url: string, id: string) {
  await page.goto(`${url}/drafts/${id}`)
  await expect(bodyOf(page)).toContainText('dernière phrase')
  await ready(page)
}

test('a comment, its replies, reactions and its end reach the other at once, without a reload', async ({
  newsroom,
  person,
}) => {
  const [ana, bob] = [
    await person(await newsroom.add('Ana Fil', 'editor')),
    await person(await newsroom.add('Bob Fil', 'contributor')),
  ]
  const id = await newsroom.draft('À deux', TEXT)
  await openDraft(ana, newsroom, id)
  await openDraft(bob, newsroom, id)
  await comment(ana, 'attend sa candidate', 'On la connaît depuis hier.')
  await expect(mark(bob, 'attend sa candidate')).toBeVisible()
  await expect(card(bob, 'On la connaît')).toBeVisible()
  await expect(bob.getByRole('button', { name: 'Commentaires : 1 fil ouvert' })).toBeVisible()

  await mark(bob, 'attend sa candidate').click()
  await card(bob, 'On la connaît').getByRole('textbox', { name: 'Répondre' }).fill('Je change la phrase.')
  await bob.keyboard.press('Control+Enter')
  await expect(card(ana, 'On la connaît')).toContainText('Je change la phrase.')

  await card(ana, 'Je change').getByRole('button', { name: 'Réagir' }).last().click()
  await ana.getByRole('menuitem', { name: 'Pouce levé' }).click()
  await expect(card(bob, 'Je change').getByRole('button', { name: 'Pouce levé : Ana Fil' })).toBeVisible()

  await card(bob, 'On la connaît').getByRole('button', { name: 'Marquer comme résolu' }).click()
  await expect(mark(ana, 'attend sa candidate')).toHaveCount(0)
  await ana.getByRole('button', { name: 'Commentaires', exact: true }).click()
  await ana.getByRole('tab', { name: /Résolus/ }).click()
  await card(ana, 'On la connaît')
    .getByRole('button', { name: /^Ouvrir/ })
    .click()
  await card(ana, 'On la connaît').getByRole('button', { name: 'Rouvrir le fil' }).click()
  await expect(mark(bob, 'attend sa candidate')).toBeVisible()
})

test('somebody is named with «@» and the beginning of their name, and shown by name to all', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Chloé Fil', 'editor')
  await newsroom.add('Étienne Mentionné', 'editor')
  const page = await person(email)
  const id = await newsroom.draft('Mentions', TEXT)
  await openDraft(page, newsroom, id)
  await select(page, 'Rimouski')
  await page.keyboard.press('Control+Alt+m')
  await composer(page).pressSequentially('Bonjour @eti')
  const list = page.getByRole('listbox', { name: 'Mentionner quelqu’un' })
  await expect(list.getByRole('option')).toHaveText(['Étienne Mentionné'].map((name) => new RegExp(name)))
  await page.keyboard.press('Enter')
  await expect(composer(page)).toHaveValue('Bonjour @Étienne Mentionné ')
  await page.keyboard.type('et https://exemple.quebec/a.')
  await page.keyboard.press('Control+Enter')
  const made = card(page, 'Bonjour')
  await expect(made).toContainText('@Étienne Mentionné')
  await expect(made.getByRole('link')).toHaveAttribute('href', 'https://exemple.quebec/a')
})

test('a thread whose passage is deleted says so and keeps its quote; undo gives it back its passage', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Dan Fil', 'editor'))
  const id = await newsroom.draft('Orphelin', TEXT)
  await openDraft(page, newsroom, id)
  await comment(page, 'aura lieu jeudi', 'Plutôt vendredi.')
  await select(page, 'aura lieu jeudi')
  await page.keyboard.press('Delete')
  await expect(mark(page, 'aura lieu')).toHaveCount(0)
  await page.getByRole('button', { name: /^Commentaires/ }).click()
  await expect(card(page, 'Plutôt vendredi.')).toContainText('Le passage a été supprimé')
  await expect(card(page, 'Plutôt vendredi.')).toContainText('aura lieu jeudi')
  await bodyOf(page).focus()
  await page.keyboard.press('Control+z')
  await expect(mark(page, 'aura lieu jeudi')).toBeVisible()
  await expect(card(page, 'Plutôt vendredi.')).not.toContainText('Le passage a été supprimé')
})

test('whoever comments without writing selects, comments, and cannot type', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Eva Lit', 'commenter'))
  const other = await person(await newsroom.add('Flo Écrit', 'editor'))
  const id = await newsroom.draft('Relecture', TEXT)
  await open(page, newsroom.server.url, id)
  await openDraft(other, newsroom, id)
  await expect(bodyOf(page)).toHaveAttribute('contenteditable', 'false')
  await select(page, 'point de presse')
  await page.getByRole('button', { name: 'Commenter', exact: true }).click()
  await composer(page).fill('Où exactement ?')
  await page.keyboard.press('Control+Enter')
  await expect(card(other, 'Où exactement ?')).toBeVisible()
  await expect(mark(other, 'point de presse')).toBeVisible()
  await bodyOf(page).click()
  await page.keyboard.type('intrus')
  expect(await textOf(page)).not.toContain('intrus')
  expect(await textOf(other)).not.toContain('intrus')
})

test('a comment made offline waits, outlives a reload and a second tab, and is sent once', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Gil Métro', 'editor'))
  const other = await person(await newsroom.add('Hugo Bureau', 'editor'))
  const id = await newsroom.draft('Tunnel', TEXT)
  await openDraft(page, newsroom, id)
  await openDraft(other, newsroom, id)
  await comment(page, 'Rimouski', 'Déjà là.')
  await expect(card(other, 'Déjà là.')).toBeVisible()
  await pageKept(page)
  await page.context().setOffline(true)
  await comment(page, 'dernière phrase', 'Écrit sous terre.')
  await expect(card(page, 'Écrit sous terre.')).toContainText('Sera envoyé')
  await page.reload()
  await expect(card(page, 'Écrit sous terre.')).toContainText('Sera envoyé')
  await expect(card(page, 'Déjà là.')).toBeVisible()
  const second = await page.context().newPage()
  await second.goto(`${newsroom.server.url}/drafts/${id}`)
  await expect(card(second, 'Écrit sous terre.')).toContainText('Sera envoyé')
  await page.context().setOffline(false)
  await expect(card(other, 'Écrit sous terre.')).toBeVisible({ timeout: 30_000 })
  for (const tab of [page, second, other]) {
    await expect(card(tab, 'Écrit sous terre.')).toHaveCount(1, { timeout: 30_000 })
    await expect(card(tab, 'Écrit sous terre.')).not.toContainText('Sera envoyé')
  }
  await other.reload()
  await expect(card(other, 'Écrit sous terre.')).toHaveCount(1)
})

test('cards of the margin stand in the order of their passages, none over another, the open one at its own', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Ida Marge', 'editor'))
  const id = await newsroom.draft('En marge', TEXT)
  await openDraft(page, newsroom, id)
  const passages = ['La circonscription', 'Rimouski', 'candidate', 'point de presse', 'jeudi', 'finir']
  for (const passage of passages)
    await comment(page, passage, `Sur ${passage}, quelques mots pour remplir la carte.`)
  await mark(page, 'candidate').click()
  // Cards find their places one after the other: what is measured together is compared together.
  await expect(async () => {
    const boxes = await Promise.all(
      passages.map(async (passage) => {
        const box = await card(page, `Sur ${passage},`).boundingBox()
        if (!box) throw new Error(`no card for ${passage}`)
        return box
      }),
    )
    for (const [index, box] of boxes.entries()) {
      const below = boxes[index + 1]
      if (below) expect(box.y + box.height, passages[index]).toBeLessThanOrEqual(below.y)
    }
    const passage = await mark(page, 'candidate').boundingBox()
    expect(Math.abs((boxes[2]?.y ?? 0) - (passage?.y ?? Number.NaN))).toBeLessThan(8)
    const sheet = await bodyOf(page).boundingBox()
    for (const box of boxes) expect(box.x).toBeGreaterThan((sheet?.x ?? 0) + (sheet?.width ?? 0) - 1)
  }).toPass({ timeout: 15_000 })
})

test('on a phone a passage shows its thread in a line, which opens the sheet', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Jo Téléphone', 'editor'), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const id = await newsroom.draft('Au téléphone', TEXT)
  await openDraft(page, newsroom, id)
  await bodyOf(page).tap()
  await select(page, 'Rimouski')
  await page.getByRole('button', { name: 'Commenter le passage' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Commentaires' })
  await sheet.getByRole('textbox', { name: 'Écrire un commentaire' }).fill('Vérifier l’orthographe.')
  await sheet.getByRole('button', { name: 'Commenter', exact: true }).tap()
  await expect(sheet.getByRole('article')).toContainText('Vérifier')
  await sheet.getByRole('button', { name: 'Fermer' }).tap()
  await expect(sheet).toBeHidden()
  await mark(page, 'Rimouski').tap()
  await page.getByRole('button', { name: /Jo Téléphone.*Vérifier/ }).tap()
  await expect(sheet.getByRole('article')).toContainText('Vérifier')
})

test('the keyboard alone comments, walks from thread to thread, answers and leaves', async ({
  newsroom,
  person,
}) => {
  const page = await person(await newsroom.add('Kim Clavier', 'editor'))
  const id = await newsroom.draft('Au clavier', TEXT)
  await openDraft(page, newsroom, id)
  await ready(page)
  await bodyOf(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('Control+Alt+m')
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type('Premier')
  await page.keyboard.press('Control+Enter')
  await expect(bodyOf(page)).toBeFocused()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await page.keyboard.press('Control+Alt+m')
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type('Second')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.getByRole('button', { name: 'Continuer d’écrire' }).press('Enter')
  await expect(composer(page)).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(card(page, 'Second')).toBeVisible()

  await page.keyboard.press('Control+Alt+n')
  await expect(card(page, 'Premier')).toBeFocused()
  await page.keyboard.press('Control+Alt+n')
  await expect(card(page, 'Second')).toBeFocused()
  await page.keyboard.press('Control+Alt+p')
  await expect(card(page, 'Premier')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(bodyOf(page)).toBeFocused()
})

test('a link to a thread opens it beside its passage', async ({ newsroom, person }) => {
  const email = await newsroom.add('Léo Lien', 'editor')
  const page = await person(email)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const filler = Array.from({ length: 80 }, (_, index) => `Paragraphe ${index}.`).join('\n\n')
  const id = await newsroom.draft('Loin', `${filler}\n\n${TEXT}`)
  await openDraft(page, newsroom, id)
  await comment(page, 'dernière phrase', 'Tout en bas.')
  await mark(page, 'dernière phrase').click()
  await card(page, 'Tout en bas.').getByRole('button', { name: 'Actions sur le fil' }).click()
  await page.getByRole('menuitem', { name: 'Copier le lien du fil' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain(`/drafts/${id}?thread=`)
  const link = await copied()
  const other = await person(email)
  await other.goto(link)
  await expect(mark(other, 'dernière phrase')).toBeInViewport()
  await expect(card(other, 'Tout en bas.').getByRole('textbox', { name: 'Répondre' })).toBeVisible()
})

test('what was begun in a composer is there again after a reload', async ({ newsroom, person }) => {
  const page = await person(await newsroom.add('Max Recharge', 'editor'))
  const id = await newsroom.draft('À recharger', TEXT)
  await openDraft(page, newsroom, id)
  await select(page, 'Rimouski')
  await page.keyboard.press('Control+Alt+m')
  await composer(page).fill('Je n’ai pas fini de')
  await page.reload()
  await expect(composer(page)).toHaveValue('Je n’ai pas fini de')
  await composer(page).fill('Maintenant, oui.')
  await page.keyboard.press('Control+Enter')
  await expect(mark(page, 'Rimouski')).toBeVisible()
  await expect(card(page, 'Maintenant, oui.')).toBeVisible()
})

test('a slot of the calendar has threads of its own, seen at once by whoever has it open', async ({
  newsroom,
  person,
}) => {
  const file = join(newsroom.dataFolder, 'plan.ics')
  writeFileSync(file, planAround(localDay(Date.now(), ZONE)))
  await runCli(['calendar', 'import', file], { dataFolder: newsroom.dataFolder })
  const page = await person(await newsroom.add('Noé Agenda', 'editor'))
  const other = await person(await newsroom.add('Ode Agenda', 'commenter'))
  await page.goto(`${newsroom.server.url}/calendar?view=agenda`)
  await page.getByText('Portrait : Anaïs').first().click()
  await expect(page).toHaveURL(/slot=/)
  await other.goto(page.url())
  await page.getByRole('button', { name: 'Commenter le créneau' }).click()
  await composer(page).fill('Qui tient la caméra?')
  await page.keyboard.press('Control+Enter')
  const said = other.getByRole('region', { name: 'Commentaires' })
  await expect(said).toContainText('1 fil ouvert')
  await card(other, 'Qui tient')
    .getByRole('button', { name: /^Ouvrir/ })
    .click()
  await card(other, 'Qui tient').getByRole('textbox', { name: 'Répondre' }).fill('Moi.')
  await other.keyboard.press('Control+Enter')
  await expect(card(page, 'Qui tient')).toContainText('Moi.')
})
