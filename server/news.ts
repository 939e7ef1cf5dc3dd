import type { Inbox } from './inbox/types.ts'
import type { Reviews } from './review/types.ts'
import type { Suggestions } from './suggestions/use-cases.ts'
import type { NewsOf } from './sync/ports.ts'
import type { Threads } from './threads/types.ts'

/** The features that tell pages what became of their rows. */
type Tellers = {
  readonly inbox: Pick<Inbox, 'news'>
  readonly reviews: Pick<Reviews, 'news'>
  readonly suggestions: Pick<Suggestions, 'newsOf'>
  readonly threads: Pick<Threads, 'news'>
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
      case 'review.changed':
        return tellers.reviews.news(event.draftId)
      case 'rules.changed':
        return [{ event: { type: 'rules' }, to: null }]
      case 'thread.changed':
        return tellers.threads.news(event.threadId, event.commentId)
      case 'inbox.changed':
        return tellers.inbox.news(event.volunteerId, event.notificationId)
      default:
        return []
    }
  }
