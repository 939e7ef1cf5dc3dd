import { CALENDAR } from '#lib/documents/registry.ts'
import { settingsProblem } from '#lib/domain/calendar/settings.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'
import type { Authority } from '#server/volunteers/types.ts'
import { draftFinder } from './draft-for.ts'
import { lock, unlock } from './locking.ts'
import type { CalendarParts } from './parts.ts'
import { removeArchived, revive } from './revival.ts'
import { readSettings, writeSettings } from './settings.ts'
import { findArchived, findPage, findRange, findSlot, findWithDraft } from './store.ts'
import { type Calendar, type Feeds, SLOTS_PER_PAGE, type Transfer } from './types.ts'

type Options = Omit<CalendarParts, 'now'> & {
  readonly feeds: Feeds
  readonly transfer: Transfer
  readonly now?: () => Date
}

/** Whoever holds the machine reads as a coordinator may. */
const mayRead = (by: Authority) => by === 'operator' || can(by, 'calendar.read', null)

export function createCalendar({ feeds, transfer, now = () => new Date(), ...given }: Options): Calendar {
  const parts: CalendarParts = { ...given, now }
  const { drafts, events } = parts
  const { orm } = parts.database
  return {
    settings: () => readSettings(orm),

    async configure(actor, settings) {
      if (!can(actor, 'newsroom.configure', null)) return fail('forbidden')
      if (settingsProblem(settings)) return fail('invalid')
      await writeSettings(orm, settings)
      await deriveAnew(parts)
      await events.publish({ type: 'calendar.changed' })
      return ok(undefined)
    },

    async archived(by, from, to) {
      const rows = mayRead(by) ? await findArchived(orm, from, to) : []
      return rows.map((row) => row.slot)
    },

    range: async (by, from, to) => (mayRead(by) ? findRange(orm, from, to) : []),

    async search(by, text, offset) {
      const found = mayRead(by) ? await findPage(orm, text, offset) : []
      return { slots: found.slice(0, SLOTS_PER_PAGE), more: found.length > SLOTS_PER_PAGE }
    },

    find: async (by, id) => (mayRead(by) ? findSlot(orm, id) : null),
    slotsOf: async (by, id) => (mayRead(by) ? findWithDraft(orm, id) : []),

    revive: (actor, id, change) => revive(parts, actor, id, change),
    removeArchived: (actor, id) => removeArchived(parts, actor, id),
    lock: (actor, target, reason) => lock(parts, actor, target, reason),
    unlock: (actor, target) => unlock(parts, actor, target),
    draftFor: draftFinder(parts),

    unplanned: (by, search, offset) =>
      drafts.list(by, { search, state: 'active', sort: 'edited', by: null, unplanned: true, offset }),
    draftsOf: (by, ids) => drafts.faces(by, ids),

    feeds,
    transfer,
  }
}

/** The days of the rows are by the newsroom’s clocks. Where this fails, the next change of the calendar does it. */
async function deriveAnew({ hold }: CalendarParts): Promise<void> {
  const held = await hold?.(CALENDAR.name)
  if (!held?.ok) return
  await held.value.derive()
  held.value.release()
}
