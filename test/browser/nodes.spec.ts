import { type Browser, test as base, type Page } from '@playwright/test'
import { readText } from '#server/drafts/formats/read-text.ts'
import { atDesk } from '#test/support/desk.ts'
import { signIn } from '#test/support/sign-in.ts'
import { bodyOf, expect, PASSWORD, savedState, textOf, typeAtEnd } from './newsroom.ts'
import { needlessWords, openNodes, type TestNodes, watchWords, whatWasSaid } from './nodes.ts'
import { perWorker } from './per-worker.ts'

const test = base.extend<object, { nodes: TestNodes }>({
  nodes: perWorker(openNodes, 240_000),
})

/** Longest that a page may say something is wrong when its process goes, in milliseconds. */
const LONGEST_ALARM = 3000

type Name = 'first' | 'second'

/** Opens the draft through one of the processes, as somebody at a machine of their own. */
async function open(browser: Browser, nodes: TestNodes, name: string, draft: string, through: Name) {
  const email = `${name.toLowerCase()}@exemple.quebec`
  const added = await atDesk(
    nodes.dataFolder,
    ({ volunteers }) => volunteers.add({ email, name, role: 'editor', locale: 'fr', password: PASSWORD }),
    nodes.shared,
  )
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  nodes.serve(through)
  const context = await browser.newContext({ locale: 'fr-CA' })
  const cookie = await signIn(nodes.url, { email, password: PASSWORD })
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const equals = pair.indexOf('=')
      return { name: pair.slice(0, equals), value: pair.slice(equals + 1), url: nodes.url }
    }),
  )
  const page = await context.newPage()
  await page.goto(`${nodes.url}/drafts/${draft}`)
  await expect(bodyOf(page)).toHaveAttribute('contenteditable', 'true')
  await expect(savedState(page)).toHaveAttribute('data-saved', 'saved')
  return page
}

async function newDraft(nodes: TestNodes): Promise<string> {
  const made = await atDesk(
    nodes.dataFolder,
    ({ drafts }) => drafts.create('operator', { title: 'Deux machines', body: readText('Début.').toJSON() }),
    nodes.shared,
  )
  if (!made.ok) throw new Error(made.error)
  return made.value
}

const caretOf = (page: Page, name: string) => page.locator('.draft-caret', { hasText: name })

/** Types words without a pause until told to stop. @returns what was typed */
function typeOn(page: Page, mark: string) {
  const words: string[] = []
  let going = true
  const done = (async () => {
    await page.keyboard.press('Control+End')
    while (going) {
      const word = ` ${mark}${words.length}`
      await page.keyboard.type(word, { delay: 15 })
      words.push(word)
    }
  })()
  return {
    words,
    async stop() {
      going = false
      await done
      return words.join('')
    },
  }
}

test('R14: two people on two processes see one another write; when one process stops its person types on through the other, without a lost letter or an alarm', async ({
  browser,
  nodes,
}) => {
  const draft = await newDraft(nodes)
  const ana = await open(browser, nodes, 'Ana', draft, 'first')
  const bo = await open(browser, nodes, 'Bo', draft, 'second')
  await typeAtEnd(ana, ' Par Ana.')
  await expect(bodyOf(bo)).toContainText('Par Ana.')
  await expect(caretOf(bo, 'Ana')).toHaveCount(1)
  await typeAtEnd(bo, ' Par Bo.')
  await expect(bodyOf(ana)).toContainText('Par Bo.')
  await expect(caretOf(ana, 'Bo')).toHaveCount(1)

  await Promise.all([watchWords(ana), watchWords(bo)])
  nodes.serve('first', 'second')
  const typing = typeOn(ana, 'a')
  await expect.poll(() => typing.words.length).toBeGreaterThan(5)
  const stopped = nodes.first.stop()
  expect(await stopped).toBe(0)
  const before = typing.words.length
  await expect.poll(() => typing.words.length).toBeGreaterThan(before + 5)
  const typed = await typing.stop()
  await expect.poll(() => textOf(bo)).toBe(`Début. Par Ana. Par Bo.${typed}`)
  await expect(savedState(ana)).toHaveAttribute('data-saved', 'saved')
  await expect(caretOf(bo, 'Ana')).toHaveCount(1)
  await expect(caretOf(ana, 'Bo')).toHaveCount(1)
  expect(await textOf(ana)).toBe(await textOf(bo))
  expect((await whatWasSaid(ana)).longestAlarm).toBeLessThan(LONGEST_ALARM)
  expect(await needlessWords(bo)).toEqual([])
  await Promise.all([ana.context().close(), bo.context().close()])
})

test('R13: when a process is killed its person types on through the other one, and what they typed is there', async ({
  browser,
  nodes,
}) => {
  await nodes.first.restart()
  const draft = await newDraft(nodes)
  const cleo = await open(browser, nodes, 'Cleo', draft, 'first')
  const dan = await open(browser, nodes, 'Dan', draft, 'second')
  await bodyOf(dan).click()
  await expect(caretOf(cleo, 'Dan')).toHaveCount(1)
  await Promise.all([watchWords(cleo), watchWords(dan)])
  nodes.serve('first', 'second')
  const typing = typeOn(dan, 'd')
  await expect.poll(() => typing.words.length).toBeGreaterThan(5)
  await nodes.second.kill9()
  const before = typing.words.length
  await expect.poll(() => typing.words.length).toBeGreaterThan(before + 5)
  const typed = await typing.stop()
  await expect.poll(() => textOf(cleo)).toBe(`Début.${typed}`)
  await expect(savedState(dan)).toHaveAttribute('data-saved', 'saved')
  await expect(caretOf(cleo, 'Dan')).toHaveCount(1)
  expect((await whatWasSaid(dan)).longestAlarm).toBeLessThan(LONGEST_ALARM)
  expect(await needlessWords(cleo)).toEqual([])
  await Promise.all([cleo.context().close(), dan.context().close()])
})
