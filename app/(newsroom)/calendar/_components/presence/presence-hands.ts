import type { Awareness } from 'y-protocols/awareness'
import { type Cell, cell } from '#app/_collab/cell.ts'
import { DAY_MS } from '#lib/domain/calendar/days.ts'
import { FIRST_DAY, LAST_DAY } from '#lib/domain/calendar/time.ts'
import { parseSlotId, parseVolunteerId, type SlotId } from '#lib/domain/ids.ts'
import type { Hand } from '../model.ts'

/** A hand that is moved is told this often; milliseconds. */
const HOVER_MS = 60

const FIELD = 'calendar'

type Told = { readonly open: SlotId | null; readonly drag: Hand['drag'] }

export type Hands = {
  readonly hands: Cell<readonly Hand[]>
  tellOpen(slot: SlotId | null): void
  tellDrag(drag: Hand['drag']): void
  close(): void
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const slotId = (value: unknown): SlotId | null => (typeof value === 'string' ? parseSlotId(value) : null)

/** Of an instant that no calendar has, no clock can tell the hour: it would take the grid off the page. */
const isInstant = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > FIRST_DAY * DAY_MS && Number(value) < LAST_DAY * DAY_MS

function readDrag(value: unknown): Hand['drag'] {
  if (!isRecord(value)) return null
  const slot = slotId(value.slot)
  const { start, end } = value
  return slot && isInstant(start) && isInstant(end) && start < end ? { slot, start, end } : null
}

/** What another page says of itself; the server has stamped whose it is. */
function readHand(client: number, state: Readonly<Record<string, unknown>>): Hand | null {
  const { user, [FIELD]: told } = state
  if (!isRecord(user) || typeof user.name !== 'string' || typeof user.color !== 'string') return null
  const id = typeof user.id === 'string' ? parseVolunteerId(user.id) : null
  if (!id) return null
  const said = isRecord(told) ? told : {}
  return {
    client,
    person: { id, name: user.name, color: user.color },
    open: slotId(said.open),
    drag: readDrag(said.drag),
  }
}

/** Whose hand is where: what others tell, and what this page tells of its own. */
export function openHands(awareness: Awareness): Hands {
  const hands = cell<readonly Hand[]>([], (a, b) => JSON.stringify(a) === JSON.stringify(b))
  const read = () => {
    const all: Hand[] = []
    for (const [client, state] of awareness.getStates()) {
      const hand = client === awareness.clientID ? null : readHand(client, state)
      if (hand) all.push(hand)
    }
    hands.set(all.sort((a, b) => a.client - b.client))
  }
  awareness.on('change', read)
  read()

  let told: Told = { open: null, drag: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  const send = () => {
    clearTimeout(timer)
    timer = undefined
    awareness.setLocalStateField(FIELD, told)
  }
  send()
  return {
    hands,
    tellOpen(open) {
      told = { ...told, open }
      send()
    },
    tellDrag(drag) {
      const letGo = (drag === null) !== (told.drag === null)
      told = { ...told, drag }
      // The first and the last word go out at once: an outline that stays behind would be a ghost.
      if (letGo) send()
      else timer ??= setTimeout(send, HOVER_MS)
    },
    close() {
      clearTimeout(timer)
      awareness.off('change', read)
    },
  }
}
