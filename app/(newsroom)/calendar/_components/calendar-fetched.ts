import { type Cell, cell } from '#app/_collab/cell.ts'
import type { NewsroomNews } from '#app/_collab/newsroom-link.ts'
import { archivableBefore } from '#lib/domain/calendar/archive.ts'
import { dayNumber, dayText, firstOfMonth, monthIndex } from '#lib/domain/calendar/days.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { type DraftId, parseDraftId, type SlotId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { DraftFace } from './model.ts'

/** Questions of one moment are one question; milliseconds. */
const GATHER_MS = 30
/** What one question may ask for at most (actions.ts). */
const DRAFTS_AT_ONCE = 500
/** Months of the archive that are kept while one moves about in it. */
const MONTHS_KEPT = 24

export type Ask = {
  /** Null: it could not be asked now. */
  readonly drafts: (ids: readonly DraftId[]) => Promise<readonly DraftFace[] | null>
  readonly past: (from: PlainDay, to: PlainDay) => Promise<readonly Slot[] | null>
}

export type Fetched<Value, Wanted extends readonly unknown[]> = {
  readonly cell: Cell<Value>
  want(...wanted: Wanted): void
  hear(news: NewsroomNews): void
  close(): void
}

const faceFrom = ({ id, title, stage, archivedAt }: DraftSummary, was: DraftFace): DraftFace => ({
  id: parseDraftId(id) ?? was.id,
  title,
  stage,
  archived: archivedAt !== null,
})

/** Titles and stages of the drafts that slots carry: asked for once, then kept true by the newsroom’s news. */
export function openDraftFaces(
  ask: Ask['drafts'],
): Fetched<ReadonlyMap<DraftId, DraftFace>, [Iterable<DraftId>]> {
  const faces = cell<ReadonlyMap<DraftId, DraftFace>>(new Map())
  const known = new Set<DraftId>()
  let waiting = new Set<DraftId>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const send = async () => {
    timer = undefined
    const ids = [...waiting].slice(0, DRAFTS_AT_ONCE)
    waiting = new Set([...waiting].slice(DRAFTS_AT_ONCE))
    if (waiting.size > 0) timer = setTimeout(() => void send(), GATHER_MS)
    const answer = await ask(ids)
    // Asked again when the link is back.
    if (answer) faces.set(new Map([...faces.get(), ...answer.map((face) => [face.id, face] as const)]))
  }
  const gather = (ids: Iterable<DraftId>) => {
    for (const id of ids) {
      known.add(id)
      waiting.add(id)
    }
    if (waiting.size > 0) timer ??= setTimeout(() => void send(), GATHER_MS)
  }
  return {
    cell: faces,
    want: (ids) => gather([...ids].filter((id) => !known.has(id))),
    hear(news) {
      if (news.type === 'returned') gather(known)
      if (news.type !== 'draft') return
      const id = parseDraftId(news.draft.id)
      const was = id && faces.get().get(id)
      if (id && was) faces.set(new Map(faces.get()).set(id, faceFrom(news.draft, was)))
      else if (id && known.has(id)) gather([id])
    },
    close: () => clearTimeout(timer),
  }
}

/** Slots of the archive, asked for by whole months and read again when the newsroom says that they changed. */
export function openPast(
  ask: Ask['past'],
  today: () => PlainDay,
): Fetched<ReadonlyMap<SlotId, Slot>, [PlainDay, PlainDay]> {
  const slots = cell<ReadonlyMap<SlotId, Slot>>(new Map())
  /** By the month’s index, lately wanted last. */
  const months = new Map<number, readonly Slot[]>()
  const underWay = new Set<number>()
  let wanted: readonly number[] = []
  let closed = false

  const publish = () =>
    slots.set(new Map([...months.values()].flat().map((slot) => [slot.id, slot] as const)))

  const read = async (month: number) => {
    if (underWay.has(month)) return
    underWay.add(month)
    const answer = await ask(dayText(firstOfMonth(month)), dayText(firstOfMonth(month + 1) - 1))
    underWay.delete(month)
    if (!answer || closed) return
    months.delete(month)
    months.set(month, answer)
    for (const old of [...months.keys()].slice(0, -MONTHS_KEPT)) months.delete(old)
    publish()
  }
  return {
    cell: slots,
    want(from, to) {
      const before = monthIndex(dayNumber(archivableBefore(today())))
      const last = Math.min(monthIndex(dayNumber(to)), before - 1)
      wanted = []
      for (let month = monthIndex(dayNumber(from)); month <= last; month += 1) wanted = [...wanted, month]
      for (const month of wanted) if (!months.has(month)) void read(month)
    },
    hear(news) {
      if (news.type !== 'returned' && news.type !== 'calendar') return
      // What is not on the screen is read when it is wanted again.
      for (const month of [...months.keys()]) if (!wanted.includes(month)) months.delete(month)
      for (const month of wanted) void read(month)
    },
    close() {
      closed = true
    },
  }
}
