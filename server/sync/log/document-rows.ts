import { sql } from 'drizzle-orm'
import * as Y from 'yjs'
import { documentClients, documents, documentUpdates } from '#drizzle/schema/index.ts'
import { type DocumentAddress, type DocumentName, kindOf } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { applyAll } from '../room/document-state.ts'

/**
 * Creates a document with its first content, as update 1. The feature that owns it writes its own rows
 * in the same transaction. Seeding happens here and only here: a client that seeded too would double the text.
 * @param seed a Yjs update, encoding v1
 */
export async function createDocument(
  tx: Transaction,
  address: DocumentAddress,
  seed: Uint8Array,
  author: VolunteerId | null,
): Promise<void> {
  const { name } = address
  await tx.insert(documents).values({ name, schemaVersion: kindOf(address).schemaVersion, headSeq: 1 })
  await tx.insert(documentUpdates).values({ document: name, seq: 1, data: seed, volunteerId: author })
  const clients = new Set(Y.decodeUpdate(seed).structs.map((struct) => struct.id.client))
  if (author === null || clients.size === 0) return
  await tx
    .insert(documentClients)
    .values([...clients].map((clientId) => ({ document: name, clientId, volunteerId: author, firstSeq: 1 })))
}

/** Reads a document from its rows, outside of any room. @returns null where there is none */
export async function readDocument(orm: Orm | Transaction, name: DocumentName): Promise<Y.Doc | null> {
  // One statement is one snapshot of the database: a compaction in between is seen whole or not at all.
  const { rows } = await orm.execute<{ data: Buffer | null }>(sql`
    select l.data from ${documents} d left join lateral (
      select s.seq, s.data from document_snapshots s where s.document = d.name
      union all select u.seq, u.data from document_updates u where u.document = d.name
    ) l on true where d.name = ${name} order by l.seq`)
  if (rows.length === 0) return null
  const doc = new Y.Doc()
  applyAll(
    doc,
    rows.flatMap((row) => (row.data ? [row.data] : [])),
  )
  return doc
}
