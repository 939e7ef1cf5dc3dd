import { type DraftId, parseDraftId } from '#lib/domain/ids.ts'
import type { DocumentKind } from './define.ts'
import { type DraftFacts, draftKind } from './draft/shape.ts'

declare const brand: unique symbol
/** `draft/<uuid>`: the room, the row and the end of the socket’s address have this one name. */
export type DocumentName = string & { readonly [brand]: 'DocumentName' }

export type DocumentAddress = { readonly kind: 'draft'; readonly id: DraftId; readonly name: DocumentName }

export const draftDocument = (id: DraftId): DocumentName => `draft/${id}` as DocumentName

/** Reads a name as it came over the wire; null for whatever is not exactly a document’s name. */
export function parseDocumentName(text: string): DocumentAddress | null {
  const slash = text.indexOf('/')
  if (text.slice(0, slash) !== 'draft') return null
  const id = parseDraftId(text.slice(slash + 1))
  return id === null ? null : { kind: 'draft', id, name: draftDocument(id) }
}

type DocumentFacts = { readonly draft: DraftFacts }

const KINDS: { readonly [Kind in keyof DocumentFacts]: DocumentKind<DocumentFacts[Kind]> } = {
  draft: draftKind,
}

export const kindOf = (address: DocumentAddress): DocumentKind<DraftFacts> => KINDS[address.kind]
