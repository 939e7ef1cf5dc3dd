/**
 * What the page may say of its own edits. A pure machine: the room feeds it what happens, with the time,
 * and draws `view`. It says «saved» only after the server answered a barrier that was sent after the edit.
 */

/** A pause this long ends one modification, as a person counts them; milliseconds. */
const PAUSE_ENDS_EDIT_MS = 1_000
/** Steady typing is cut into modifications of at most this length; milliseconds. */
const LONGEST_EDIT_MS = 10_000
/** A save that takes longer than this is told as «not saved yet»; milliseconds. */
const LATE_AFTER_MS = 5_000
/** «Saved» waits this long after the last key, so that the word does not flicker while one types. */
const SETTLE_MS = 400
/** A connection that ends is tried again at once; only when it is away for longer is that told. Milliseconds. */
const RETURNS_WITHIN_MS = 2_000

/** One modification: own updates that followed one another closely. */
type KeptEdit = {
  /** How many this entry stands for; more than 1 only for those adopted from an earlier visit. */
  readonly count: number
  /** When its oldest update that is not known to be committed was made. */
  readonly startedAt: number
  readonly lastAt: number
  /** Versions of the first and the last own update in it that are not known to be committed. */
  readonly first: number
  readonly last: number
  /** Left by an earlier visit: it was read from what this browser keeps. */
  readonly adopted: boolean
}

export type SavedState = {
  readonly link: 'connecting' | 'up' | 'down'
  /** Number of own updates so far. */
  readonly version: number
  readonly kept: readonly KeptEdit[]
  /** Version up to which own updates are stored in this browser, and whether storing works. */
  readonly stored: number
  readonly keeps: boolean
  /** Barriers on the way, oldest first, with the version each one covers. */
  readonly asked: readonly { readonly n: number; readonly version: number; readonly at: number }[]
  readonly nextBarrier: number
  /** When the server last confirmed a commit of ours; null if never in this browser. */
  readonly lastDurableAt: number | null
  readonly lastEditAt: number | null
  /** Since when this connection stands; what waited while there was none is not late. */
  readonly upAt: number
  /** Until when a lost connection is expected back; null: it is not, or it stands. */
  readonly backBy: number | null
  /** The server said that its commits do not keep up. */
  readonly behind: boolean
  /** A barrier was sent on this connection: only then does the server tell whether its commits keep up. */
  readonly introduced: boolean
  /**
   * What is known of the right to write. `doubted`: the server said that rights changed; until the page has
   * asked, an answered barrier may speak for edits that were dropped. `refused`: they are dropped.
   */
  readonly rights: 'known' | 'doubted' | 'refused'
}

export type SavedEvent =
  /** Modifications that an earlier visit left in this browser, unconfirmed, are in the document now. */
  | {
      readonly type: 'adopted'
      readonly edits: number
      readonly durableAt: number | null
      readonly at: number
    }
  | { readonly type: 'edit'; readonly at: number }
  /** This browser has stored all own updates up to a version. */
  | { readonly type: 'stored'; readonly version: number }
  | { readonly type: 'keeps'; readonly keeps: boolean }
  /** Connected and synced: a barrier sent from now on covers everything this page holds. */
  | { readonly type: 'up'; readonly at: number }
  /** There is no connection, and none is to be expected soon. */
  | { readonly type: 'down' }
  /** The connection ended, as when a server hands its people to another one: the next one is tried at once. */
  | { readonly type: 'parted'; readonly at: number }
  | { readonly type: 'asked'; readonly at: number }
  | { readonly type: 'durable'; readonly n: number; readonly at: number }
  | { readonly type: 'storage'; readonly behind: boolean }
  | { readonly type: 'rights'; readonly rights: SavedState['rights'] }

export type SavedView =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** `durableAt`: the last moment something of ours was known to be committed. */
  | { readonly kind: 'late'; readonly durableAt: number | null }
  | { readonly kind: 'offline'; readonly edits: number; readonly durableAt: number | null }
  | { readonly kind: 'refused'; readonly edits: number }

export const startSaved = (now: number): SavedState => ({
  link: 'connecting',
  version: 0,
  kept: [],
  stored: 0,
  keeps: true,
  asked: [],
  nextBarrier: 1,
  lastDurableAt: null,
  lastEditAt: null,
  upAt: now,
  backBy: null,
  behind: false,
  introduced: false,
  rights: 'known',
})

const count = (edits: readonly KeptEdit[]): number => edits.reduce((sum, edit) => sum + edit.count, 0)

/** How many modifications are not known to be committed. */
export const keptEdits = (state: SavedState): number => count(state.kept)

/**
 * How many of them a later visit would find in this browser. The one being typed counts from its first letters on:
 * those that follow are stored within a moment, or storing fails and it counts no more.
 */
export const storedEdits = ({ kept, stored, keeps }: SavedState): number =>
  count(kept.filter((edit) => edit.adopted || (keeps ? edit.first : edit.last) <= stored))

/** Whether something would be lost if the page went away now. */
export const wouldLose = ({ kept, stored }: SavedState): boolean =>
  kept.some((edit) => !edit.adopted && edit.last > stored)

/**
 * Whether a barrier would tell us something: there are edits that no barrier on its way covers. Whoever only
 * watches sends one as well: others’ text that is not committed is not to be called saved on their page either.
 */
