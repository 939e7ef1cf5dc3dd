import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { plainTextOf } from '#lib/documents/draft/text.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createHistory } from '#server/history/use-cases.ts'
import { type StockClient, typeParagraph } from '#test/support/sync-client.ts'
import { granted } from '../drafts/desk.ts'
import { type HistoryHouse, makeHouse } from './house.ts'

let house: HistoryHouse
let people: readonly Actor[]
beforeAll(async () => {
  house = await makeHouse()
  people = await Promise.all(Array.from({ length: 10 }, (_, at) => house.join(`Personne ${at}`)))
})
afterAll(() => house.close())

const PARAGRAPHS = 10

function textOf({ body }: StockClient, at: number): Y.XmlText {
  const texts = body.toArray().flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
  const text = texts.filter((one) => one instanceof Y.XmlText)[at]
  if (!text) throw new Error(`no paragraph ${at}`)
  return text
}

const say = (page: StockClient, at: number, words: string) => {
  const text = textOf(page, at)
  text.insert(text.length, words)
}

const saysOf = (page: StockClient) => page.body.toString()

it('a restore while ten people type disconnects nobody and loses nothing that they type after it', async () => {
  const { orm, events, sync, revisions } = house
  const history = createHistory({ orm, events, hold: sync.hold, revisions, settle: async () => {} })
  const [maude] = people
  if (!maude) throw new Error('nobody')
  const id = await house.begin(maude)
  const pages = await Promise.all(people.map((actor) => house.open(actor, id)))
  const [first] = pages
  if (!first) throw new Error('nobody')
  for (let at = 0; at < PARAGRAPHS; at += 1) typeParagraph(first.doc, `Paragraphe ${at} de départ.`)
  const all = (what: string) => pages.every((page) => saysOf(page).includes(what))
  await expect.poll(() => all('Paragraphe 9 de départ.')).toBe(true)
  const revision = granted(await history.name(maude, id, 'Départ'))

  const closed: unknown[] = []
  for (const { provider } of pages) provider.on('connection-close', (event: unknown) => closed.push(event))
  let typing = true
  let restored = false
  const typed = pages.map(() => 0)
  const typists = pages.map(async (page, who) => {
    for (let count = 0; typing; count += 1) {
      say(page, who, restored ? ` après${who}-${count}.` : ` avant${who}-${count}.`)
      typed[who] = count
      await new Promise((resolve) => setTimeout(resolve, 10 + who))
    }
  })
  await expect.poll(() => all('avant9-5.')).toBe(true)
  const outcome = granted(await history.restore(maude, revision))
  restored = true
  const since = typed.map((count) => count + 1)
  await expect.poll(() => typed.every((count, who) => count > (since[who] ?? 0) + 5)).toBe(true)
  typing = false
  await Promise.all(typists)

  await expect.poll(() => new Set(pages.map(saysOf)).size, { timeout: 10_000 }).toBe(1)
  const end = saysOf(first)
  for (const [who, from] of since.entries()) {
    for (let count = from + 1; count <= (typed[who] ?? 0); count += 1)
      expect(end).toContain(` après${who}-${count}.`)
  }
  expect(end).not.toContain('avant9-0.')
  expect(closed).toEqual([])
  const before = granted(await history.open(maude, outcome.before ?? revision))
  expect(plainTextOf(before.body)).toContain('avant9-5.')
  for (const { provider } of pages) provider.destroy()
})
