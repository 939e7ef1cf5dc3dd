import type { Logger } from 'pino'
import { parseDocumentName } from '#lib/documents/registry.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Retries } from '../retries.ts'
import type { Rooms } from '../room/rooms.ts'

type Parts = {
  readonly rooms: Rooms
  readonly log: Pick<UpdateLog, 'unprojected'>
  readonly retries: Retries
  readonly logger: Logger
}

/** A process that was killed leaves rows that lag behind their documents: derives them. */
export async function deriveLeftovers(parts: Parts): Promise<void> {
  const { rooms, log, retries, logger } = parts
  try {
    for (const name of await log.unprojected()) {
      const address = parseDocumentName(name)
      const held = address && (await rooms.hold(address))
      if (!held?.ok) continue
      const { live } = held.value
      // A room that was open already knows the document, and not that nobody derives it. Where this fails the room
      // tries again, for as long as it takes.
      if (live.projector.stale) await live.projector.flush()
      else await live.derive()
      held.value.release(0)
    }
  } catch (error) {
    logger.error({ err: error }, 'documents with lagging rows could not be listed')
    retries.later(() => void deriveLeftovers(parts))
  }
}
