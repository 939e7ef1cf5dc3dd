import type { Logger } from 'pino'
import type { DraftId } from '#lib/domain/ids.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Retries } from './retries.ts'

/** Of at most 100 bytes each: PostgreSQL refuses notices of 8000 bytes and more. */
const SUGGESTIONS_PER_NOTICE = 60

type Parts = {
  readonly events: Pick<EventPort, 'publish'>
  readonly retries: Retries
  readonly logger: Logger
}

/** Tells every process of suggestions whose makers are known now. */
export async function tellSuggested(parts: Parts, draftId: DraftId, ids: readonly string[]): Promise<void> {
  const { events, retries, logger } = parts
  for (let told = 0; told < ids.length; told += SUGGESTIONS_PER_NOTICE) {
    const some = ids.slice(told, told + SUGGESTIONS_PER_NOTICE)
    try {
      await events.publish({ type: 'suggestions.added', draftId, ids: some })
    } catch (error) {
      logger.error({ err: error, draft: draftId }, 'news of suggestions could not be told')
      retries.later(() => void tellSuggested(parts, draftId, ids.slice(told)))
      return
    }
  }
}
