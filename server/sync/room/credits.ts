import * as Y from 'yjs'
import type { DocumentKind } from '#lib/documents/define.ts'
import type { LogEntry } from '../log/update-log.ts'

type Credit = Pick<LogEntry, 'clients' | 'suggestions'>

/** What of one document already has an author in the log, or on the way there in front of whatever comes next (R8). */
export class Credits {
  readonly #clients = new Set<number>()
  readonly #suggestions = new Set<string>()

  /** @returns what of it nobody was credited with yet; now its author is, unless that is the server */
  claim({ author, clients, suggestions }: Pick<LogEntry, 'author'> & Credit): Credit {
    const unclaimed = {
      clients: clients.filter((client) => !this.#clients.has(client)),
      suggestions: suggestions.filter((id) => !this.#suggestions.has(id)),
    }
    if (author !== null) {
      for (const client of unclaimed.clients) this.#clients.add(client)
      for (const id of unclaimed.suggestions) this.#suggestions.add(id)
    }
    return unclaimed
  }
}

/** Whose ids an update that was applied carries. */
export function creditsOf(update: Uint8Array, kind: Pick<DocumentKind<unknown>, 'suggestionIn'>): Credit {
  const { structs } = Y.decodeUpdate(update)
  const items = structs.filter((struct) => struct instanceof Y.Item)
  const suggestions = items.map((item) => kind.suggestionIn?.(item)).filter((id) => id != null)
  return {
    clients: [...new Set(structs.map((struct) => struct.id.client))],
    suggestions: [...new Set(suggestions)],
  }
}
