import * as Y from 'yjs'
import type { DocumentKind } from '#lib/documents/define.ts'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { StoredDocument, UpdateLog } from '../log/update-log.ts'
import { applyAll, changeBeside, hasPending, storedUpdates } from './document-state.ts'
import { type StoredBytes, storedBytes } from './stored-bytes.ts'

/** A document as objects of Yjs, or as its bytes: `state` is all of it, `vector` its state vector. */
export type Content =
  | { readonly type: 'objects'; readonly doc: Y.Doc }
  | ({ readonly type: 'bytes' } & StoredBytes)

export type LoadedDocument = Pick<StoredDocument, 'projectedSeq' | 'rows' | 'lastEdit'> & {
  readonly seq: number
  /** What the rows weigh. */
  readonly bytes: number
  /** Bytes where nothing needs the document itself yet. */
  readonly content: Content
}

/** A Yjs update that changes nothing: a migration may have nothing to do. */
const NO_CHANGE = Uint8Array.of(0, 0)
const ATTEMPTS = 5

/**
 * Reads a document and brings it to the schema of this version; the migration is committed before this
 * returns, hence before anybody syncs.
 * @returns null where there is no such document. Throws where it cannot be read: then nobody gets anything (R1).
 */
export async function loadDocument(
  log: Pick<UpdateLog, 'load' | 'migrate'>,
  name: DocumentName,
  kind: Pick<DocumentKind<unknown>, 'schemaVersion' | 'migrate' | 'guard'>,
): Promise<LoadedDocument | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await log.load(name)
    if (stored === null) return null
    if (stored.schemaVersion > kind.schemaVersion) {
      throw new Error(`${name} was written by a newer version of Pupitre`)
    }
    const { headSeq, projectedSeq, rows, lastEdit, snapshot, updates } = stored
    const bytes = updates.reduce((sum, update) => sum + update.length, 0)
    const current = stored.schemaVersion === kind.schemaVersion
    // A guard looks at the document from the start.
    const read = current && !kind.guard ? storedBytes(storedUpdates(stored)) : null
    if (read) {
      return { content: { type: 'bytes', ...read }, seq: headSeq, projectedSeq, rows, bytes, lastEdit }
    }
    const doc = new Y.Doc()
    if (snapshot) applyAll(doc, [snapshot])
    if (hasPending(doc)) throw new Error(`the snapshot of ${name} is damaged: it lacks what it builds on`)
    applyAll(doc, updates)
    const content: Content = { type: 'objects', doc }
    if (current) return { content, seq: headSeq, projectedSeq, rows, bytes, lastEdit }
    const update = changeBeside(doc, (copy) => kind.migrate(copy, stored.schemaVersion)) ?? NO_CHANGE
    if (await log.migrate(name, stored.schemaVersion, kind.schemaVersion, update)) {
      applyAll(doc, [update])
      return { content, seq: headSeq + 1, projectedSeq, rows: rows + 1, bytes, lastEdit }
    }
    // Another process migrated or wrote first: its outcome is read again.
    doc.destroy()
  }
  throw new Error(`${name} could not be migrated: others kept on changing it`)
}
