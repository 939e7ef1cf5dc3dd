import { type Cell, cell } from './cell.ts'
import {
  keptEdits,
  reduceSaved,
  type SavedEvent,
  type SavedView,
  startSaved,
  storedEdits,
  viewSaved,
  wakeSavedAt,
  wantsBarrier,
  wouldLose,
} from './saved-state.ts'

/** Quiet time after a key before asking whether it is saved, and the longest wait while keys keep coming. */
const ASK_AFTER_MS = 80
const ASK_WITHIN_MS = 250

export type SavedDriver = {
  readonly view: Cell<SavedView>
  dispatch(event: SavedEvent): void
  /** Whether something would be lost if the page went away now: neither committed nor stored in this browser. */
  readonly atRisk: Cell<boolean>
  /** How many modifications exist in this browser only. */
  stored(): number
  /** Number of own updates so far; `stored` events speak in it. */
  version(): number
  close(): void
}

export type SavedPorts = {
  /** Sends `barrier n`; false when no socket is open. */
  readonly sendBarrier: (n: number) => boolean
  /** Called when what waits here changes, so that it is known after a reload too. */
  readonly remember: (edits: number, durableAt: number | null) => void
}

/** They say nothing of the server. */
const NO_REASON_TO_ASK: ReadonlySet<SavedEvent['type']> = new Set(['asked', 'stored', 'keeps'])

const sameView = (a: SavedView, b: SavedView) => JSON.stringify(a) === JSON.stringify(b)

/** Runs the machine of saved-state.ts on the clock. */
export function driveSaved({ sendBarrier, remember }: SavedPorts): SavedDriver {
  let state = startSaved(Date.now())
  let askTimer: ReturnType<typeof setTimeout> | null = null
  let askBy = 0
  let wakeTimer: ReturnType<typeof setTimeout> | null = null
  const view = cell<SavedView>(viewSaved(state, Date.now()), sameView)
  const atRisk = cell(false)

  const ask = () => {
    if (askTimer) clearTimeout(askTimer)
    askTimer = null
    if (!wantsBarrier(state)) return
    if (sendBarrier(state.nextBarrier)) dispatch({ type: 'asked', at: Date.now() })
  }

  const askSoon = (now: number) => {
    if (!askTimer) askBy = now + ASK_WITHIN_MS
    else clearTimeout(askTimer)
    askTimer = setTimeout(ask, Math.min(ASK_AFTER_MS, askBy - now))
  }

  const draw = (now: number) => {
    if (wakeTimer) clearTimeout(wakeTimer)
    const at = wakeSavedAt(state, now)
    wakeTimer = at === null ? null : setTimeout(() => draw(Date.now()), at - now)
    view.set(viewSaved(state, now))
    atRisk.set(wouldLose(state))
  }

  function dispatch(event: SavedEvent): void {
    const before = keptEdits(state)
    state = reduceSaved(state, event)
    const now = Date.now()
    const after = keptEdits(state)
    if (after !== before) remember(after, state.lastDurableAt)
    if (event.type === 'edit') askSoon(now)
    else if (!NO_REASON_TO_ASK.has(event.type)) ask()
    draw(now)
  }

  return {
    view,
    atRisk,
    dispatch,
    stored: () => storedEdits(state),
    version: () => state.version,
    close() {
      if (askTimer) clearTimeout(askTimer)
      if (wakeTimer) clearTimeout(wakeTimer)
    },
  }
}
