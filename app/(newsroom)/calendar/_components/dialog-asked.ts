import { cell } from '#app/_collab/cell.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'

/** What can be asked for from several places of the page; one at a time. */
export type Asked =
  | { readonly name: 'search' }
  | { readonly name: 'warnings' }
  | { readonly name: 'feed' }
  | { readonly name: 'settings' }
  | { readonly name: 'import'; readonly file: File | null }
  /** First and last day, both included: a day, or a week. */
  | { readonly name: 'copyDays'; readonly from: PlainDay; readonly to: PlainDay }
  | { readonly name: 'lockDay'; readonly day: PlainDay }
  | { readonly name: 'planDraft'; readonly draft: DraftSummary }
export type DialogName = Asked['name']
export type DialogProps<N extends DialogName> = { asked: Extract<Asked, { name: N }>; onClose: () => void }

export const asked = cell<Asked | null>(null)

export const showDialog = (what: Asked): void => asked.set(what)
