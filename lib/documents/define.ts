import type * as Y from 'yjs'

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
}

/** A place in a document: below a root (its name) or below a type; `key` where that one is a map. */
export type Place = { readonly parent: string | Y.AbstractType<unknown>; readonly key: string | null }

/** What `Y.decodeUpdate` returns: the structs of an update, not integrated anywhere. */
export type DecodedUpdate = ReturnType<typeof Y.decodeUpdate>
