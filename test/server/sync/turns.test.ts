import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import type { AddressOf } from '#lib/documents/registry.ts'
import { projectionWriter } from '#server/drafts/projections.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import { freshDatabase } from '#test/support/database.ts'
import { addDocument, until } from './harness.ts'

type Address = AddressOf<'draft'>

const FACTS = draftKind.read(new Y.Doc())

test.each(['appends', 'projections'])(
  'R4: %s of several documents wait for their turn before they lock any',
  async (what) => {
    const database = await freshDatabase()
    const documents = await Promise.all(Array.from({ length: 20 }, () => addDocument(database)))
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const project = projectionWriter(database.pool)
    const write: Readonly<Record<string, () => Promise<unknown>>> = {
      appends: () =>
        log.append(
          documents.map(({ name }) => {
            const data = Uint8Array.of(0, 0)
            return { document: name, data, author: null, clients: [], suggestions: [] }
          }),
        ),
      projections: () =>
        Promise.all(
          documents.map((address: Address) =>
            project({
              kind: 'draft',
              name: address.name,
              address,
              seq: 1,
              facts: FACTS,
              lastEditor: null,
              lastEditedAt: new Date(),
            }),
          ),
        ),
    }
    const other = await database.pool.connect()
    await other.query('begin')
    // Of the last one whose turn it is: all the others have had theirs by then.
    await other.query(
      `select pg_advisory_xact_lock(max(hashtextextended('append ' || name, 0)))
     from unnest($1::text[]) as t(name)`,
      [documents.map(({ name }) => name)],
    )
    const written = write[what]?.()
    await until('it waits for its turn', async () => {
      const { rowCount } = await database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      )
      return rowCount === 1
    })
    const free = await other.query('select from documents for update nowait')
    expect(free.rowCount).toBe(20)
    await other.query('rollback')
    other.release()
    await written
    const { rows } = await database.pool.query<{ head: string; projected: string }>(
      'select min(head_seq) as head, min(projected_seq) as projected from documents',
    )
    expect(rows).toEqual([what === 'appends' ? { head: '2', projected: '0' } : { head: '1', projected: '1' }])
  },
)
