import * as Y from 'yjs'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, parseVolunteerId, type SlotId, type VolunteerId } from '#lib/domain/ids.ts'
import type { Who } from '#lib/domain/permissions.ts'
import type { Guard, Settled } from '../define.ts'
import { sameValue } from './fields.ts'
import { type Holds, holdsOf } from './locks.ts'
import { type Change, type Entries, type Ruling, rule, sameEntries } from './rulings.ts'
import { lockEntries, locksOf, type SlotMap, slotsOf } from './shape.ts'

/** Removed slots whose author is remembered, so that taking a removal back does not change it. */
const REMEMBERED = 1000

/** Rights inside of the calendar: who may put what where, and what is held in its place (`can()`, locks). */
export const calendarGuard = (doc: Y.Doc): Guard => new CalendarGuard(doc)

/** Keeps the slots as they stood after the last call, so that each call costs what was touched since. */
class CalendarGuard implements Guard {
  readonly #doc: Y.Doc
  readonly #slots = new Map<string, Entries>()
  readonly #touched = new Set<string>()
  readonly #formerAuthors = new Map<string, VolunteerId>()
  #locks: Entries
  #holds: Holds
  #locksTouched = false

  constructor(doc: Y.Doc) {
    this.#doc = doc
    const slots = slotsOf(doc)
    for (const id of slots.keys()) this.#remember(id)
    this.#locks = new Map(locksOf(doc).entries())
    this.#holds = holdsOf(lockEntries(doc))
    slots.observeDeep((events) => this.#note(events))
    locksOf(doc).observe(() => {
      this.#locksTouched = true
    })
  }

  settle(actor: Who | null, oneAct: boolean): Settled {
    if (this.#touched.size === 0 && !this.#locksTouched) return 'untouched'
    const settled = actor === null ? 'untouched' : this.#correct(actor, oneAct)
    for (const id of this.#touched) this.#remember(id)
    this.#touched.clear()
    if (this.#locksTouched) {
      this.#locks = new Map(locksOf(this.#doc).entries())
      this.#holds = holdsOf(lockEntries(this.#doc))
      this.#locksTouched = false
    }
    return settled
  }

  #note(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      const [id] = event.path
      if (id !== undefined) this.#touched.add(String(id))
      else for (const key of event.keys.keys()) this.#touched.add(key)
    }
  }

  #correct(actor: Who, oneAct: boolean): Settled {
    // Of slots that nobody has seen yet, as many as there is room for.
    let left = LIMITS.live - this.#slots.size
    const rulings = [...this.#touched].flatMap((name) => {
      const change = this.#changeOf(name, actor, left)
      if (!this.#slots.has(name)) left -= 1
      return change ? [{ change, ruling: rule(change) }] : []
    })
    const locks = new Map(locksOf(this.#doc).entries())
    const forged = this.#locksTouched && !sameEntries(locks, this.#locks)
    const refused = forged || rulings.some(({ ruling }) => ruling.refused)
    const wanted = rulings.map(({ change, ruling }) => ({
      change,
      target: refused && oneAct ? change.before : ruling.target,
    }))
    const wrong = wanted.filter(({ change, target }) => !sameEntries(change.after, target))
    if (!forged && wrong.length === 0) return 'untouched'
    this.#doc.transact(() => {
      if (forged) makeEqual(locksOf(this.#doc), this.#locks)
      for (const { change, target } of wrong) this.#put(change.id, target)
    })
    return refused ? 'corrected' : 'completed'
  }

  #changeOf(name: string, actor: Who, left: number): Change | null {
    const id = parseSlotId(name)
    if (id === null) return null
    return {
      id,
      before: this.#slots.get(name) ?? null,
      after: this.#read(name),
      actor,
      holds: this.#holds,
      formerAuthor: this.#formerAuthors.get(name) ?? null,
      full: !this.#slots.has(name) && left <= 0,
    }
  }

  #read(name: string): Entries | null {
    const map = slotsOf(this.#doc).get(name)
    return map instanceof Y.Map ? new Map(map.entries()) : null
  }

  #put(id: SlotId, target: Ruling['target']): void {
    const slots = slotsOf(this.#doc)
    if (target === null) slots.delete(id)
    else makeEqual(this.#read(id) ? slots.get(id) : slots.set(id, new Y.Map()), target)
  }

  #remember(name: string): void {
    const entries = this.#read(name)
    if (entries) {
      this.#slots.set(name, entries)
      return
    }
    const author = this.#slots.get(name)?.get('createdBy')
    this.#slots.delete(name)
    const id = typeof author === 'string' ? parseVolunteerId(author) : null
    if (id === null) return
    this.#formerAuthors.set(name, id)
    const [oldest] = this.#formerAuthors.keys()
    if (this.#formerAuthors.size > REMEMBERED && oldest !== undefined) this.#formerAuthors.delete(oldest)
  }
}

function makeEqual(map: SlotMap | undefined, target: Entries): void {
  if (!map) return
  for (const key of [...map.keys()]) if (!target.has(key)) map.delete(key)
  for (const [key, value] of target) {
    if (!map.has(key) || !sameValue(map.get(key), value)) map.set(key, value)
  }
}
