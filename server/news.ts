import type { Suggestions } from './suggestions/use-cases.ts'
import type { NewsOf } from './sync/ports.ts'

/** The features that tell pages what became of their rows. */
type Tellers = {
  readonly suggestions: Pick<Suggestions, 'newsOf'>
}

/** Asks, of each event, the feature whose rows it is about. */
export const newsOf =
  (tellers: Tellers): NewsOf =>
  async (event) => {
    switch (event.type) {
      case 'history.changed':
        return [{ event: { type: 'history', draftId: event.draftId }, to: null }]
      case 'suggestions.added':
        return tellers.suggestions.newsOf(event)
      default:
        return []
    }
  }
