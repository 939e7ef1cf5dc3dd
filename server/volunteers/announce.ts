import type { Transaction } from '#server/db/database.ts'
import type { EventPort, ServerEvent } from '#server/events/port.ts'

/**
 * Says what a change means for everybody else, within the change: the news is heard when it is committed, and a
 * change whose news PostgreSQL does not take is not made. A right is never taken away unheard.
 */
export async function announce(
  events: EventPort,
  tx: Transaction,
  news: readonly ServerEvent[],
): Promise<void> {
  for (const event of news) await events.publish(event, tx)
}
