/**
 * A shared document as the browser’s side of a room needs it: plain values, so that a page loads the shape of
 * its own kind of document and of no other.
 */
export type RoomDocument = {
  /** `DocumentName` of lib/documents/registry.ts: the end of the socket’s address. */
  readonly name: string
  /** Version of the shape that this page was built for. */
  readonly schemaVersion: number
}
