import * as Y from 'yjs'
import type { DocumentKind } from '#lib/documents/define.ts'
import type { DocumentName } from '#lib/documents/registry.ts'
import { applyAll, changeBeside, hasPending } from './document-state.ts'
import type { StoredDocument, UpdateLog } from './update-log.ts'

export type LoadedDocument = Pick<StoredDocument, 'projectedSeq' | 'rows' | 'lastEdit'> & {
  readonly doc: Y.Doc
  /** All of it as it was read, where that is one piece: nobody has to encode it again. */
  readonly state: Uint8Array | null
  readonly seq: number
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
  kind: Pick<DocumentKind<unknown>, 'schemaVersion' | 'migrate'>,
): Promise<LoadedDocument | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await log.load(name)
    if (stored === null) return null
    if (stored.schemaVersion > kind.schemaVersion) {
      throw new Error(`${name} was written by a newer version of Pupitre`)
    }
    const doc = new Y.Doc()
    const { headSeq, projectedSeq, rows, lastEdit, snapshot, updates } = stored
    // Also where the bytes could be handed on as they are: that Yjs can read them is seen by reading them (R1).
    if (snapshot) applyAll(doc, [snapshot])
    if (hasPending(doc)) throw new Error(`the snapshot of ${name} is damaged: it lacks what it builds on`)
    applyAll(doc, updates)
    if (stored.schemaVersion === kind.schemaVersion) {
      const state = updates.length === 0 ? snapshot : null
      return { doc, state, seq: headSeq, projectedSeq, rows, lastEdit }
    }
    const update = changeBeside(doc, (copy) => kind.migrate(copy, stored.schemaVersion)) ?? NO_CHANGE
    if (await log.migrate(name, stored.schemaVersion, kind.schemaVersion, update)) {
      applyAll(doc, [update])
      return { doc, state: null, seq: headSeq + 1, projectedSeq, rows: rows + 1, lastEdit }
    }
    // Another process migrated or wrote first: its outcome is read again.
    doc.destroy()
  }
  throw new Error(`${name} could not be migrated: others kept on changing it`)
}
