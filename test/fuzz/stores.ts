import * as Y from 'yjs'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { CALENDAR, type DocumentAddress } from '#lib/documents/registry.ts'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import type { UpdateLog } from '#server/sync/log/update-log.ts'
import { slotOn } from '#test/server/sync/guard-harness.ts'
import { addDocument, draftAddress, seedOf } from '#test/server/sync/harness.ts'
import { MemoryUpdateLog } from '#test/server/sync/memory-update-log.ts'

/** What is left when every process is gone. */
export type Store = {
  readonly address: DocumentAddress
  readonly log: UpdateLog
  /** The document as it was before anybody came. */
  readonly seed: Uint8Array
  /** The document that the rows make, whatever any room believes. */
  read(): Promise<Y.Doc>
  /** The numbers that the log speaks of: up to where its snapshot goes, of each row after it, and the last of all. */
  numbers(): Promise<{ readonly snapshot: number; readonly rows: readonly number[]; readonly head: number }>
}

function memoryStore(address: DocumentAddress, seed: Uint8Array): Store {
  const log = new MemoryUpdateLog()
  log.create(address.name, seed)
  const stored = () => {
    const found = log.documents.get(address.name)
    if (!found) throw new Error('the document is gone')
    return found
  }
  return {
    address,
    log,
    seed,
    read: async () => {
      const { snapshot, rows } = stored()
      const doc = new Y.Doc()
      for (const data of [...(snapshot ? [snapshot.data] : []), ...rows.map((row) => row.data)]) {
        Y.applyUpdate(doc, data)
      }
      return doc
    },
    numbers: async () => ({
      snapshot: stored().snapshot?.seq ?? 0,
      rows: stored().rows.map(({ seq }) => seq),
      head: stored().headSeq,
    }),
  }
}

export const draftInMemory = (): Store => memoryStore(draftAddress(), seedOf('Bonjour'))

export function calendarInMemory(): Store {
  const doc = new Y.Doc()
  doc.transact(() => putSlot(doc, slotOn('2027-03-10')))
  return memoryStore(CALENDAR, Y.encodeStateAsUpdate(doc))
}

type Numbers = { snapshot: string | null; rows: string[] | null; head: string }
const NUMBERS = `
select d.head_seq as head, (select max(seq) from document_snapshots where document = d.name) as snapshot,
  (select array_agg(seq order by seq) from document_updates where document = d.name) as rows
from documents d where d.name = $1`

export async function draftInPostgres(database: Database): Promise<Store> {
  const address = await addDocument(database)
  const read = async () => {
    const doc = await readDocument(database.orm, address.name)
    if (!doc) throw new Error('the document is gone')
    return doc
  }
  return {
    address,
    log: createPostgresUpdateLog(database.pool, database.pool),
    seed: Y.encodeStateAsUpdate(await read()),
    read,
    numbers: async () => {
      const { rows } = await database.pool.query<Numbers>(NUMBERS, [address.name])
      const [found] = rows
      return {
        snapshot: Number(found?.snapshot ?? 0),
        rows: (found?.rows ?? []).map(Number),
        head: Number(found?.head),
      }
    },
  }
}
