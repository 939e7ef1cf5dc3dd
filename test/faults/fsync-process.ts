import { createInterface } from 'node:readline'
import { connect } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { actorNamed, addDocument, addPeople, openHouse, silent } from '#test/server/sync/harness.ts'

/**
 * Rooms on an embedded PostgreSQL of their own, to be traced: `node fsync-process.ts <data folder> <what
 * synchronous_commit is set to>`. Says its port, a document and who may come in, in one line of JSON, and ends at any
 * line on its standard input.
 */
const [dataFolder = '', mode = 'on'] = process.argv.slice(2)
const embedded = await startEmbedded({ dataFolder, log: silent })
if (!embedded.ok) throw new Error(embedded.error)
const setUp = connect(embedded.value.url)
await migrate(setUp)
await setUp.pool.query(`alter role pupitre set synchronous_commit = ${mode === 'off' ? 'off' : 'on'}`)
await setUp.close()
// New connections have the setting of the role.
const database = connect(embedded.value.url)
const ada = actorNamed('Ada')
await addPeople(database, [ada])
const document = await addDocument(database)
// Only edits commit: no rows are derived, nothing is compacted.
const never = 3_600_000
const house = await openHouse({
  database,
  limits: {
    projectAfter: never,
    projectAtLatest: never,
    idleAfter: never,
    compactOpen: never,
    compactClosing: never,
  },
})
house.admit(ada)
const { rows } = await database.pool.query<{ method: string }>(
  `select concat_ws(' ', current_setting('wal_sync_method'), current_setting('fsync'),
    current_setting('synchronous_commit')) as method`,
)
console.log(
  JSON.stringify({
    port: house.port,
    document: document.name,
    volunteerId: ada.volunteerId,
    method: rows[0]?.method,
  }),
)
for await (const _ of createInterface(process.stdin)) break
await house.close()
await database.close()
await embedded.value.stop()
process.exit()
