import type { NewsOf } from './sync/ports.ts'

/** The features that tell pages what became of their rows. */
type Tellers = Readonly<Record<string, never>>

/** Asks, of each event, the feature whose rows it is about. */
export const newsOf =
  (_tellers: Tellers): NewsOf =>
  async (event) => {
    switch (event.type) {
      case 'history.changed':
        return [{ event: { type: 'history', draftId: event.draftId }, to: null }]
      default:
        return []
    }
  }
