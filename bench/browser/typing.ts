import type { Page } from '@playwright/test'
import { type Typist, writeWithin } from '../client.ts'
import type { Member, Newsroom } from '../pupitre.ts'
import { putCaret, typeAtHumanPace } from './page.ts'
import { MARKER } from './texts.ts'

const TYPISTS = 10
const KEYS_PER_SECOND = 6
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'
const SENTENCE = ' une phrase que chacun ajoute, mot par mot, au milieu du texte des autres.'

const repeated = (text: string, count: number): string =>
  text.repeat(Math.ceil(count / text.length)).slice(0, count)

/** Letters without a space, so that they can be counted where they stand. */
export const letters = (count: number): string => repeated(ALPHABET, count)

/** Ten others who type all over the document until the returned function is called. */
export async function startCrowd(newsroom: Newsroom, member: Member, draft: string): Promise<() => void> {
  const typists: Typist[] = []
  const door = newsroom.door(draft, member)
  for (let n = 0; n < TYPISTS; n += 1) {
    typists.push(await writeWithin(door, member.writer, (n + 0.5) / TYPISTS))
  }
  let turn = 0
  const timer = setInterval(
    () => {
      typists[turn % TYPISTS]?.type()
      turn += 1
    },
    1000 / (TYPISTS * KEYS_PER_SECOND),
  )
  return () => {
    clearInterval(timer)
    for (const typist of typists) typist.close()
  }
}

type Watched = { benchKeys: number[] }

/**
 * Milliseconds from the moment the browser took a key to the first frame that can show it. The clock starts
 * with the key’s own timestamp, so a key that waited for a busy page is charged for its wait.
 */
export async function measureKeys(page: Page, count: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched & { benchWatching?: true }
    watched.benchKeys = []
    if (watched.benchWatching) return
    watched.benchWatching = true
    let pressedAt = Number.NaN
    addEventListener(
      'keydown',
      (event) => {
        pressedAt = event.timeStamp
      },
      { capture: true },
    )
    // The letter is in the document when `input` comes: the next frame is the first one with it.
    addEventListener(
      'input',
      () => {
        const start = pressedAt
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => watched.benchKeys.push(performance.now() - start)
          channel.port2.postMessage(null)
        })
      },
      { capture: true },
    )
  })
  await putCaret(page)
  await typeAtHumanPace(page, repeated(SENTENCE, count))
  await page.waitForTimeout(500)
  const keys = await page.evaluate(() => (window as unknown as Watched).benchKeys)
  if (keys.length !== count) throw new Error(`${count} keys were typed and ${keys.length} were painted`)
  return keys
}

type Appearances = { benchSeen: number[] }

/** Milliseconds from a key in one browser to its letter in the document of another one. */
export async function measureAppearing(from: Page, to: Page, count: number): Promise<readonly number[]> {
  await putCaret(from)
  const before = await to.evaluate(
    ({ marker }) => {
      const watched = window as unknown as Appearances & { benchObserver?: MutationObserver }
      watched.benchObserver?.disconnect()
      watched.benchSeen = []
      // Carets of others stand between the letters with their names: they are no text.
      const typed = (paragraph: Element | null | undefined) => {
        const parts = [...(paragraph?.childNodes ?? [])].filter(
          (node) => !(node instanceof Element && node.classList.contains('ProseMirror-widget')),
        )
        const text = parts.map((node) => node.textContent).join('')
        if (!text.includes(marker)) return 0
        return /^[a-z]*/.exec(text.slice(text.indexOf(marker) + marker.length))?.[0].length ?? 0
      }
      const paragraphs = [...document.querySelectorAll('.draft-body p')]
      const first = Math.max(...paragraphs.map(typed))
      watched.benchObserver = new MutationObserver((records) => {
        const now = performance.timeOrigin + performance.now()
        // An editor changes a paragraph, or puts another one in its place.
        const touched = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes])
        for (const node of touched) {
          const element = node instanceof Element ? node : node.parentElement
          const count = typed(element?.closest('p'))
          while (watched.benchSeen.length < count - first) watched.benchSeen.push(now)
        }
      })
      watched.benchObserver.observe(document, { subtree: true, childList: true, characterData: true })
      return first
    },
    { marker: MARKER },
  )
  await from.evaluate(() => {
    const watched = window as unknown as { benchPressed: number[]; benchPressing?: true }
    watched.benchPressed = []
    if (watched.benchPressing) return
    watched.benchPressing = true
    addEventListener(
      'keydown',
      (event) => watched.benchPressed.push(performance.timeOrigin + event.timeStamp),
      {
        capture: true,
      },
    )
  })
  await typeAtHumanPace(from, letters(count))
  await to.waitForTimeout(1500)
  const pressed = await from.evaluate(() => (window as unknown as { benchPressed: number[] }).benchPressed)
  const seen = await to.evaluate(() => (window as unknown as Appearances).benchSeen)
  if (seen.length !== count)
    throw new Error(`${count} keys were typed (after ${before}) and ${seen.length} appeared`)
  return seen.map((at, index) => at - (pressed[index] ?? Number.NaN))
}
