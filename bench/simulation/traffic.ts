import type { Day } from './day.ts'

/** What happens in a second of the peak hour, in all processes together unless said otherwise. */
export type Traffic = {
  readonly pages: number
  readonly peopleInDrafts: number
  readonly openDrafts: number
  /** Drafts in memory, over all processes: one that is open in three counts three times. */
  readonly rooms: number
  readonly writtenDrafts: number
  readonly writtenRooms: number
  readonly updates: number
  /** Commits of group commit. */
  readonly batches: number
  /** Writes to sockets of drafts. */
  readonly deliveries: number
  /** PUBLISH of Valkey, and the messages that it sends on. */
  readonly published: number
  readonly heard: number
}

/** SPEC R4: batches of a process begin at least so many milliseconds apart. */
const GATHER = 3
/** How long a commit takes, in milliseconds. */
const COMMIT = 2
/** Seconds of typing that are played. */
const PLAYED = 3

type Draft = { readonly people: number; readonly places: ReadonlySet<number> }

/** Numbers in [0, 1), the same ones every time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Seats people in drafts and processes without stickiness, and plays some seconds of their typing. */
export function play(day: Day, nodes: number, seed = 1): Traffic {
  const random = dice(seed)
  const pages = Math.round(day.sockets / (1 + day.pagesInADraft))
  const peopleInDrafts = day.sockets - pages
  const shares = day.company.reduce((sum, { people, share }) => sum + people * share, 0)
  const drafts: Draft[] = []
  /** Of each process, the drafts of those who type there. */
  const typists: Draft[][] = Array.from({ length: nodes }, () => [])
  const written = new Set<Draft>()
  for (const { people, share } of day.company) {
    const count = Math.round((peopleInDrafts * share) / shares)
    for (let index = 0; index < count; index += 1) {
      const seats = Array.from({ length: people }, () => Math.floor(random() * nodes))
      const draft = { people, places: new Set(seats) }
      drafts.push(draft)
      for (const seat of seats) {
        if (random() >= day.typing) continue
        typists[seat]?.push(draft)
        written.add(draft)
      }
    }
  }
  const typing = typists.map((here) => type(here, day.keysPerSecond, random))
  const sum = (pick: (typed: Typed) => number) => typing.reduce((all, typed) => all + pick(typed), 0) / PLAYED
  const rooms = (some: Iterable<Draft>) => [...some].reduce((all, { places }) => all + places.size, 0)
  return {
    pages,
    peopleInDrafts,
    openDrafts: drafts.length,
    rooms: rooms(drafts),
    writtenDrafts: written.size,
    writtenRooms: rooms(written),
    updates: sum(({ updates }) => updates),
    batches: sum(({ batches }) => batches),
    deliveries: sum(({ deliveries }) => deliveries),
    // Text and carets are two messages.
    published: nodes === 1 ? 0 : sum(({ published }) => 2 * published),
    heard: nodes === 1 ? 0 : sum(({ heard }) => 2 * heard),
  }
}

type Typed = { updates: number; batches: number; deliveries: number; published: number; heard: number }

/** What one process commits: keys come at random moments, and whatever came by the next batch is in it. */
function type(typists: readonly Draft[], keysPerSecond: number, random: () => number): Typed {
  const typed: Typed = { updates: 0, batches: 0, deliveries: 0, published: 0, heard: 0 }
  if (typists.length === 0) return typed
  const pause = () => (-Math.log(1 - random()) * 1000) / (typists.length * keysPerSecond)
  let next = pause()
  let free = 0
  while (next < PLAYED * 1000) {
    const begins = Math.max(next, free)
    const inBatch = new Set<Draft>()
    for (; next <= begins; next += pause()) {
      const draft = typists[Math.floor(random() * typists.length)]
      if (draft) inBatch.add(draft)
      typed.updates += 1
    }
    for (const { people, places } of inBatch) {
      typed.deliveries += people - 1
      typed.published += 1
      typed.heard += places.size
    }
    typed.batches += 1
    free = begins + Math.max(GATHER, COMMIT)
  }
  return typed
}
