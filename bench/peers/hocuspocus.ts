/**
 * Hocuspocus as its documentation starts it. Its documents are kept with the table and the statements of its own
 * SQLite extension, through Node’s SQLite: the binding that the extension brings would have to be compiled.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

type Hocuspocus = {
  readonly Server: new (options: {
    address: string
    port: number
    quiet: boolean
    extensions: readonly unknown[]
  }) => { listen(): Promise<unknown> }
}
type Extension = {
  readonly Database: new (options: {
    fetch(request: { documentName: string }): Promise<Uint8Array | null>
    store(request: { documentName: string; state: Uint8Array }): Promise<void>
  }) => unknown
}

const { PEERS = '', DATA = '', PORT = '' } = process.env
const packageAt = (file: string) => import(pathToFileURL(join(PEERS, 'node_modules/@hocuspocus', file)).href)
const { Server }: Hocuspocus = await packageAt('server/dist/hocuspocus-server.esm.js')
const { Database }: Extension = await packageAt('extension-database/dist/hocuspocus-database.esm.js')

const sqlite = new DatabaseSync(join(DATA, 'hocuspocus.sqlite'))
sqlite.exec(
  'CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))',
)
const select = sqlite.prepare('SELECT data FROM "documents" WHERE name = ? ORDER BY rowid DESC')
const upsert = sqlite.prepare(
  'INSERT INTO "documents" ("name", "data") VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data',
)
const database = new Database({
  async fetch({ documentName }) {
    const data = select.get(documentName)?.data
    return data instanceof Uint8Array ? data : null
  },
  async store({ documentName, state }) {
    upsert.run(documentName, state)
  },
})
await new Server({ address: '127.0.0.1', port: Number(PORT), quiet: true, extensions: [database] }).listen()
console.log('running')
