import { type DraftId, parseDraftId } from '#lib/domain/ids.ts'
import { calendarGuard } from './calendar/guard.ts'
import { type CalendarFacts, calendarKind } from './calendar/shape.ts'
import type { DocumentKind } from './define.ts'
import { type DraftFacts, draftKind } from './draft/shape.ts'

declare const brand: unique symbol
/** `draft/<uuid>`, `calendar/main`: the room, the row and the end of the socket’s address have this one name. */
export type DocumentName = string & { readonly [brand]: 'DocumentName' }

/** What the rows say of each kind of document. */
export type DocumentFacts = { readonly draft: DraftFacts; readonly calendar: CalendarFacts }
export type Kind = keyof DocumentFacts

type Addresses = {
  readonly draft: { readonly kind: 'draft'; readonly id: DraftId; readonly name: DocumentName }
  /** A newsroom has one calendar. */
  readonly calendar: { readonly kind: 'calendar'; readonly id: 'main'; readonly name: DocumentName }
}
export type AddressOf<K extends Kind> = Addresses[K]
export type DocumentAddress = Addresses[Kind]

export const draftDocument = (id: DraftId): DocumentName => `draft/${id}` as DocumentName
export const CALENDAR: AddressOf<'calendar'> = {
  kind: 'calendar',
  id: 'main',
  name: 'calendar/main' as DocumentName,
}

/** Reads a name as it came over the wire; null for whatever is not exactly a document’s name. */
export function parseDocumentName(text: string): DocumentAddress | null {
  if (text === CALENDAR.name) return CALENDAR
  const slash = text.indexOf('/')
  if (text.slice(0, slash) !== 'draft') return null
  const id = parseDraftId(text.slice(slash + 1))
  return id === null ? null : { kind: 'draft', id, name: draftDocument(id) }
}

const KINDS: { readonly [K in Kind]: DocumentKind<DocumentFacts[K]> } = {
  draft: draftKind,
  calendar: { ...calendarKind, guard: calendarGuard },
}

export const kindOf = <K extends Kind>(address: { readonly kind: K }): DocumentKind<DocumentFacts[K]> =>
  KINDS[address.kind]
