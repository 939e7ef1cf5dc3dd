import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { type BrowserContext, expect, type Frame, type Page, test } from '@playwright/test'

const ORIGIN = 'http://garde.exemple.quebec'
const COLLAB = join(import.meta.dirname, '../../app/_collab')
const DATABASE = 'a document'
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'
const MEGABYTE = 2 ** 20

/** A page of an address where there is nothing but the store. */
async function blankPage(context: BrowserContext): Promise<Page> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.endsWith('.ts')) {
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>store</title>' })
    }
    const body = stripTypeScriptTypes(readFileSync(join(COLLAB, pathname), 'utf8'))
    return route.fulfill({ contentType: 'text/javascript', body })
  })
  const page = await context.newPage()
  await page.goto(ORIGIN)
  return page
}

/** Opens the store, with letters for updates: joined, they do what each of them does. */
const openStore = (frame: Frame) =>
  frame.evaluate(async (name) => {
    const file = '/update-store.ts'
    const { UpdateStore } = await import(file)
    const join = (updates: readonly Uint8Array[]) => new Uint8Array(updates.flatMap((update) => [...update]))
    const kept = { written: [] as Uint8Array[], stored: 0, failing: false }
    const store = new UpdateStore(name, {
      merge: join,
      whole: () => join(kept.written),
      mark: () => kept.written.length,
      onStored: (mark: number) => {
        kept.stored = mark
      },
      onFailing: (failing: boolean) => {
        kept.failing = failing
      },
    })
    const append = (update: Uint8Array) => {
      kept.written.push(update)
      store.append(update)
    }
    Object.assign(window, { kept, store, append })
    await store.open()
  }, DATABASE)

async function storePage(context: BrowserContext): Promise<Page> {
  const page = await blankPage(context)
  await openStore(page.mainFrame())
  return page
}

type Held = {
  readonly kept: { readonly stored: number; readonly failing: boolean }
  readonly append: (update: Uint8Array) => void
  readonly store: { flushed(): Promise<boolean> }
}

/** @param size in bytes: how often each letter stands in its update. */
const append = (page: Page, letters: string, size = 1) =>
  page.evaluate(
    ([text, length]) => {
      const { append } = window as unknown as Held
      for (const letter of text) append(new Uint8Array(length).fill(letter.charCodeAt(0)))
    },
    [letters, size] as const,
  )

const flushed = (page: Page) => page.evaluate(() => (window as unknown as Held).store.flushed())
const kept = (page: Page) =>
  page.evaluate(() => {
    const { stored, failing } = (window as unknown as Held).kept
    return { stored, failing }
  })

/** What is in the database, read without the store: one string a row. */
const rowsIn = (page: Page): Promise<string[]> =>
  page.evaluate(
    (name) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const rows = opening.result.transaction('updates').objectStore('updates').getAll()
          rows.onsuccess = () => {
            opening.result.close()
            resolve(rows.result.map((row: Uint8Array) => new TextDecoder().decode(row)))
          }
        }
      }),
    DATABASE,
  )

test('a page that ends between two letters leaves the first ones whole, and had not promised more', async ({
  context,
}) => {
  const page = await blankPage(context)
  // A frame that is removed is a page that ends at once: a crash, as far as its transactions know.
  const frame = await page.evaluateHandle(async (address) => {
    const made = document.createElement('iframe')
    made.src = address
    document.body.append(made)
    await new Promise((loaded) => made.addEventListener('load', loaded))
    return made
  }, `${ORIGIN}/frame`)
  const inside = await frame.contentFrame()
  if (!inside) throw new Error('the frame has no page')
  await openStore(inside)
  const promised = await frame.evaluate(async (made, letters) => {
    const { append, kept, store } = made.contentWindow as unknown as Held
    for (const [index, letter] of [...letters].entries()) {
      append(new TextEncoder().encode(letter))
      if (index === 12) await store.flushed()
      else await null
    }
    made.remove()
    return kept.stored
  }, ALPHABET)
  const found = (await rowsIn(page)).join('')
  expect(promised).toBeGreaterThanOrEqual(13)
  expect(found.length).toBeGreaterThanOrEqual(promised)
  expect(ALPHABET.slice(0, found.length)).toBe(found)
})

test('many rows become one, and what another tab has added meanwhile stays', async ({ context }) => {
  const [one, other] = [await storePage(context), await storePage(context)]
  const many = 'x'.repeat(500)
  await append(one, many)
  await append(other, 'from the other tab')
  expect(await flushed(one)).toBe(true)
  await expect.poll(async () => (await rowsIn(one)).length).toBeLessThan(500)
  await append(other, '!')
  expect(await flushed(other)).toBe(true)
  const text = (await rowsIn(one)).join('')
  expect([...text].sort()).toEqual([...`${many}from the other tab!`].sort())
})

test('a full disk is told, and all is written once there is room', async ({ context }) => {
  const devtools = await context.newCDPSession(await context.newPage())
  // More than one small row needs: the browser estimates what is left, and asks the disk only where it might be short.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 4 * MEGABYTE })
  const page = await storePage(context)
  await append(page, 'ab')
  expect(await flushed(page)).toBe(true)
  await append(page, 'c', 8 * MEGABYTE)
  expect(await flushed(page)).toBe(false)
  await append(page, 'd')
  expect(await kept(page)).toMatchObject({ stored: 2, failing: true })
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN })
  await expect.poll(() => kept(page)).toMatchObject({ stored: 4, failing: false })
  await append(page, 'e')
  expect(await flushed(page)).toBe(true)
  // The rows that were there, then everything: an update may be applied twice, but never be missing.
  const rows = (await rowsIn(page)).map((row) => row.replace(/c+/, 'c'))
  expect(rows).toEqual(['ababcd', 'e'])
})

test('a database that is deleted under the page is made again, with everything in it', async ({
  context,
}) => {
  const page = await storePage(context)
  await append(page, 'abc')
  expect(await flushed(page)).toBe(true)
  const other = await context.newPage()
  await other.goto(ORIGIN)
  await other.evaluate((name) => void indexedDB.deleteDatabase(name), DATABASE)
  await expect.poll(() => kept(page)).toMatchObject({ failing: true })
  await expect.poll(() => kept(page)).toMatchObject({ stored: 3, failing: false })
  expect(await rowsIn(page)).toEqual(['abc'])
})
