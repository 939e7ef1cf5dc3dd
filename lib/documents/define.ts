import type * as Y from 'yjs'
import type { Who } from '#lib/domain/permissions.ts'

/** Everything that may differ between kinds of shared documents; rooms know nothing else about them. */
export type DocumentKind<Facts> = {
  readonly kind: string
  /** Raised with every change of shape, together with a migration and a golden fixture. */
  readonly schemaVersion: number
  /** Names of the root types that a client may write to. */
  readonly roots: ReadonlySet<string>
  /** What the projector keeps as rows. */
  readonly read: (doc: Y.Doc) => Facts
  /** Brings a document of version `from` to `schemaVersion`, inside one transaction, on the server only. */
  readonly migrate: (doc: Y.Doc, from: number) => void
  /**
   * Looks at a decoded update before it is accepted.
   * @returns why it is refused, or null. An update that is refused closes its socket with `badMessage`.
   */
  readonly refuse: (update: DecodedUpdate) => string | null
  /**
   * Looks at one item of an update and where it would land.
   * @returns why it may not be there, or null. Same consequence as `refuse`.
   */
  readonly misplaced: (item: Y.Item, place: Place) => string | null
  /** The id of the suggestion that an item of an update carries: whoever was the first to commit it has made it. */
  readonly suggestionIn?: (item: Y.Item) => string | null
  /** Where writers may not change everything: watches a document from its loading on. */
  readonly guard?: (doc: Y.Doc) => Guard
}

/**
 * Rights inside of a document. What somebody may not change cannot be left out of their update, for the rest
 * of it builds on that; so it is taken, and put right before anybody else sees it.
 */
export type Guard = {
  /**
   * Looks at what changed since the last call, and writes what is wrong back as it was.
   * @param actor whose change it is; null for the server itself, which may do anything
   * @param oneAct it was one step of its author: where a part of it may not be, nothing of it is left, for half
   * of an act is nobody's intention. Otherwise it is the work of an absence, and all of it that may stay stays.
   */
  settle(actor: Who | null, oneAct: boolean): Settled
}

/** `completed`: something was added that only the server writes. `corrected`: something was put back. */
export type Settled = 'untouched' | 'completed' | 'corrected'

/** A place in a document: below a root (its name) or below a type; `key` where that one is a map. */
export type Place = { readonly parent: string | Y.AbstractType<unknown>; readonly key: string | null }

/** What `Y.decodeUpdate` returns: the structs of an update, not integrated anywhere. */
export type DecodedUpdate = ReturnType<typeof Y.decodeUpdate>
