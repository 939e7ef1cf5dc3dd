import type { DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'

/** What an actor may do in one document at the moment of the upgrade. */
export type Access = 'write' | 'read' | 'forbidden' | 'missing'

/** The rooms ask; `server/sessions` answers. Null: no cookie, or one that is forged, expired or revoked. */
export type Authenticate = (cookieHeader: string | undefined) => Promise<Actor | null>

/** The rooms ask; the feature that owns the document (`server/drafts`) answers, through `can()`. */
export type Authorise = (actor: Actor, document: DocumentName) => Promise<Access>
