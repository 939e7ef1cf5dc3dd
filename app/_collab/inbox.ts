/**
 * Holds what arrives from others and lets it into the document a few times a second at most. Each entry
 * makes the editor compare the whole document, so ten people typing would otherwise cost ten comparisons
 * where one does.
 */

/** One frame; nothing is gained by drawing twice in it. Milliseconds. */
const SHORTEST_PAUSE_MS = 16
const LONGEST_PAUSE_MS = 250
/** Letting others in may take a fifth of the page’s time; the rest is for the person who types. */
const PAUSE_PER_COST = 4
/** Whoever is typing looks at their own words: others may come less often. Milliseconds. */
const TYPING_PAUSE_MS = 60
const TYPING_FOR_MS = 1_000
/** How long after a key the screen still owes its picture. */
const OWN_KEY_MS = 24

export type Clock = {
  now(): number
  /** Runs once, after `ms` milliseconds. */
  later(run: () => void, ms: number): () => void
}

export type Inbox<Letter> = {
  push(letter: Letter): void
  /** Lets everything in now: before anything that must see it, such as an answer to the server. */
  flush(): void
  /** The person here just typed: others wait until that key is on the screen. */
  noteOwnKey(): void
  close(): void
}

/** @param deliver takes all that waited, oldest first. */
export function openInbox<Letter>(
  deliver: (letters: readonly Letter[]) => void,
  clock: Clock,
): Inbox<Letter> {
  let waiting: Letter[] = []
  let cancel: (() => void) | null = null
  let openAt = 0
  let ownKeyAt = Number.NEGATIVE_INFINITY

  const flush = () => {
    cancel?.()
    cancel = null
    if (waiting.length === 0) return
    const letters = waiting
    waiting = []
    const start = clock.now()
    deliver(letters)
    const end = clock.now()
    const shortest = end - ownKeyAt < TYPING_FOR_MS ? TYPING_PAUSE_MS : SHORTEST_PAUSE_MS
    openAt = end + Math.min(LONGEST_PAUSE_MS, Math.max(shortest, (end - start) * PAUSE_PER_COST))
  }

  return {
    push(letter) {
      waiting.push(letter)
      if (cancel) return
      const now = clock.now()
      const wait = Math.max(openAt - now, ownKeyAt + OWN_KEY_MS - now)
      if (wait <= 0) flush()
      else cancel = clock.later(flush, wait)
    },
    flush,
    noteOwnKey() {
      ownKeyAt = clock.now()
    },
    close() {
      cancel?.()
      cancel = null
      waiting = []
    },
  }
}

export const browserClock: Clock = {
  now: () => performance.now(),
  later: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
