import { type DocumentAddress, type Kind, parseDocumentName } from '#lib/documents/registry.ts'
import type { Authorise, Project, RoomPort } from '../ports.ts'

type Owners = { readonly [K in Kind]: RoomPort<K> }

/** Asks, of each document, the feature that owns its kind. */
export function askOwners(owners: Owners): { readonly authorise: Authorise; readonly project: Project } {
  return {
    async authorise(actor, document) {
      const address: DocumentAddress | null = parseDocumentName(document)
      switch (address?.kind) {
        case 'draft':
          return owners.draft.authorise(actor, address)
        case 'calendar':
          return owners.calendar.authorise(actor, address)
        case undefined:
          return 'missing'
      }
    },
    project(projection) {
      return projection.kind === 'draft'
        ? owners.draft.project(projection)
        : owners.calendar.project(projection)
    },
  }
}
