import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { removeSlot, setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { clockOf, dayOf, timedAt } from '#lib/domain/calendar/time.ts'
import { slot, slotId, weekly, ZONE } from '#test/app/calendar/planned.ts'
import { expect, heldToast, type TestNewsroom, test } from './newsroom.ts'
import { plan } from './planning.ts'

test.use({ house: 'calendar-grid' })

/** A week that no test’s clock reaches: Tuesday is in its middle. */
const TUESDAY = '2030-11-26'
const WEDNESDAY = '2030-11-27'
const THURSDAY = '2030-11-28'
const FRIDAY = '2030-11-29'
const QUIET_TUESDAY = '2030-10-15'
const MIDNIGHT = timedAt(TUESDAY, '00:00', ZONE)

async function open(page: Page, newsroom: TestNewsroom, view: string, day = TUESDAY) {
  await page.goto(`${newsroom.server.url}/calendar?view=${view}&date=${day}`)
  await expect(page.locator('.cal, .touch-month').first()).toBeVisible()
}

/** Every place at which the page shows a slot of this title; none is a copy that a hand left behind. */
const placesOf = (page: Page, title: string) =>
  page.locator('.cal [role="button"]:has([data-occurrence])').filter({ hasText: title })

const laneOf = (page: Page, day: string) => page.locator(`.cal-lane[data-date="${day}"]`)

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator} is not on the screen`)
  return box
}

/** How far below another the hour of a lane is, in pixels. */
const hourOf = async (page: Page) => (await boxOf(laneOf(page, TUESDAY))).height / 24

/** Takes a slot up with the mouse and carries it to another day and some hours further; it is not let go. */
async function carry(page: Page, title: string, day: string, hours: number) {
  const place = placesOf(page, title).first()
  await place.scrollIntoViewIfNeeded()
  const from = await boxOf(place)
  const to = await boxOf(laneOf(page, day))
  const x = from.x + 30
  const y = from.y + 6
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 8, y + 8, { steps: 3 })
  await page.mouse.move(to.x + 40, y + hours * (await hourOf(page)), { steps: 8 })
}

const nameOf = (page: Page, title: string) => placesOf(page, title).first().locator('.sr-only')

test('two people carry one slot: the last to let go has placed it, and no copy stays behind', async ({
  newsroom,
  person,
}) => {
  const [zoe, ali] = [await newsroom.add('Zoé Porte', 'editor'), await newsroom.add('Ali Porte', 'editor')]
  const client = await plan(newsroom, zoe, slot(101, TUESDAY, '10:00', { title: 'Capsule portée' }))
  const [here, there] = [await person(zoe), await person(ali)]
  await open(here, newsroom, 'week')
  await open(there, newsroom, 'week')
  await expect(placesOf(there, 'Capsule portée')).toHaveCount(1)

  await carry(here, 'Capsule portée', THURSDAY, 2)
  // Whose hand it is, and where.
  await expect(there.locator('.ghost')).toContainText('Zoé Porte')

  await carry(there, 'Capsule portée', WEDNESDAY, 1)
  await there.mouse.up()
  await expect(nameOf(there, 'Capsule portée')).toContainText('mercredi 27 novembre, 11 h')
  await expect(here.locator('.ghost')).toHaveCount(0)
  await expect(here.locator('.grid-frame')).toHaveAttribute('data-holding', 'true')

  await here.mouse.up()
  for (const page of [here, there]) {
    await expect(nameOf(page, 'Capsule portée')).toContainText('jeudi 28 novembre, 12 h')
    await expect(placesOf(page, 'Capsule portée')).toHaveCount(1)
    await expect(page.locator('.ghost')).toHaveCount(0)
  }
  await expect(here.getByText('« Capsule portée » est déplacé.')).toBeVisible()
  client.provider.destroy()
})

test('a slot that is removed while it is carried is not made again', async ({ newsroom, person }) => {
  const email = await newsroom.add('Rita Retire', 'editor')
  const client = await plan(
    newsroom,
    email,
    slot(102, TUESDAY, '10:00', { title: 'Bientôt retiré' }),
    slot(103, TUESDAY, '14:00', { title: 'Témoin' }),
  )
  const page = await person(email)
  await open(page, newsroom, 'week')
  await carry(page, 'Bientôt retiré', FRIDAY, 3)
  removeSlot(client.doc, slotId(102))
  setFields(client.doc, slotId(103), { title: 'Témoin renommé' })
  // The news is there, and waits: a grid whose events change under the hand loses what it holds.
  await expect(placesOf(page, 'Témoin renommé')).toHaveCount(1)
  await page.mouse.up()
  await expect(page.getByText('vient d’être retiré par quelqu’un d’autre')).toBeVisible()
  await expect(placesOf(page, 'Bientôt retiré')).toHaveCount(0)
  expect(slotIn(client.doc, slotId(102))).toBeNull()
  client.provider.destroy()
})

test('a drop in the month keeps the hour that somebody else has just set', async ({ newsroom, person }) => {
  const email = await newsroom.add('Momo Mois', 'editor')
  const client = await plan(newsroom, email, slot(104, TUESDAY, '10:00', { title: 'Au mois' }))
  const page = await person(email)
  await open(page, newsroom, 'month')
  const from = await boxOf(placesOf(page, 'Au mois').first())
  const to = await boxOf(page.locator(`.cal-cell[data-date="${FRIDAY}"]`))
  await page.mouse.move(from.x + 40, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 8 })
  setFields(client.doc, slotId(104), { time: timedAt(TUESDAY, '20:30', ZONE) })
  // What is under the hand is told the new hour already; only its place waits.
  await expect(nameOf(page, 'Au mois')).toContainText('20 h 30')
  await page.mouse.up()
  await expect(nameOf(page, 'Au mois')).toContainText('vendredi 29 novembre, 20 h 30')
  client.provider.destroy()
})

test('Escape puts back what is carried', async ({ newsroom, person }) => {
  const email = await newsroom.add('Ève Échappe', 'editor')
  const client = await plan(newsroom, email, slot(105, TUESDAY, '10:00', { title: 'Reposé' }))
  const page = await person(email)
  await open(page, newsroom, 'week')
  await carry(page, 'Reposé', FRIDAY, 2)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(page.locator('.grid-frame')).not.toHaveAttribute('data-holding', 'true')
  await expect(nameOf(page, 'Reposé')).toContainText('mardi 26 novembre, 10 h')
  client.provider.destroy()
})

test('a slot is made longer with the mouse, and its toast takes that back', async ({ newsroom, person }) => {
  const email = await newsroom.add('Léo Long', 'editor')
  const client = await plan(newsroom, email, slot(106, TUESDAY, '10:00', { title: 'Allongé', minutes: 60 }))
  const page = await person(email)
  await open(page, newsroom, 'week')
  const place = placesOf(page, 'Allongé').first()
  const box = await boxOf(place)
  await page.mouse.move(box.x + 40, box.y + box.height - 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 40, box.y + box.height + (await hourOf(page)), { steps: 6 })
  await page.mouse.up()
  const toast = await heldToast(page, 'Annuler')
  await expect.poll(() => slotIn(client.doc, slotId(106))?.minutes).toBe(120)
  await toast.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => slotIn(client.doc, slotId(106))?.minutes).toBe(60)
  client.provider.destroy()
})

test('a finger that rests on a slot carries it; one that does not scrolls', async ({ newsroom, person }) => {
  const email = await newsroom.add('Théo Touche', 'editor')
  const client = await plan(newsroom, email, slot(107, TUESDAY, '11:00', { title: 'Au doigt' }))
  const page = await person(email, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await open(page, newsroom, 'day')
  const place = placesOf(page, 'Au doigt').first()
  await place.scrollIntoViewIfNeeded()
  const hour = await hourOf(page)
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  const draw = async (down: number, rest: boolean) => {
    const box = await boxOf(place)
    const [x, y] = [box.x + 60, box.y + 8]
    await touch('touchStart', x, y)
    // The press is long enough once the slot is taken up.
    if (rest) await expect(page.locator('.grid-frame')).toHaveAttribute('data-holding', 'true')
    for (let step = 1; step <= 8; step += 1) await touch('touchMove', x, y + (down * step) / 8)
    await touch('touchEnd', x, y + down)
  }
  // A page that still glides is caught by the next finger, not carried.
  const still = page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        document.addEventListener('scrollend', () => resolve(), { capture: true, once: true }),
      ),
  )
  await draw(-hour, false)
  await still
  expect(slotIn(client.doc, slotId(107))?.time).toEqual(timedAt(TUESDAY, '11:00', ZONE))
  await draw(2 * hour, true)
  await expect(nameOf(page, 'Au doigt')).toContainText(/1[23] h/)
  // To the quarter of an hour that the finger hit.
  await expect.poll(() => clockOf(slotIn(client.doc, slotId(107))?.time ?? MIDNIGHT)).toMatch(/^1[23]:/)
  client.provider.destroy()
})

test('the calendar is used without a mouse', async ({ newsroom, person }) => {
  const email = await newsroom.add('Claire Touches', 'editor')
  const client = await plan(
    newsroom,
    email,
    slot(108, QUIET_TUESDAY, '10:00', { title: 'Au clavier', stage: 'drafting' }),
    slot(109, '2030-10-16', '10:00', { title: 'Voisin du clavier' }),
  )
  const page = await person(email)
  // A week without the slots of other tests.
  await open(page, newsroom, 'month', QUIET_TUESDAY)
  const { keyboard } = page
  const focused = page.locator('[role="button"]:focus .sr-only')

  await keyboard.press('w')
  await expect(page).toHaveURL(/view=week/)
  const place = placesOf(page, 'Au clavier').first()
  await place.focus()
  await expect(focused).toHaveText('mardi 15 octobre, 10 h, Au clavier, Facebook, En rédaction')
  await keyboard.press('ArrowRight')
  await expect(focused).toContainText('Voisin du clavier')
  await keyboard.press('ArrowLeft')
  await expect(focused).toContainText('Au clavier')

  await keyboard.press('Alt+ArrowRight')
  await expect(focused).toContainText('mercredi 16 octobre, 10 h, Au clavier')
  await keyboard.press('Alt+ArrowDown')
  await expect(focused).toContainText('10 h 15')
  await keyboard.press('Control+z')
  await expect(focused).toContainText('mercredi 16 octobre, 10 h, Au clavier')
  await keyboard.press('Control+z')
  await expect(focused).toContainText('mardi 15 octobre, 10 h, Au clavier')
  await keyboard.press('Control+Shift+z')
  await expect(focused).toContainText('mercredi 16 octobre, 10 h, Au clavier')
  expect(slotIn(client.doc, slotId(108))?.title).toBe('Au clavier')

  await keyboard.press('v')
  await expect(page.getByRole('dialog', { name: /^Déplacer/ })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await place.focus()
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/slot=/)
  await keyboard.press('Escape')
  await expect(page).not.toHaveURL(/slot=/)

  await place.focus()
  await keyboard.press('Delete')
  await expect(placesOf(page, 'Au clavier')).toHaveCount(0)
  const toast = page.getByRole('listitem').filter({ hasText: '« Au clavier » est retiré' })
  await toast.getByRole('button', { name: 'Annuler' }).press('Enter')
  await expect(placesOf(page, 'Au clavier')).toHaveCount(1)

  await page.locator(`[data-day-button="2030-10-17"]`).focus()
  await keyboard.press('c')
  await expect(page.getByRole('dialog').getByLabel('Titre')).toBeFocused()
  await keyboard.type('Né du clavier')
  await keyboard.press('Enter')
  await expect(nameOf(page, 'Né du clavier')).toContainText('jeudi 17 octobre, 19 h')
  await keyboard.press('n')
  await expect(page).toHaveURL(/date=2030-10-2/)
  await keyboard.press('t')
  await expect(page).not.toHaveURL(/date=/)
  client.provider.destroy()
})

test('a move made offline and a title written elsewhere meanwhile both stay', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Odile Ouvrière', 'editor')
  const client = await plan(newsroom, email, slot(110, TUESDAY, '10:00', { title: 'Sans réseau' }))
  const page = await person(email)
  await open(page, newsroom, 'week')
  await expect(placesOf(page, 'Sans réseau')).toHaveCount(1)
  await page.context().setOffline(true)
  await expect(page.locator('[data-saved]').first()).toHaveAttribute('data-saved', 'offline')
  await carry(page, 'Sans réseau', FRIDAY, 1)
  await page.mouse.up()
  await expect(nameOf(page, 'Sans réseau')).toContainText('vendredi 29 novembre')
  setFields(client.doc, slotId(110), { title: 'De retour au réseau' })
  await page.context().setOffline(false)
  await expect(nameOf(page, 'De retour au réseau')).toContainText('vendredi 29 novembre')
  await expect.poll(() => dayOf(slotIn(client.doc, slotId(110))?.time ?? MIDNIGHT)).toBe(FRIDAY)
  expect(slotIn(client.doc, slotId(110))?.title).toBe('De retour au réseau')
  await expect(page.locator('[data-saved]').first()).toHaveAttribute('data-saved', 'saved')
  client.provider.destroy()
})

test('one day of a series is carried elsewhere, and the others stay', async ({ newsroom, person }) => {
  const email = await newsroom.add('Simon Série', 'editor')
  const client = await plan(
    newsroom,
    email,
    slot(111, TUESDAY, '10:00', { title: 'Chaque mardi', repeat: weekly }),
  )
  const page = await person(email)
  await open(page, newsroom, 'week')
  await carry(page, 'Chaque mardi', FRIDAY, 0)
  await page.mouse.up()
  await page.getByRole('button', { name: 'Ce créneau seulement' }).click()
  await expect(nameOf(page, 'Chaque mardi')).toContainText('vendredi 29 novembre, 10 h')
  await expect(placesOf(page, 'Chaque mardi')).toHaveCount(1)
  await page.keyboard.press('n')
  await expect(nameOf(page, 'Chaque mardi')).toContainText('mardi 3 décembre, 10 h')
  client.provider.destroy()
})

test('a draft from beside the calendar is planned by letting it go over an hour', async ({
  newsroom,
  person,
}) => {
  const email = await newsroom.add('Diane Dépose', 'editor')
  await newsroom.draft('Communiqué à planifier', 'Des mots.')
  const page = await person(email)
  await open(page, newsroom, 'week')
  const panel = page.locator('#calendar-unplanned')
  if (!(await panel.isVisible()))
    await page
      .locator('header')
      .getByLabel(/planifi/i)
      .first()
      .click()
  const line = panel.locator('[data-draft-id]').filter({ hasText: 'Communiqué à planifier' })
  await expect(line).toBeVisible()
  const from = await boxOf(line)
  const to = await boxOf(laneOf(page, THURSDAY))
  const scroll = await boxOf(page.locator('.cal'))
  await page.mouse.move(from.x + 40, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(from.x - 40, from.y + 30, { steps: 4 })
  await page.mouse.move(to.x + 40, scroll.y + scroll.height / 2, { steps: 10 })
  await page.mouse.up()
  await expect(nameOf(page, 'Communiqué à planifier')).toContainText('jeudi 28 novembre')
  await expect(placesOf(page, 'Communiqué à planifier')).toHaveCount(1)
})

test('a contributor is told that another’s slot is not theirs to remove', async ({ newsroom, person }) => {
  const editor = await newsroom.add('Édith Édite', 'editor')
  const email = await newsroom.add('Colin Contribue', 'contributor')
  const client = await plan(newsroom, editor, slot(112, TUESDAY, '10:00', { title: 'Pas à toi' }))
  const page = await person(email)
  await open(page, newsroom, 'week')
  await placesOf(page, 'Pas à toi').first().focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText('Votre rôle ne permet pas de retirer ce créneau.')).toBeVisible()
  await expect(placesOf(page, 'Pas à toi')).toHaveCount(1)
  client.provider.destroy()
})

for (const [name, device] of [
  ['a large screen', {}],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const) {
  test(`axe finds nothing in the grids of ${name}, and nothing is wider than it`, async ({
    newsroom,
    person,
  }) => {
    const email = await newsroom.add(`Axelle ${name}`, 'coordinator')
    const busy = Array.from({ length: 9 }, (_, index) =>
      slot(200 + index, TUESDAY, index === 8 ? null : `1${index}:00`, {
        title: `Dans la grille ${index}`,
        stage: (['idea', 'approved', 'published'] as const)[index % 3] ?? 'idea',
      }),
    )
    const client = await plan(newsroom, email, ...busy)
    const page = await person(email, device)
    for (const view of ['month', 'week', 'day']) {
      await open(page, newsroom, view)
      await expect(page.getByText('Dans la grille').first()).toBeAttached()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
      )
      expect.soft(found, view).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect.soft(overflow, view).toBeLessThanOrEqual(0)
    }
    await page.keyboard.press('c')
    await expect(page.getByRole('dialog')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect.soft(violations.map(({ id }) => id)).toEqual([])
    client.provider.destroy()
  })
}
