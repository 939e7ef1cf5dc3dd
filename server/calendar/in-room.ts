import type * as Y from 'yjs'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { fail, type Result } from '#lib/domain/result.ts'
import type { HoldDocument } from '#server/sync/ports.ts'

/**
 * Decides and writes in one turn of the calendar’s room: nothing changes between the decision and the change.
 * @param hold null in a process without rooms
 * @param change writes nothing where it fails
 * @returns its outcome, once everything is committed
 */
export async function inRoom<T, E>(
  hold: HoldDocument | null,
  author: VolunteerId | null,
  change: (doc: Y.Doc) => Result<T, E>,
): Promise<Result<T, E | 'unavailable'>> {
  const held = hold ? await hold(CALENDAR.name) : null
  if (!held?.ok) return fail('unavailable')
  try {
    const outcomes: Result<T, E>[] = []
    const committed = await held.value.edit(author, (doc) => {
      outcomes.push(change(doc))
    })
    const [outcome] = outcomes
    return committed && outcome ? outcome : fail('unavailable')
  } finally {
    held.value.release()
  }
}
