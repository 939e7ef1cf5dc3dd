import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** What a browser adds to a handshake by itself. */
export type Handshake = { readonly cookie?: string; readonly origin?: string }

/** A WebSocket as a page has it: no choice of headers, the cookie of the session comes along. */
function browserSocket({ cookie, origin }: Handshake): typeof globalThis.WebSocket {
  class PageSocket extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, {
        headers: { ...(cookie !== undefined && { cookie }), ...(origin !== undefined && { origin }) },
      })
    }
  }
  return PageSocket as unknown as typeof globalThis.WebSocket
}

/** The stock provider, unmodified, on a document of its own. */
export function stockClient(address: string, name: string, handshake: Handshake) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(address, name, doc, {
    WebSocketPolyfill: browserSocket(handshake),
    disableBc: true,
    maxBackoffTime: 300,
  })
  return { doc, provider, body: doc.getXmlFragment('body'), meta: doc.getMap('meta') }
}

export type StockClient = ReturnType<typeof stockClient>

/** Resolves when the provider has had the whole document. */
export function synced({ provider }: StockClient): Promise<void> {
  if (provider.synced) return Promise.resolve()
  return new Promise((resolve) => provider.once('sync', () => resolve()))
}

export function typeParagraph(doc: Y.Doc, text: string): void {
  const paragraph = new Y.XmlElement('paragraph')
  const content = new Y.XmlText()
  content.insert(0, text)
  paragraph.insert(0, [content])
  doc.getXmlFragment('body').push([paragraph])
}

export const textOf = (doc: Y.Doc): string => doc.getXmlFragment('body').toString()
