/** The reference server with `y-leveldb`, bound as y-websocket’s own server bound it when it still did. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Doc = { on(event: 'update', listener: (update: Uint8Array) => void): void }
type Yjs = {
  encodeStateAsUpdate(doc: Doc): Uint8Array
  applyUpdate(doc: Doc, update: Uint8Array): void
}
type Leveldb = {
  readonly LeveldbPersistence: new (
    folder: string,
  ) => {
    getYDoc(name: string): Promise<Doc>
    storeUpdate(name: string, update: Uint8Array): Promise<unknown>
  }
}
type Utils = {
  setPersistence(persistence: {
    provider: unknown
    bindState(name: string, doc: Doc): Promise<void>
    writeState(): Promise<void>
  }): void
}

const { PEERS = '', DATA = '' } = process.env
const packageAt = (file: string) => import(pathToFileURL(join(PEERS, 'node_modules', file)).href)
const Y: Yjs = await packageAt('yjs/src/index.js')
const { LeveldbPersistence }: Leveldb = await packageAt('y-leveldb/src/y-leveldb.js')
const { setPersistence }: Utils = await packageAt('@y/websocket-server/src/utils.js')

const provider = new LeveldbPersistence(join(DATA, 'leveldb'))
setPersistence({
  provider,
  async bindState(name, doc) {
    const kept = await provider.getYDoc(name)
    void provider.storeUpdate(name, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(kept))
    doc.on('update', (update) => void provider.storeUpdate(name, update))
  },
  writeState: () => Promise.resolve(),
})
await packageAt('@y/websocket-server/src/server.js')