export function wantsBarrier(state: SavedState): boolean {
  if (state.link !== 'up' || state.rights === 'doubted') return false
  if (!state.introduced) return true
  if (state.rights === 'refused' || state.kept.length === 0) return false
  const covered = state.asked.at(-1)?.version ?? 0
  return covered < state.version
}

function withEdit(state: SavedState, at: number): SavedState {
  const version = state.version + 1
  const current = state.kept.at(-1)
  const continues =
    current !== undefined &&
    at - current.lastAt < PAUSE_ENDS_EDIT_MS &&
    at - current.startedAt < LONGEST_EDIT_MS
  const kept = continues
    ? [...state.kept.slice(0, -1), { ...current, lastAt: at, last: version }]
    : [...state.kept, { count: 1, startedAt: at, lastAt: at, first: version, last: version, adopted: false }]
  return { ...state, version, kept, lastEditAt: at }
}

/** What is left to save of a modification once a barrier is answered: nothing, or what was typed after it. */
function remainder(edit: KeptEdit, answered: { version: number; at: number }): readonly KeptEdit[] {
  if (edit.last <= answered.version) return []
  const first = Math.max(edit.first, answered.version + 1)
  return [{ ...edit, first, startedAt: Math.max(edit.startedAt, answered.at) }]
}

function withAdopted(state: SavedState, event: SavedEvent & { type: 'adopted' }): SavedState {
  const lastDurableAt = state.lastDurableAt ?? event.durableAt
  if (event.edits === 0) return { ...state, lastDurableAt }
  const version = state.version + 1
  const left: KeptEdit = {
    count: event.edits,
    startedAt: event.at,
    lastAt: Number.NEGATIVE_INFINITY,
    first: version,
    last: version,
    adopted: true,
  }
  return { ...state, lastDurableAt, version, kept: [left, ...state.kept] }
}

function withDurable(state: SavedState, n: number, at: number): SavedState {
  const answered = state.asked.find((barrier) => barrier.n === n)
  // An answer to a barrier of an earlier connection proves nothing about this one.
  if (!answered) return state
  return {
    ...state,
    asked: state.asked.filter((barrier) => barrier.n > n),
    // What the server dropped is not saved, whatever it has committed of ours before.
    kept: state.rights === 'known' ? state.kept.flatMap((edit) => remainder(edit, answered)) : state.kept,
    lastDurableAt: at,
  }
}

/** What was told as late, or was away already, gets no further respite. */
function expectedBack(state: SavedState, at: number): number | null {
  if (state.link !== 'up') return state.backBy
  return state.behind || isLate(state, at) ? null : at + RETURNS_WITHIN_MS
}

export function reduceSaved(state: SavedState, event: SavedEvent): SavedState {
  switch (event.type) {
    case 'adopted':
      return withAdopted(state, event)
    case 'edit':
      return withEdit(state, event.at)
    case 'stored':
      return { ...state, stored: Math.max(state.stored, event.version) }
    case 'keeps':
      return { ...state, keeps: event.keeps }
    case 'up':
      return {
        ...state,
        link: 'up',
        upAt: event.at,
        backBy: null,
        asked: [],
        behind: false,
        introduced: false,
      }
    case 'down':
      return { ...state, link: 'down', backBy: null, asked: [], behind: false }
    case 'parted':
      return { ...state, link: 'down', backBy: expectedBack(state, event.at), asked: [], behind: false }
    case 'asked': {
      const barrier = { n: state.nextBarrier, version: state.version, at: event.at }
      return { ...state, nextBarrier: barrier.n + 1, asked: [...state.asked, barrier], introduced: true }
    }
    case 'durable':
      return withDurable(state, event.n, event.at)
    case 'storage':
      return { ...state, behind: event.behind }
    case 'rights':
      return { ...state, rights: event.rights }
  }
}

const lateAt = (state: SavedState, oldest: KeptEdit): number =>
  Math.max(oldest.startedAt, state.upAt) + LATE_AFTER_MS

function isLate(state: SavedState, now: number): boolean {
  const oldest = state.kept[0]
  return oldest !== undefined && now >= lateAt(state, oldest)
}

const isAwayBriefly = ({ backBy }: SavedState, now: number): boolean => backBy !== null && now < backBy

export function viewSaved(state: SavedState, now: number): SavedView {
  const oldest = state.kept[0]
  if (state.rights === 'refused' && oldest) return { kind: 'refused', edits: keptEdits(state) }
  if (state.link === 'connecting') return { kind: 'connecting' }
  if (state.link === 'down') {
    // Nothing is called saved meanwhile; what is on its way to the server still is.
    if (isAwayBriefly(state, now)) return { kind: oldest ? 'saving' : 'connecting' }
    return { kind: 'offline', edits: storedEdits(state), durableAt: state.lastDurableAt }
  }
  if (state.behind || isLate(state, now)) return { kind: 'late', durableAt: state.lastDurableAt }
  const settled = state.lastEditAt === null || now - state.lastEditAt >= SETTLE_MS
  return oldest || !settled ? { kind: 'saving' } : { kind: 'saved' }
}

/** When `view` changes although nothing happens; null if it never does. */
export function wakeSavedAt(state: SavedState, now: number): number | null {
  if (state.link !== 'up') return isAwayBriefly(state, now) ? state.backBy : null
  const moments = [
    state.lastEditAt === null ? null : state.lastEditAt + SETTLE_MS,
    state.kept[0] ? lateAt(state, state.kept[0]) : null,
  ].filter((moment): moment is number => moment !== null && moment > now)
  return moments.length === 0 ? null : Math.min(...moments)
}
