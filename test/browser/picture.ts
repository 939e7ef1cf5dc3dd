/** Makes docs/picture.png, the README’s picture of the product, from the real thing: `npm run picture`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { runCli } from '#test/support/cli.ts'
import { startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import { launchOptions } from './launch-options.ts'

const password = 'une longue phrase de passe'
const text = `# Rentrée : dix idées pour nos circonscriptions

La rentrée parlementaire arrive, et avec elle nos premières publications de l’automne. Voici ce que nous proposons de mettre de l’avant cette semaine, une idée à la fois.

## Lundi 20 h 30, sur Facebook

> « On ne change pas le Québec tout seul; on le change à plusieurs. »

- Le tracteur de la tournée, photographié à Rimouski
- Trois questions aux candidates du Bas-Saint-Laurent
- Le lien vers la liste de lecture des capsules

Chaque texte est relu par **deux personnes** avant de partir.
`

const dataFolder = mkdtempSync(join(tmpdir(), 'pupitre-picture-'))
const server = await startServer({ dataFolder })
const browser = await chromium.launch(launchOptions)

async function person(name: string, email: string): Promise<Page> {
  await runCli(
    ['volunteer', 'add', '--email', email, '--name', name, '--role', 'coordinator', '--password-stdin'],
    { dataFolder, input: password },
  )
  const context = await browser.newContext({
    locale: 'fr-CA',
    timezoneId: 'America/Toronto',
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
  })
  const cookie = await signIn(server.url, { email, password })
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url: server.url }
    }),
  )
  return context.newPage()
}

try {
  const maude = await person('Maude Tremblay', 'maude@exemple.quebec')
  const noe = await person('Noé Gagnon', 'noe@exemple.quebec')
  const file = join(dataFolder, 'rentree.md')
  writeFileSync(file, text)
  const made = (await runCli(['draft', 'import', file], { dataFolder })) as { drafts: { id: string }[] }
  const address = `${server.url}/drafts/${made.drafts[0]?.id}`
  for (const page of [maude, noe]) {
    await page.goto(address)
    await page.locator('.tiptap[contenteditable="true"]').waitFor()
  }
  await noe.getByText('Trois questions').click()
  await noe.keyboard.press('End')
  await noe.keyboard.type(', filmées au marché')
  await maude.getByText('Chaque texte est relu').click()
  await maude.keyboard.press('End')
  await maude.keyboard.type(' On vérifie les noms.')
  await noe.keyboard.type(' public')
  await maude.locator('.draft-caret').waitFor({ state: 'attached' })
  await maude.waitForTimeout(400)
  await maude.screenshot({ path: join(import.meta.dirname, '../../docs/picture.png') })
} finally {
  await browser.close()
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
}
