import type { DocumentName } from '#lib/documents/registry.ts'
import type { LiveDocument, LiveServices } from './live-document.ts'
import type { Seat } from './seat.ts'

/**
 * What became of an update: `incomplete` builds on what is not here, and was not taken; the answer to our step 1 will be.
 * `partly`: so does a part of that answer, which the document may not keep. `broken`: the document in memory is no longer
 * what its log says.
 */
export type Intake = 'taken' | 'partly' | 'incomplete' | 'readOnly' | 'full' | 'bad' | 'broken'

type Parts = {
  readonly name: DocumentName
  readonly live: LiveDocument
  readonly services: Pick<LiveServices, 'appender' | 'logger' | 'meters'>
}

/**
 * Takes an update from a socket: checks it, applies it, and queues it for the log.
 * @param whole it answers our step 1, hence is all that its author did and we have not
 */
export function takeUpdate(
  { name, live, services }: Parts,
  seat: Seat,
  update: Uint8Array,
  whole: boolean,
): Intake {
  const verdict = live.inspect(update)
  switch (verdict.kind) {
    case 'malformed':
      return 'bad'
    case 'refused':
      // The reason may quote a stranger, who may have quoted anybody.
      services.logger.warn(
        { document: name, why: verdict.why.replace(/«.*»/s, '«…»').slice(0, 100) },
        'update refused',
      )
      return 'bad'
    case 'nothing':
      return 'taken'
    case 'news': {
      if (seat.access === 'read') return 'readOnly'
      if (!verdict.complete && !whole) return 'incomplete'
      if (services.appender.full) return 'full'
      const { clients, suggestions } = verdict
      const author = seat.actor.volunteerId
      const taken = live.append({ data: update, author, clients, suggestions, sender: seat }, !whole)
      if (taken !== 'broken') services.meters.updateIn(update.length)
      return taken
    }
  }
}
