import * as Y from 'yjs'
import { type DocumentName, kindOf, parseDocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Compaction, Head, StoredDocument, UpdateLog } from '#server/sync/log/update-log.ts'
import { applyAll, hasPending } from '#server/sync/room/document-state.ts'

type Row = { seq: number; data: Uint8Array; author: VolunteerId | null; at: Date }
type Stored = {
  schemaVersion: number
  headSeq: number
  projectedSeq: number
  snapshot: { seq: number; data: Uint8Array } | null
  rows: Row[]
  clients: Map<number, VolunteerId>
  suggestions: Map<string, VolunteerId>
}

/** That of the document’s kind; tests also make up names. */
const versionOf = (name: DocumentName): number =>
  kindOf(parseDocumentName(name) ?? { kind: 'draft' }).schemaVersion

/** An update log without a database, whose failures and pauses are in the hands of a test. */
export class MemoryUpdateLog implements UpdateLog {
  readonly documents = new Map<DocumentName, Stored>()
  /** Called before each append and load: throw to fail, or return a promise to hold it. */
  onAppend: () => void | Promise<void> = () => {}
  onLoad: () => void | Promise<void> = () => {}
  loads = 0
  batches: number[] = []

  create(name: DocumentName, seed: Uint8Array, schemaVersion = versionOf(name)): void {
    const row = { seq: 1, data: seed, author: null, at: new Date() }
    this.documents.set(name, {
      schemaVersion,
      headSeq: 1,
      projectedSeq: 0,
      snapshot: null,
      rows: [row],
      clients: new Map(),
      suggestions: new Map(),
    })
  }

  async append(entries: Parameters<UpdateLog['append']>[0]): Promise<readonly (number | null)[]> {
    await this.onAppend()
    this.batches.push(entries.length)
    return entries.map(({ document, data, author, clients, suggestions }) => {
      const stored = this.documents.get(document)
      if (!stored) return null
      stored.headSeq += 1
      stored.rows.push({ seq: stored.headSeq, data: data.slice(), author, at: new Date() })
      if (author) {
        for (const id of clients) if (!stored.clients.has(id)) stored.clients.set(id, author)
        for (const id of suggestions) if (!stored.suggestions.has(id)) stored.suggestions.set(id, author)
      }
      return stored.headSeq
    })
  }

  async load(document: DocumentName): Promise<StoredDocument | null> {
    this.loads += 1
    await this.onLoad()
    return this.#read(document, 0)
  }

  async since(document: DocumentName, seq: number): Promise<StoredDocument | null> {
    await this.onLoad()
    return this.#read(document, seq)
  }

  async heads(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, Head>> {
    const known = [...this.documents].filter(([name]) => documents.includes(name))
    return new Map(
      known.map(([name, { headSeq, projectedSeq }]) => [name, { head: headSeq, projected: projectedSeq }]),
    )
  }

  #read(document: DocumentName, seq: number): StoredDocument | null {
    const stored = this.documents.get(document)
    if (!stored) return null
    const last = stored.rows.findLast((row) => row.author !== null)
    return {
      schemaVersion: stored.schemaVersion,
      headSeq: stored.headSeq,
      projectedSeq: stored.projectedSeq,
      snapshot: stored.snapshot && stored.snapshot.seq > seq ? stored.snapshot.data : null,
      updates: stored.rows.filter((row) => row.seq > seq).map((row) => row.data),
      rows: stored.rows.length,
      lastEdit: last?.author ? { author: last.author, at: last.at } : null,
    }
  }

  async compact(document: DocumentName): Promise<Compaction> {
    const stored = this.documents.get(document)
    if (!stored || stored.rows.length === 0) return 'nothing'
    const doc = new Y.Doc()
    applyAll(doc, [...(stored.snapshot ? [stored.snapshot.data] : []), ...stored.rows.map((row) => row.data)])
    if (hasPending(doc)) return 'pending'
    stored.snapshot = { seq: stored.headSeq, data: Y.encodeStateAsUpdate(doc) }
    stored.rows = []
    return 'done'
  }

  async migrate(document: DocumentName, from: number, to: number, update: Uint8Array): Promise<boolean> {
    const stored = this.documents.get(document)
    if (stored?.schemaVersion !== from) return false
    stored.schemaVersion = to
    stored.headSeq += 1
    stored.rows.push({ seq: stored.headSeq, data: update, author: null, at: new Date() })
    return true
  }

  async unprojected(): Promise<readonly DocumentName[]> {
    return [...this.documents]
      .filter(([, stored]) => stored.projectedSeq < stored.headSeq)
      .map(([name]) => name)
  }
}
